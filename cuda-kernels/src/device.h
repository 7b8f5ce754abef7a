// SPDX-License-Identifier: Apache-2.0
//
// What is between our code and the CUDA runtime: errors with their place, launches, one block of
// device memory for a network.
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

// Told of every launch, where there is one: for measurements.
class LaunchObserver {
public:
    virtual ~LaunchObserver() = default;
    virtual void before(const char* words, const void* kernel, cudaStream_t stream) = 0;
    virtual void after(cudaStream_t stream) = 0;
};
extern LaunchObserver* launch_observer;
template <class Kernel>
const void* address_of(Kernel* kernel) {
    return reinterpret_cast<const void*>(kernel);
}

constexpr int kThreads = 256;
// More dynamic shared memory has to be asked for, kernel by kernel.
constexpr size_t kSharedWithoutAsking = 48 << 10;

// NHC_INDEX is the index of a thread among all of a launch; kernels return where it is not below their first argument.
// NHC_LAUNCH runs kernel(count, arguments...) by at least count threads, one result each; no thread waits for another.
// NHC_LAUNCH_BLOCKS runs kernel(arguments...) by dim3 `grid` blocks of a number of threads, with so many bytes of
// shared memory, which a kernel gets by NHC_SHARED(type, name). A template's commas want brackets: (kernel<4, 6>).
#ifdef __CUDACC__
#define NHC_INDEX() (static_cast<int64_t>(blockIdx.x) * blockDim.x + threadIdx.x)
#define NHC_SHARED(type, name)                                   \
    extern __shared__ __align__(128) unsigned char nhc_shared[]; \
    type* name = reinterpret_cast<type*>(nhc_shared)
#define NHC_RUN(kernel, stream, count, ...)                                                        \
    kernel<<<static_cast<unsigned>(((count) + ::nanohooke::kThreads - 1) / ::nanohooke::kThreads), \
             ::nanohooke::kThreads, 0, stream>>>((count), __VA_ARGS__)
#define NHC_RUN_BLOCKS(kernel, grid, threads, shared, stream, ...) \
    kernel<<<(grid), (threads), (shared), stream>>>(__VA_ARGS__)
#else
#define NHC_INDEX() (host_index)
#define NHC_SHARED(type, name) type* name = static_cast<type*>(host_shared())
#define NHC_RUN(kernel, stream, count, ...) host_launch<kernel>((count), ::nanohooke::kThreads, stream, __VA_ARGS__)
#define NHC_RUN_BLOCKS(kernel, grid, threads, shared, stream, ...) \
    host_launch_blocks(kernel, (grid), (threads), (shared), stream, __VA_ARGS__)
#endif
#define NHC_OBSERVE(call) \
    if (::nanohooke::launch_observer != nullptr) ::nanohooke::launch_observer->call
#define NHC_LAUNCH(kernel, stream, count, ...)                                     \
    do {                                                                           \
        const int64_t launched_ = (count);                                         \
        if (launched_ > 0) {                                                       \
            NHC_OBSERVE(before(#kernel, ::nanohooke::address_of(kernel), stream)); \
            NHC_RUN(kernel, stream, launched_, __VA_ARGS__);                       \
            NHC_CHECK(cudaGetLastError());                                         \
            NHC_OBSERVE(after(stream));                                            \
        }                                                                          \
    } while (0)
#define NHC_LAUNCH_BLOCKS(kernel, grid, threads, shared_bytes, stream, ...)                                            \
    do {                                                                                                               \
        const size_t shared_ = (shared_bytes);                                                                         \
        if (shared_ > ::nanohooke::kSharedWithoutAsking) {                                                             \
            NHC_CHECK(                                                                                                 \
                cudaFuncSetAttribute(kernel, cudaFuncAttributeMaxDynamicSharedMemorySize, static_cast<int>(shared_))); \
        }                                                                                                              \
        NHC_OBSERVE(before(#kernel, ::nanohooke::address_of(kernel), stream));                                         \
        NHC_RUN_BLOCKS(kernel, grid, threads, shared_, stream, __VA_ARGS__);                                           \
        NHC_CHECK(cudaGetLastError());                                                                                 \
        NHC_OBSERVE(after(stream));                                                                                    \
    } while (0)

// A call of another library that works on the stream; its status. The host's stand-in keeps it where it captures.
template <class F>
int call_library(cudaStream_t stream, F&& call) {
#ifdef __CUDACC__
    (void)stream;
    return call();
#else
    return host_call(stream, call);
#endif
}

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

    // Of what was allocated, to hand it out anew.
    void restart() { used_ = 0; }
    void* begin() const { return memory_; }
    size_t capacity() const { return capacity_; }

private:
    void* memory_ = nullptr;
    size_t used_ = 0, capacity_ = 0;
};

// Memory of the host that copies to and from the device need no detour for.
class Pinned {
public:
    explicit Pinned(size_t bytes) { NHC_CHECK(cudaMallocHost(&memory_, bytes)); }
    ~Pinned() { cudaFreeHost(memory_); }
    Pinned(const Pinned&) = delete;
    Pinned& operator=(const Pinned&) = delete;
    void* get() const { return memory_; }

private:
    void* memory_ = nullptr;
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
