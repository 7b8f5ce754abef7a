// SPDX-License-Identifier: Apache-2.0
//
// Compiled with -mavx2 -mfma; called only where the processor has both.
#define NH_PAIR_KERNEL avx2_pair_kernel
#include "eam/pair_kernel.inc"
