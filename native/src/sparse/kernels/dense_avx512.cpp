// SPDX-License-Identifier: Apache-2.0
//
// Compiled with -mavx512f and its companions; called only where the processor has them. 24 accumulators, 3 vectors of A
// and one broadcast of B are 28 of the 32 registers.
#define NH_WIDTH 8
#define NH_ROWS 3
#define NH_COLUMNS 8
#define NH_KERNEL avx512_kernel
#define NH_DESCRIPTION "AVX-512 kernels: the processor has it"
#include "sparse/kernels/dense_kernel.inc"
