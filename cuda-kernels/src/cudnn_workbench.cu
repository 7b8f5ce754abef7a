// SPDX-License-Identifier: Apache-2.0
#include "cudnn_workbench.h"

namespace nanohooke {

CudnnWorkbench::CudnnWorkbench(int device) : device_(device) {
    NHC_CHECK(cudaSetDevice(device_));
    try {
        NHC_CHECK(cudaStreamCreate(&stream_));
        NHC_CHECK(cudaEventCreate(&begin_));
        NHC_CHECK(cudaEventCreate(&end_));
    } catch (...) {
        release();
        throw;
    }
}

CudnnWorkbench::~CudnnWorkbench() { release(); }

void CudnnWorkbench::release() {
    if (begin_ != nullptr) cudaEventDestroy(begin_);
    if (end_ != nullptr) cudaEventDestroy(end_);
    if (stream_ != nullptr) cudaStreamDestroy(stream_);
}

size_t CudnnWorkbench::free_memory() const {
    NHC_CHECK(cudaSetDevice(device_));
    size_t free = 0, total = 0;
    NHC_CHECK(cudaMemGetInfo(&free, &total));
    return free;
}

float CudnnWorkbench::microseconds(CudnnCalls& calls, const CudnnPlan& plan, const size_t (&tensor_bytes)[3],
                                   int repeats) {
    NHC_CHECK(cudaSetDevice(device_));
    const auto carve = [&](Pool& pool) {
        for (const size_t bytes : tensor_bytes) pool.take<char>(bytes);
        pool.take<char>(plan.workspace);
        return pool.used();
    };
    Pool counting;
    const size_t needed = carve(counting);
    if (memory_ == nullptr || memory_->capacity() < needed) {
        memory_.reset();
        auto larger = std::make_unique<Pool>();
        carve(*larger);
        larger->allocate();
        memory_ = std::move(larger);
        // Small numbers in either precision: what is multiplied must not be denormal or infinite.
        NHC_CHECK(cudaMemsetAsync(memory_->begin(), 0x3c, memory_->capacity(), stream_));
    }
    memory_->restart();
    void* const x = memory_->take<char>(tensor_bytes[0]);
    void* const w = memory_->take<char>(tensor_bytes[1]);
    void* const y = memory_->take<char>(tensor_bytes[2]);
    void* const workspace = plan.workspace > 0 ? memory_->take<char>(plan.workspace) : nullptr;
    calls.set_stream(stream_, nullptr, 0);
    calls.execute(plan, x, w, y, workspace);
    NHC_CHECK(cudaEventRecord(begin_, stream_));
    for (int i = 0; i < repeats; i++) calls.execute(plan, x, w, y, workspace);
    NHC_CHECK(cudaEventRecord(end_, stream_));
    NHC_CHECK(cudaEventSynchronize(end_));
    float milliseconds = 0.0f;
    NHC_CHECK(cudaEventElapsedTime(&milliseconds, begin_, end_));
    return milliseconds * 1000.0f / static_cast<float>(repeats);
}

}  // namespace nanohooke
