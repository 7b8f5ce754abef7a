// SPDX-License-Identifier: Apache-2.0
//
// Compiled for AVX2; called only where the processor has it.
#define NH_COLUMN_AVX2
#define NH_COLUMN_KERNEL avx2_column_kernel
#define NH_COLUMN_NAME "AVX2"
#include "large/column_kernel.inc"
