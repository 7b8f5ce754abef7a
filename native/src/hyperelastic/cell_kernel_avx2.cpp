// SPDX-License-Identifier: Apache-2.0
//
// Compiled for AVX2 and FMA; called only where the processor has it.
#define NH_WIDTH 4
#define NH_COLUMNS 4
#define NH_CELL_KERNEL avx2_cell_kernel
#include "hyperelastic/cell_kernel.inc"
