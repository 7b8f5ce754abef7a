// SPDX-License-Identifier: Apache-2.0
//
// Compiled for AVX-512; called only where the processor has it.
#define NH_WIDTH 8
#define NH_COLUMNS 8
#define NH_CELL_KERNEL avx512_cell_kernel
#include "hyperelastic/cell_kernel.inc"
