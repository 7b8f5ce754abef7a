// SPDX-License-Identifier: Apache-2.0
//
// Compiled with -mavx2 -mfma; called only where the processor has both. 12 accumulators, 3 vectors of A and one
// broadcast of B are the 16 registers.
#define NH_WIDTH 4
#define NH_ROWS 3
#define NH_COLUMNS 4
#define NH_KERNEL avx2_kernel
#define NH_DESCRIPTION "AVX2 and FMA kernels: the processor has both"
#include "sparse/kernels/dense_kernel.inc"
