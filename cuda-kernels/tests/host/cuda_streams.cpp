// SPDX-License-Identifier: Apache-2.0
// Streams, graphs, events and what runs in them.
#include <algorithm>
#include <cstdio>
#include <mutex>
#include <string>
#include <utility>

#include "blocks.h"
#include "cuda_runtime.h"
#include "runtime_state.h"

using namespace host_state;

namespace {

constexpr unsigned kMostThreads = 1024, kMostBlocks = 65535;
constexpr size_t kShared = 48 << 10;

}  // namespace

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

// For libraries that stand in for NVIDIA's, loaded by tests beside the kernels.
extern "C" {

__attribute__((visibility("default"))) bool host_run(cudaStream_t stream, const std::function<void()>* work) {
    {
        const std::lock_guard<std::mutex> guard(lock);
        if (streams.count(stream) == 0) return false;
    }
    host_submit(stream, *work);
    return true;
}
}
