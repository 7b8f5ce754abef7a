// SPDX-License-Identifier: Apache-2.0
#define NH_WIDTH 2
#define NH_ROWS 2
#define NH_COLUMNS 4
#define NH_KERNEL baseline_kernel
#define NH_DESCRIPTION "baseline x86-64 (SSE2) kernels: the processor has no AVX2 with FMA"
#include "sparse/kernels/dense_kernel.inc"
