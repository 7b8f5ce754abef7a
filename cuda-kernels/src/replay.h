// SPDX-License-Identifier: Apache-2.0
//
// Work that a stream is given again and again.
#pragma once

#include <functional>

#include "device.h"

namespace nanohooke {

// The first time it is launched kernel by kernel, which also loads them, for a capture must not; the second time it is
// captured as a graph, and from then on one launch replays all of it, with the arguments that the capture saw.
class Replay {
public:
    Replay() = default;
    Replay(Replay&& other) noexcept : launched_(other.launched_), graph_(other.graph_) { other.graph_ = nullptr; }
    Replay(const Replay&) = delete;
    Replay& operator=(const Replay&) = delete;
    ~Replay() {
        if (graph_ != nullptr) cudaGraphExecDestroy(graph_);
    }

    void run(cudaStream_t stream, const std::function<void()>& work);

private:
    bool launched_ = false;
    cudaGraphExec_t graph_ = nullptr;
};

}  // namespace nanohooke
