// SPDX-License-Identifier: Apache-2.0
#define NH_COLUMN_KERNEL baseline_column_kernel
#define NH_COLUMN_NAME "plain"
#include "large/column_kernel.inc"
