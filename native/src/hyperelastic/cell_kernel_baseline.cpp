// SPDX-License-Identifier: Apache-2.0
#define NH_WIDTH 2
#define NH_COLUMNS 4
#define NH_CELL_KERNEL baseline_cell_kernel
#include "hyperelastic/cell_kernel.inc"
