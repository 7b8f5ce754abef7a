// SPDX-License-Identifier: Apache-2.0
//
// Where plans of cuDNN are timed before a network is made.
#pragma once

#include <memory>

#include "cudnn_calls.h"

namespace nanohooke {

class CudnnWorkbench {
public:
    explicit CudnnWorkbench(int device);
    ~CudnnWorkbench();
    CudnnWorkbench(const CudnnWorkbench&) = delete;
    CudnnWorkbench& operator=(const CudnnWorkbench&) = delete;

    size_t free_memory() const;
    // Of one execution; tensors are x, w, y.
    float microseconds(CudnnCalls& calls, const CudnnPlan& plan, const size_t (&tensor_bytes)[3], int repeats);

private:
    void release();

    int device_;
    cudaStream_t stream_ = nullptr;
    cudaEvent_t begin_ = nullptr, end_ = nullptr;
    std::unique_ptr<Pool> memory_;
};

}  // namespace nanohooke
