// SPDX-License-Identifier: Apache-2.0
//
// Copies from global to shared memory that go on while a thread computes. Begun copies form a group by commit; wait<N>
// waits until at most N groups of this thread are under way. Devices before sm_80 copy at once.
#pragma once

#include "device.h"

#ifdef __CUDACC__
#include <cuda_pipeline.h>
#endif

namespace nanohooke {

#ifdef __CUDACC__

// Bytes: 4, 8 or 16; both sides aligned to them.
template <int Bytes>
__device__ inline void copy_async(float* to, const float* from) {
    __pipeline_memcpy_async(to, from, Bytes);
}
__device__ inline void commit_copies() { __pipeline_commit(); }
template <int Groups>
__device__ inline void wait_for_copies() {
    __pipeline_wait_prior(Groups);
}

#else

template <int Bytes>
inline void copy_async(float* to, const float* from) {
    std::memcpy(to, from, Bytes);
}
inline void commit_copies() {}
template <int Groups>
inline void wait_for_copies() {}

#endif

}  // namespace nanohooke
