// SPDX-License-Identifier: Apache-2.0
//
// Compiled for AVX-512; called only where the processor has it.
#define NH_WIDTH 8
#define NH_LANE_KERNEL avx512_lane_kernel
#include "sparse/kernels/lanes.inc"
