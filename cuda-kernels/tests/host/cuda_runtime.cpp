// SPDX-License-Identifier: Apache-2.0
#include "cuda_runtime.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <mutex>
#include <set>
#include <vector>

#include "blocks.h"
#include "faults.h"

struct HostGraph {
    std::vector<std::function<void()>> nodes;
};
struct HostGraphExec {
    std::vector<std::function<void()>> nodes;
};
struct HostStream {
    bool capturing = false, invalid = false;
    HostGraph captured;
};
struct HostEvent {
    std::chrono::steady_clock::time_point time;
    bool recorded = false;
};

namespace {

constexpr size_t kMemory = size_t{16} << 30, kAlignment = 256;
constexpr unsigned kMostThreads = 1024, kMostBlocks = 65535;
constexpr size_t kShared = 48 << 10, kMostShared = 227 << 10;

std::mutex lock;
std::map<uintptr_t, size_t> pieces, pinned;
std::set<cudaStream_t> streams;
std::set<cudaGraph_t> graphs;
std::set<cudaGraphExec_t> executables;
std::set<cudaEvent_t> events;
std::map<const void*, size_t> shared_limits;
size_t used = 0;
int64_t calls = 0, fail_at = 0, lost_at = 0;
HostOrder order = kUpwards;
thread_local cudaError_t last_error = cudaSuccess;

bool lost() { return lost_at != 0 && calls >= lost_at; }
bool fails() { return ++calls == fail_at || lost(); }
cudaError_t freed() { return lost() ? cudaErrorUnknown : cudaSuccess; }

// Whether the bytes lie in one of the pieces.
bool inside(const std::map<uintptr_t, size_t>& all, const void* memory, size_t bytes) {
    auto piece = all.upper_bound(reinterpret_cast<uintptr_t>(memory));
    if (piece == all.begin()) return false;
    --piece;
    return reinterpret_cast<uintptr_t>(memory) + bytes <= piece->first + piece->second;
}

bool capturing() {
    for (HostStream* stream : streams) {
        if (stream->capturing) return true;
    }
    return false;
}

// A call that a capture does not allow ends it.
cudaError_t refused_in_capture() {
    for (HostStream* stream : streams) stream->invalid |= stream->capturing;
    return cudaErrorStreamCaptureUnsupported;
}

// Under the lock: keeps or does the work.
cudaError_t submit(cudaStream_t stream, const std::function<void()>& work) {
    if (stream->capturing) {
        stream->captured.nodes.push_back(work);
    } else {
        work();
    }
    return cudaSuccess;
}

template <class T>
cudaError_t destroy(std::set<T*>& all, T* which) {
    const std::lock_guard<std::mutex> guard(lock);
    if (all.erase(which) == 0) return cudaErrorInvalidResourceHandle;
    delete which;
    return freed();
}

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

cudaError_t cudaStreamCreate(cudaStream_t* stream) {
    const std::lock_guard<std::mutex> guard(lock);
    if (capturing()) return refused_in_capture();
    if (fails()) return cudaErrorUnknown;
    *stream = new HostStream;
    streams.insert(*stream);
    return cudaSuccess;
}

cudaError_t cudaStreamCreateWithFlags(cudaStream_t* stream, unsigned) { return cudaStreamCreate(stream); }
cudaError_t cudaStreamDestroy(cudaStream_t stream) { return destroy(streams, stream); }

cudaError_t cudaStreamSynchronize(cudaStream_t stream) {
    const std::lock_guard<std::mutex> guard(lock);
    if (fails()) return cudaErrorUnknown;
    if (streams.count(stream) == 0) return cudaErrorInvalidResourceHandle;
    return stream->capturing ? refused_in_capture() : cudaSuccess;
}

cudaError_t cudaStreamBeginCapture(cudaStream_t stream, cudaStreamCaptureMode) {
    const std::lock_guard<std::mutex> guard(lock);
    if (fails()) return cudaErrorUnknown;
    if (streams.count(stream) == 0) return cudaErrorInvalidResourceHandle;
    if (stream->capturing) return refused_in_capture();
    stream->capturing = true;
    stream->invalid = false;
    stream->captured.nodes.clear();
    return cudaSuccess;
}

cudaError_t cudaStreamEndCapture(cudaStream_t stream, cudaGraph_t* graph) {
    const std::lock_guard<std::mutex> guard(lock);
    *graph = nullptr;
    if (streams.count(stream) == 0) return cudaErrorInvalidResourceHandle;
    if (!stream->capturing) return cudaErrorInvalidValue;
    stream->capturing = false;
    if (fails()) return cudaErrorUnknown;
    if (stream->invalid) return cudaErrorStreamCaptureInvalidated;
    *graph = new HostGraph(std::move(stream->captured));
    graphs.insert(*graph);
    return cudaSuccess;
}

cudaError_t cudaGraphInstantiate(cudaGraphExec_t* executable, cudaGraph_t graph, unsigned long long) {
    const std::lock_guard<std::mutex> guard(lock);
    if (fails()) return cudaErrorUnknown;
    if (graphs.count(graph) == 0) return cudaErrorInvalidValue;
    *executable = new HostGraphExec{graph->nodes};
    executables.insert(*executable);
    return cudaSuccess;
}

cudaError_t cudaGraphLaunch(cudaGraphExec_t executable, cudaStream_t stream) {
    {
        const std::lock_guard<std::mutex> guard(lock);
        if (fails()) return cudaErrorUnknown;
        if (executables.count(executable) == 0) return cudaErrorInvalidValue;
        if (streams.count(stream) == 0) return cudaErrorInvalidResourceHandle;
        if (stream->capturing) return refused_in_capture();
    }
    for (const auto& node : executable->nodes) node();
    const cudaError_t status = last_error;  // of a launch in the graph
    last_error = cudaSuccess;
    return status;
}

cudaError_t cudaGraphExecDestroy(cudaGraphExec_t executable) { return destroy(executables, executable); }
cudaError_t cudaGraphDestroy(cudaGraph_t graph) { return destroy(graphs, graph); }

cudaError_t cudaEventCreate(cudaEvent_t* event) {
    const std::lock_guard<std::mutex> guard(lock);
    if (fails()) return cudaErrorUnknown;
    *event = new HostEvent;
    events.insert(*event);
    return cudaSuccess;
}

cudaError_t cudaEventRecord(cudaEvent_t event, cudaStream_t stream) {
    const std::lock_guard<std::mutex> guard(lock);
    if (fails()) return cudaErrorUnknown;
    if (events.count(event) == 0 || streams.count(stream) == 0) return cudaErrorInvalidResourceHandle;
    return submit(stream, [event] {
        event->time = std::chrono::steady_clock::now();
        event->recorded = true;
    });
}

cudaError_t cudaEventSynchronize(cudaEvent_t event) {
    const std::lock_guard<std::mutex> guard(lock);
    if (fails()) return cudaErrorUnknown;
    if (capturing()) return refused_in_capture();
    return events.count(event) == 0 ? cudaErrorInvalidResourceHandle : cudaSuccess;
}

cudaError_t cudaEventElapsedTime(float* milliseconds, cudaEvent_t from, cudaEvent_t to) {
    const std::lock_guard<std::mutex> guard(lock);
    if (events.count(from) == 0 || events.count(to) == 0 || !from->recorded || !to->recorded) {
        return cudaErrorInvalidResourceHandle;
    }
    *milliseconds = std::chrono::duration<float, std::milli>(to->time - from->time).count();
    return cudaSuccess;
}

cudaError_t cudaEventDestroy(cudaEvent_t event) { return destroy(events, event); }

cudaError_t host_set_shared_limit(const void* kernel, cudaFuncAttribute attribute, int value) {
    const std::lock_guard<std::mutex> guard(lock);
    if (fails()) return cudaErrorUnknown;
    if (attribute != cudaFuncAttributeMaxDynamicSharedMemorySize || value < 0 || size_t(value) > kMostShared) {
        return cudaErrorInvalidValue;
    }
    shared_limits[kernel] = value;
    return cudaSuccess;
}

void host_submit(cudaStream_t stream, std::function<void()> work) {
    {
        const std::lock_guard<std::mutex> guard(lock);
        if (streams.count(stream) == 0) {
            last_error = cudaErrorInvalidResourceHandle;
            return;
        }
        if (stream->capturing) {
            stream->captured.nodes.push_back(std::move(work));
            return;
        }
    }
    work();
}

int host_call(cudaStream_t stream, const std::function<int()>& call) {
    {
        const std::lock_guard<std::mutex> guard(lock);
        if (streams.count(stream) != 0 && stream->capturing) {
            stream->captured.nodes.push_back([call] {
                if (call() != 0) last_error = cudaErrorUnknown;
            });
            return 0;
        }
    }
    return call();
}

void host_blocks(cudaStream_t stream, const void* kernel, dim3 grid, unsigned threads, size_t shared,
                 std::function<void()> thread) {
    {
        const std::lock_guard<std::mutex> guard(lock);
        const auto limit = shared_limits.find(kernel);
        if (threads == 0 || threads > kMostThreads || grid.x == 0 || grid.y == 0 || grid.z == 0 ||
            grid.x > 0x7fffffffu || grid.y > kMostBlocks || grid.z > kMostBlocks) {
            last_error = cudaErrorInvalidConfiguration;
            return;
        }
        if (shared > (limit == shared_limits.end() ? kShared : std::max(kShared, limit->second))) {
            last_error = cudaErrorInvalidValue;
            return;
        }
    }
    host_submit(stream, [grid, threads, shared, thread = std::move(thread)] {
        const std::string error = host_run_blocks(grid, threads, shared, thread);
        if (error.empty()) return;
        std::fprintf(stderr, "a kernel failed on the host: %s\n", error.c_str());
        last_error = cudaErrorLaunchFailure;
    });
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

__attribute__((visibility("default"))) bool host_run(cudaStream_t stream, const std::function<void()>* work) {
    {
        const std::lock_guard<std::mutex> guard(lock);
        if (streams.count(stream) == 0) return false;
    }
    host_submit(stream, *work);
    return true;
}
}
