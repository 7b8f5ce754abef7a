// SPDX-License-Identifier: Apache-2.0
//
// Copies from global to shared memory that go on while a thread computes; before sm_80, and on the host, they are
// complete at once.
#pragma once

#include "device.h"

namespace nanohooke {

#if defined(__CUDA_ARCH__) && __CUDA_ARCH__ >= 800
#define NHC_COPIES_ASYNC 1
#else
#define NHC_COPIES_ASYNC 0
#endif

__device__ inline void copy_async(float4* shared, const float4* global) {
#if NHC_COPIES_ASYNC
    const auto to = static_cast<unsigned>(__cvta_generic_to_shared(shared));
    asm volatile("cp.async.cg.shared.global [%0], [%1], 16;" ::"r"(to), "l"(global) : "memory");
#else
    *shared = __ldg(global);
#endif
}

// Ends a group of copies of this thread.
__device__ inline void end_copies() {
#if NHC_COPIES_ASYNC
    asm volatile("cp.async.commit_group;" ::: "memory");
#endif
}

// Waits for all groups of this thread but the last `Left`; others see them after a barrier.
template <int Left>
__device__ inline void wait_for_copies() {
#if NHC_COPIES_ASYNC
    asm volatile("cp.async.wait_group %0;" ::"n"(Left) : "memory");
#endif
}

}  // namespace nanohooke
