// SPDX-License-Identifier: Apache-2.0
//
// Compiled for AVX2; called only where the processor has it.
#define NH_WIDTH 4
#define NH_LANE_KERNEL avx2_lane_kernel
#include "sparse/kernels/lanes.inc"
