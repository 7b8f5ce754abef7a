// SPDX-License-Identifier: Apache-2.0
#include "cuda_runtime.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>
#include <set>
#include <stdexcept>

__thread int64_t host_index = 0;

namespace {

constexpr size_t kMemory = size_t{16} << 30;

std::mutex lock;
std::map<uintptr_t, size_t> pieces;
std::set<cudaStream_t> streams;
size_t used = 0;
int64_t calls = 0, fail_at = 0;
bool reversed = false;

bool fails() { return ++calls == fail_at; }

// Whether the bytes lie in one piece of device memory.
bool on_device(const void* memory, size_t bytes) {
    auto piece = pieces.upper_bound(reinterpret_cast<uintptr_t>(memory));
    if (piece == pieces.begin()) return false;
    --piece;
    return reinterpret_cast<uintptr_t>(memory) + bytes <= piece->first + piece->second;
}

}  // namespace

const char* cudaGetErrorName(cudaError_t status) {
    switch (status) {
        case cudaErrorInvalidValue: return "cudaErrorInvalidValue";
        case cudaErrorMemoryAllocation: return "cudaErrorMemoryAllocation";
        case cudaErrorInvalidDevice: return "cudaErrorInvalidDevice";
        case cudaErrorInvalidResourceHandle: return "cudaErrorInvalidResourceHandle";
        default: return "cudaErrorUnknown";
    }
}

const char* cudaGetErrorString(cudaError_t) { return "refused by the host's stand-in for the runtime"; }

cudaError_t cudaGetDeviceCount(int* count) {
    *count = 1;
    return cudaSuccess;
}

cudaError_t cudaGetDeviceProperties(cudaDeviceProp* properties, int device) {
    if (device != 0) return cudaErrorInvalidDevice;
    std::snprintf(properties->name, sizeof properties->name, "the host in place of a GPU, for tests");
    properties->major = properties->minor = 0;
    return cudaSuccess;
}

cudaError_t cudaSetDevice(int device) { return device == 0 ? cudaSuccess : cudaErrorInvalidDevice; }

cudaError_t cudaMalloc(void** memory, size_t bytes) {
    const std::lock_guard<std::mutex> guard(lock);
    if (fails() || used + bytes > kMemory) return cudaErrorMemoryAllocation;
    *memory = std::malloc(bytes);
    std::memset(*memory, 0xff, bytes);  // NaN, so that what was never written shows
    pieces[reinterpret_cast<uintptr_t>(*memory)] = bytes;
    used += bytes;
    return cudaSuccess;
}

cudaError_t cudaFree(void* memory) {
    const std::lock_guard<std::mutex> guard(lock);
    const auto piece = pieces.find(reinterpret_cast<uintptr_t>(memory));
    if (piece == pieces.end()) return cudaErrorInvalidValue;
    used -= piece->second;
    pieces.erase(piece);
    std::free(memory);
    return cudaSuccess;
}

cudaError_t cudaMemGetInfo(size_t* free, size_t* total) {
    const std::lock_guard<std::mutex> guard(lock);
    *free = kMemory - used;
    *total = kMemory;
    return fails() ? cudaErrorUnknown : cudaSuccess;
}

cudaError_t cudaMemcpyAsync(void* to, const void* from, size_t bytes, cudaMemcpyKind kind, cudaStream_t stream) {
    const std::lock_guard<std::mutex> guard(lock);
    if (fails()) return cudaErrorUnknown;
    if (streams.count(stream) == 0) return cudaErrorInvalidResourceHandle;
    const bool to_device = kind != cudaMemcpyDeviceToHost, from_device = kind != cudaMemcpyHostToDevice;
    if (on_device(to, bytes) != to_device || on_device(from, bytes) != from_device) return cudaErrorInvalidValue;
    std::memcpy(to, from, bytes);
    return cudaSuccess;
}

cudaError_t cudaMemsetAsync(void* to, int value, size_t bytes, cudaStream_t stream) {
    const std::lock_guard<std::mutex> guard(lock);
    if (fails()) return cudaErrorUnknown;
    if (streams.count(stream) == 0) return cudaErrorInvalidResourceHandle;
    if (!on_device(to, bytes)) return cudaErrorInvalidValue;
    std::memset(to, value, bytes);
    return cudaSuccess;
}

cudaError_t cudaStreamCreate(cudaStream_t* stream) {
    const std::lock_guard<std::mutex> guard(lock);
    if (fails()) return cudaErrorUnknown;
    *stream = reinterpret_cast<cudaStream_t>(new char);
    streams.insert(*stream);
    return cudaSuccess;
}

cudaError_t cudaStreamDestroy(cudaStream_t stream) {
    const std::lock_guard<std::mutex> guard(lock);
    if (streams.erase(stream) == 0) return cudaErrorInvalidResourceHandle;
    delete reinterpret_cast<char*>(stream);
    return cudaSuccess;
}

cudaError_t cudaStreamSynchronize(cudaStream_t stream) {
    const std::lock_guard<std::mutex> guard(lock);
    if (fails()) return cudaErrorUnknown;
    return streams.count(stream) == 0 ? cudaErrorInvalidResourceHandle : cudaSuccess;
}

bool host_begin_launch(cudaStream_t stream) {
    const std::lock_guard<std::mutex> guard(lock);
    if (streams.count(stream) == 0) throw std::runtime_error("a launch on a stream that is not there");
    return reversed;
}

void host_fail_at(int64_t call) {
    const std::lock_guard<std::mutex> guard(lock);
    fail_at = call == 0 ? 0 : calls + call;
}

int64_t host_calls() { return calls; }

size_t host_live() {
    const std::lock_guard<std::mutex> guard(lock);
    return pieces.size() + streams.size();
}

void host_reverse(bool reverse) { reversed = reverse; }
