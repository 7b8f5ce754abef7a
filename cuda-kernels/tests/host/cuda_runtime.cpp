// SPDX-License-Identifier: Apache-2.0
#include "cuda_runtime.h"

#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>

#include "faults.h"
#include "runtime_state.h"

using namespace host_state;

namespace {

constexpr size_t kMemory = size_t{16} << 30, kAlignment = 256;

}  // namespace

const char* cudaGetErrorName(cudaError_t status) {
    switch (status) {
        case cudaErrorInvalidValue:
            return "cudaErrorInvalidValue";
        case cudaErrorMemoryAllocation:
            return "cudaErrorMemoryAllocation";
        case cudaErrorInvalidConfiguration:
            return "cudaErrorInvalidConfiguration";
        case cudaErrorInvalidDevice:
            return "cudaErrorInvalidDevice";
        case cudaErrorInvalidResourceHandle:
            return "cudaErrorInvalidResourceHandle";
        case cudaErrorLaunchFailure:
            return "cudaErrorLaunchFailure";
        case cudaErrorStreamCaptureUnsupported:
            return "cudaErrorStreamCaptureUnsupported";
        case cudaErrorStreamCaptureInvalidated:
            return "cudaErrorStreamCaptureInvalidated";
        default:
            return "cudaErrorUnknown";
    }
}

const char* cudaGetErrorString(cudaError_t) { return "refused by the host's stand-in for the runtime"; }

cudaError_t cudaGetLastError() {
    const std::lock_guard<std::mutex> guard(lock);
    const cudaError_t status = last_error;
    last_error = cudaSuccess;
    return fails() ? cudaErrorUnknown : status;
}

cudaError_t cudaRuntimeGetVersion(int* version) {
    *version = 0;
    return cudaSuccess;
}

cudaError_t cudaDriverGetVersion(int* version) {
    *version = 0;
    return cudaSuccess;
}

cudaError_t cudaGetDeviceCount(int* count) {
    *count = 1;
    return cudaSuccess;
}

cudaError_t cudaGetDeviceProperties(cudaDeviceProp* properties, int device) {
    if (device != 0) return cudaErrorInvalidDevice;
    *properties = {};
    std::snprintf(properties->name, sizeof properties->name, "the host in place of a GPU, for tests");
    properties->multiProcessorCount = 1;
    properties->totalGlobalMem = kMemory;
    return cudaSuccess;
}

cudaError_t cudaGetDevice(int* device) {
    *device = 0;
    return cudaSuccess;
}

cudaError_t cudaDeviceGetAttribute(int* value, cudaDeviceAttr attribute, int device) {
    if (device != 0) return cudaErrorInvalidDevice;
    if (attribute != cudaDevAttrMaxSharedMemoryPerBlockOptin) return cudaErrorInvalidValue;
    *value = static_cast<int>(kMostShared);
    return cudaSuccess;
}

cudaError_t cudaSetDevice(int device) { return device == 0 ? cudaSuccess : cudaErrorInvalidDevice; }

cudaError_t cudaMalloc(void** memory, size_t bytes) {
    const std::lock_guard<std::mutex> guard(lock);
    if (capturing()) return refused_in_capture();
    if (fails() || used + bytes > kMemory) return cudaErrorMemoryAllocation;
    *memory = std::aligned_alloc(kAlignment, (bytes + kAlignment - 1) / kAlignment * kAlignment);
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
    return freed();
}

cudaError_t cudaMallocHost(void** memory, size_t bytes) {
    const std::lock_guard<std::mutex> guard(lock);
    if (capturing()) return refused_in_capture();
    if (fails()) return cudaErrorMemoryAllocation;
    *memory = std::malloc(bytes);
    std::memset(*memory, 0xff, bytes);
    pinned[reinterpret_cast<uintptr_t>(*memory)] = bytes;
    return cudaSuccess;
}

cudaError_t cudaFreeHost(void* memory) {
    const std::lock_guard<std::mutex> guard(lock);
    if (pinned.erase(reinterpret_cast<uintptr_t>(memory)) == 0) return cudaErrorInvalidValue;
    std::free(memory);
    return freed();
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
    if (inside(pieces, to, bytes) != to_device || inside(pieces, from, bytes) != from_device) {
        return cudaErrorInvalidValue;
    }
    // A replay would read what the host's memory holds by then: only pinned memory is sure to be there.
    if (stream->capturing &&
        !((to_device || inside(pinned, to, bytes)) && (from_device || inside(pinned, from, bytes)))) {
        return refused_in_capture();
    }
    return submit(stream, [to, from, bytes] { std::memcpy(to, from, bytes); });
}

cudaError_t cudaMemsetAsync(void* to, int value, size_t bytes, cudaStream_t stream) {
    const std::lock_guard<std::mutex> guard(lock);
    if (fails()) return cudaErrorUnknown;
    if (streams.count(stream) == 0) return cudaErrorInvalidResourceHandle;
    if (!inside(pieces, to, bytes)) return cudaErrorInvalidValue;
    return submit(stream, [to, value, bytes] { std::memset(to, value, bytes); });
}

void host_fail_at(int64_t call) {
    const std::lock_guard<std::mutex> guard(lock);
    fail_at = call == 0 ? 0 : calls + call;
}

void host_lose_at(int64_t call) {
    const std::lock_guard<std::mutex> guard(lock);
    lost_at = call == 0 ? 0 : calls + call;
}

int64_t host_calls() { return calls; }

size_t host_live() {
    const std::lock_guard<std::mutex> guard(lock);
    return pieces.size() + pinned.size() + streams.size() + graphs.size() + executables.size() + events.size();
}

void host_order(HostOrder which) { order = which; }
HostOrder host_order() { return order; }
bool host_backwards() { return order != kUpwards; }

// For libraries that stand in for NVIDIA's, loaded by tests beside the kernels.
extern "C" {

__attribute__((visibility("default"))) bool host_on_device(const void* memory, size_t bytes) {
    const std::lock_guard<std::mutex> guard(lock);
    return inside(pieces, memory, bytes);
}
}
