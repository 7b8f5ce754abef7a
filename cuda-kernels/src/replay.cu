// SPDX-License-Identifier: Apache-2.0
#include "replay.h"

namespace nanohooke {

namespace {

cudaGraph_t capture(cudaStream_t stream, const std::function<void()>& work) {
    cudaGraph_t graph = nullptr;
    // Other threads may go on with their own networks meanwhile.
    NHC_CHECK(cudaStreamBeginCapture(stream, cudaStreamCaptureModeThreadLocal));
    try {
        work();
    } catch (...) {
        // The stream is of use again only when its capture has ended.
        if (cudaStreamEndCapture(stream, &graph) == cudaSuccess && graph != nullptr) cudaGraphDestroy(graph);
        cudaGetLastError();
        throw;
    }
    NHC_CHECK(cudaStreamEndCapture(stream, &graph));
    return graph;
}

}  // namespace

void Replay::run(cudaStream_t stream, const std::function<void()>& work) {
    if (!launched_) {
        work();
        launched_ = true;
        return;
    }
    if (graph_ == nullptr) {
        const cudaGraph_t graph = capture(stream, work);
        const cudaError_t status = cudaGraphInstantiate(&graph_, graph, 0);
        cudaGraphDestroy(graph);
        if (status != cudaSuccess) graph_ = nullptr;
        check(status, "cudaGraphInstantiate", __FILE__, __LINE__);
    }
    NHC_CHECK(cudaGraphLaunch(graph_, stream));
}

}  // namespace nanohooke
