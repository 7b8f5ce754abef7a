// SPDX-License-Identifier: Apache-2.0
//
// What is between our code and the CUDA runtime: errors with their place, launches over a number of threads, one block
// of device memory for a network.
#pragma once

#include <cuda_runtime.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "nanohooke/cuda.h"

namespace nanohooke {

class CudaError : public std::runtime_error {
public:
    CudaError(int status, const std::string& message) : std::runtime_error(message), status_(status) {}
    int status() const { return status_; }

private:
    int status_;
};

inline void require(bool condition, const std::string& message) {
    if (!condition) throw CudaError(NHC_BAD_ARGUMENT, message);
}

// Throws with the call's words, the status' name and the place.
void check(cudaError_t status, const char* call, const char* file, int line);
#define NHC_CHECK(call) ::nanohooke::check((call), #call, __FILE__, __LINE__)

constexpr int kThreads = 256;

// NHC_INDEX is the index of a thread among all of a launch; kernels return where it is not below their first argument.
// NHC_LAUNCH runs kernel(count, arguments...) by at least count threads, one result each.
#ifdef __CUDACC__
#define NHC_INDEX() (static_cast<int64_t>(blockIdx.x) * blockDim.x + threadIdx.x)
#define NHC_LAUNCH(kernel, stream, count, ...)                                                                   \
    do {                                                                                                         \
        const int64_t launched_ = (count);                                                                       \
        if (launched_ > 0) {                                                                                     \
            kernel<<<static_cast<unsigned>((launched_ + ::nanohooke::kThreads - 1) / ::nanohooke::kThreads),     \
                     ::nanohooke::kThreads, 0, stream>>>(launched_, __VA_ARGS__);                                \
            NHC_CHECK(cudaGetLastError());                                                                       \
        }                                                                                                        \
    } while (0)
#else
#define NHC_INDEX() (host_index)
#define NHC_LAUNCH(kernel, stream, count, ...) \
    host_launch((count), ::nanohooke::kThreads, stream, [&](int64_t launched_) { kernel(launched_, __VA_ARGS__); })
#endif

// All device memory of a network: counted first, taken at once, handed out in pieces that are multiples of 256 bytes.
class Pool {
public:
    Pool() = default;  // only counts
    ~Pool() {
        if (memory_ != nullptr) cudaFree(memory_);
    }
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    // Takes what was counted and begins anew.
    void allocate();

    template <class T>
    T* take(size_t count) {
        const size_t begin = used_;
        used_ += (count * sizeof(T) + 255) / 256 * 256;
        return memory_ == nullptr ? nullptr : reinterpret_cast<T*>(static_cast<char*>(memory_) + begin);
    }
    size_t used() const { return used_; }

private:
    void* memory_ = nullptr;
    size_t used_ = 0;
};

template <class T>
void upload(T* to, const T* from, size_t count, cudaStream_t stream) {
    NHC_CHECK(cudaMemcpyAsync(to, from, count * sizeof(T), cudaMemcpyHostToDevice, stream));
}

template <class T>
void download(T* to, const T* from, size_t count, cudaStream_t stream) {
    NHC_CHECK(cudaMemcpyAsync(to, from, count * sizeof(T), cudaMemcpyDeviceToHost, stream));
    NHC_CHECK(cudaStreamSynchronize(stream));
}

}  // namespace nanohooke
