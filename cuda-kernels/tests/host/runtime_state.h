// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <vector>

#include "cuda_runtime.h"
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

// What the host's stand-in for the runtime has given out, and which of its calls shall fail.
namespace host_state {

constexpr size_t kMostShared = 227 << 10;

inline std::mutex lock;
inline std::map<uintptr_t, size_t> pieces, pinned;
inline std::set<cudaStream_t> streams;
inline std::set<cudaGraph_t> graphs;
inline std::set<cudaGraphExec_t> executables;
inline std::set<cudaEvent_t> events;
inline std::map<const void*, size_t> shared_limits;
inline size_t used = 0;
inline int64_t calls = 0, fail_at = 0, lost_at = 0;
inline HostOrder order = kUpwards;
inline thread_local cudaError_t last_error = cudaSuccess;

inline bool lost() { return lost_at != 0 && calls >= lost_at; }
inline bool fails() { return ++calls == fail_at || lost(); }
inline cudaError_t freed() { return lost() ? cudaErrorUnknown : cudaSuccess; }

// Whether the bytes lie in one of the pieces.
inline bool inside(const std::map<uintptr_t, size_t>& all, const void* memory, size_t bytes) {
    auto piece = all.upper_bound(reinterpret_cast<uintptr_t>(memory));
    if (piece == all.begin()) return false;
    --piece;
    return reinterpret_cast<uintptr_t>(memory) + bytes <= piece->first + piece->second;
}

inline bool capturing() {
    for (HostStream* stream : streams) {
        if (stream->capturing) return true;
    }
    return false;
}

// A call that a capture does not allow ends it.
inline cudaError_t refused_in_capture() {
    for (HostStream* stream : streams) stream->invalid |= stream->capturing;
    return cudaErrorStreamCaptureUnsupported;
}

// Under the lock: keeps or does the work.
inline cudaError_t submit(cudaStream_t stream, const std::function<void()>& work) {
    if (stream->capturing) {
        stream->captured.nodes.push_back(work);
    } else {
        work();
    }
    return cudaSuccess;
}

template <class T>
inline cudaError_t destroy(std::set<T*>& all, T* which) {
    const std::lock_guard<std::mutex> guard(lock);
    if (all.erase(which) == 0) return cudaErrorInvalidResourceHandle;
    delete which;
    return freed();
}

}  // namespace host_state
