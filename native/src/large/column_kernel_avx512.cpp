// SPDX-License-Identifier: Apache-2.0
//
// Compiled for AVX-512; called only where the processor has it.
#define NH_COLUMN_AVX512
#define NH_COLUMN_KERNEL avx512_column_kernel
#define NH_COLUMN_NAME "AVX-512"
#include "large/column_kernel.inc"
