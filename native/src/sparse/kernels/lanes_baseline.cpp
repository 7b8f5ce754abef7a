// SPDX-License-Identifier: Apache-2.0
#define NH_WIDTH 2
#define NH_LANE_KERNEL baseline_lane_kernel
#include "sparse/kernels/lanes.inc"
