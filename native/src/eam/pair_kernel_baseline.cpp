// SPDX-License-Identifier: Apache-2.0
#define NH_PAIR_KERNEL baseline_pair_kernel
#include "eam/pair_kernel.inc"
