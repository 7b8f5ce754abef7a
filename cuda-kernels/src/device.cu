// SPDX-License-Identifier: Apache-2.0
#include "device.h"

namespace nanohooke {

LaunchObserver* launch_observer = nullptr;

void check(cudaError_t status, const char* call, const char* file, int line) {
    if (status == cudaSuccess) return;
    const std::string path = file;
    throw CudaError(status == cudaErrorMemoryAllocation ? NHC_OUT_OF_MEMORY : NHC_CUDA,
                    std::string(call) + ": " + cudaGetErrorName(status) + ", " + cudaGetErrorString(status) + " (" +
                        path.substr(path.find_last_of('/') + 1) + ":" + std::to_string(line) + ")");
}

void Pool::allocate() {
    size_t free = 0, total = 0;
    NHC_CHECK(cudaMemGetInfo(&free, &total));
    if (used_ > free) {
        throw CudaError(NHC_OUT_OF_MEMORY, "it needs " + std::to_string(used_ >> 20) + " MiB of device memory, " +
                                               std::to_string(free >> 20) + " of " + std::to_string(total >> 20) +
                                               " are free");
    }
    NHC_CHECK(cudaMalloc(&memory_, used_ > 0 ? used_ : 256));
    capacity_ = used_;
    used_ = 0;
}

}  // namespace nanohooke
