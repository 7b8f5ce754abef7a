// SPDX-License-Identifier: Apache-2.0
//
// The host's stand-in for blocks, warps and captures: that it computes what CUDA would, and refuses what CUDA refuses.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "device.h"

namespace {

int failures = 0;

void that(bool condition, const std::string& what) {
    if (condition) return;
    std::printf("FAILED: %s\n", what.c_str());
    failures++;
}

struct Device {
    cudaStream_t stream = nullptr;
    float* memory = nullptr;
    std::vector<float> values = std::vector<float>(4096);

    Device() {
        NHC_CHECK(cudaStreamCreate(&stream));
        NHC_CHECK(cudaMalloc(&memory, values.size() * sizeof(float)));
    }
    ~Device() {
        cudaFree(memory);
        cudaStreamDestroy(stream);
    }
    const std::vector<float>& read() {
        nanohooke::download(values.data(), memory, values.size(), stream);
        return values;
    }
};

// Reverses a block's numbers through shared memory; odd threads of the last warp leave before the second barrier.
__global__ void reverse(float* out, float first) {
    NHC_SHARED(float, shared);
    const unsigned t = threadIdx.x;
    shared[t] = first + static_cast<float>(t);
    __syncthreads();
    const float other = shared[blockDim.x - 1 - t];
    if (t >= blockDim.x - 32 && t % 2 == 1) {
        out[blockIdx.x * blockDim.x + t] = other;
        return;
    }
    __syncthreads();
    out[blockIdx.x * blockDim.x + t] = other;
}

__global__ void missing_barrier(float* out) {
    NHC_SHARED(float, shared);
    shared[threadIdx.x] = static_cast<float>(threadIdx.x);
    out[threadIdx.x] = shared[(threadIdx.x + 1) % blockDim.x];
}

__global__ void warps(float* out) {
    const int t = static_cast<int>(threadIdx.x);
    float sum = static_cast<float>(t);
    for (int by = 16; by > 0; by >>= 1) sum += __shfl_xor_sync(0xffffffffu, sum, by);
    const int up = __shfl_up_sync(0xffffffffu, t, 3), down = __shfl_down_sync(0xffffffffu, t, 5, 8);
    const unsigned votes = __ballot_sync(0xffffffffu, t % 3 == 0);
    out[4 * t] = sum;
    out[4 * t + 1] = static_cast<float>(up);
    out[4 * t + 2] = static_cast<float>(down);
    out[4 * t + 3] = static_cast<float>(__popc(votes));
}

__global__ void divergent(float*) {
    if (threadIdx.x < 32) {
        __syncwarp(threadIdx.x % 2 == 0 ? 0xffffffffu : 0x1u);
    }
    __syncthreads();
}

void test_shared() {
    Device device;
    for (const HostOrder order : {kUpwards, kBackwards, kMixed}) {
        host_order(order);
        NHC_LAUNCH_BLOCKS(reverse, dim3(3), 96, 96 * sizeof(float), device.stream, device.memory, 7.0f);
        bool right = true;
        device.read();
        for (int i = 0; i < 3 * 96; i++) right &= device.values[i] == 7.0f + static_cast<float>(95 - i % 96);
        that(right, "values through shared memory");
    }
    host_order(kUpwards);
    NHC_LAUNCH_BLOCKS(missing_barrier, dim3(1), 64, 64 * sizeof(float), device.stream, device.memory);
    that(std::isnan(device.read()[0]), "fresh shared memory is full of NaN");
}

void test_warps() {
    Device device;
    NHC_LAUNCH_BLOCKS(warps, dim3(1), 64, 0, device.stream, device.memory);
    device.read();
    for (int t = 0; t < 64; t++) {
        const int first = t / 32 * 32;
        that(device.values[4 * t] == static_cast<float>(32 * first + 496), "a sum by shuffles");
        that(device.values[4 * t + 1] == static_cast<float>(t % 32 < 3 ? t : t - 3), "up");
        that(device.values[4 * t + 2] == static_cast<float>(t % 8 + 5 > 7 ? t : t + 5), "down in groups of 8");
        that(device.values[4 * t + 3] == 11.0f, "votes");
    }
}

template <class Launch>
void refused(cudaError_t status, const char* what, Launch&& launch) {
    try {
        launch();
        that(false, what);
    } catch (const nanohooke::CudaError& e) {
        that(std::string(e.what()).find(cudaGetErrorName(status)) != std::string::npos, std::string(what) + e.what());
    }
}

void test_refusals() {
    Device d;
    refused(cudaErrorInvalidConfiguration, "1025 threads",
            [&] { NHC_LAUNCH_BLOCKS(warps, dim3(1), 1025, 0, d.stream, d.memory); });
    refused(cudaErrorInvalidConfiguration, "65536 blocks upwards",
            [&] { NHC_LAUNCH_BLOCKS(warps, dim3(1, 65536), 32, 0, d.stream, d.memory); });
    refused(cudaErrorInvalidValue, "too much shared memory",
            [&] { NHC_LAUNCH_BLOCKS(warps, dim3(1), 32, (227 << 10) + 16, d.stream, d.memory); });
    refused(cudaErrorInvalidValue, "shared memory that was not asked for", [&] {
        host_launch_blocks(divergent, dim3(1), 32, 49 << 10, d.stream, d.memory);
        NHC_CHECK(cudaGetLastError());
    });
    NHC_LAUNCH_BLOCKS(reverse, dim3(1), 32, 227 << 10, d.stream, d.memory, 0.0f);
    refused(cudaErrorLaunchFailure, "barriers that are never complete",
            [&] { NHC_LAUNCH_BLOCKS(divergent, dim3(1), 64, 0, d.stream, d.memory); });
    NHC_LAUNCH_BLOCKS(warps, dim3(1), 64, 0, d.stream, d.memory);
    that(d.read()[0] == 496.0f, "a launch after one that failed");
}

void test_captures() {
    Device d;
    cudaGraph_t graph = nullptr;
    cudaGraphExec_t executable = nullptr;
    NHC_CHECK(cudaMemsetAsync(d.memory, 0, 16, d.stream));
    NHC_CHECK(cudaStreamBeginCapture(d.stream, cudaStreamCaptureModeThreadLocal));
    float first = 5.0f;
    NHC_LAUNCH_BLOCKS(reverse, dim3(1), 32, 128, d.stream, d.memory, first);
    first = 6.0f;  // a graph keeps the arguments of the capture
    NHC_CHECK(cudaStreamEndCapture(d.stream, &graph));
    that(d.read()[0] == 0.0f, "a capture computes nothing");
    NHC_CHECK(cudaGraphInstantiate(&executable, graph, 0));
    NHC_CHECK(cudaGraphDestroy(graph));
    NHC_CHECK(cudaGraphLaunch(executable, d.stream));
    that(d.read()[0] == 36.0f, "a replay does");
    NHC_CHECK(cudaGraphExecDestroy(executable));

    NHC_CHECK(cudaStreamBeginCapture(d.stream, cudaStreamCaptureModeThreadLocal));
    that(cudaStreamSynchronize(d.stream) == cudaErrorStreamCaptureUnsupported, "no synchronisation in a capture");
    that(cudaStreamEndCapture(d.stream, &graph) == cudaErrorStreamCaptureInvalidated, "which ends it");
    NHC_CHECK(cudaStreamBeginCapture(d.stream, cudaStreamCaptureModeThreadLocal));
    void* memory = nullptr;
    that(cudaMalloc(&memory, 16) == cudaErrorStreamCaptureUnsupported, "no memory in a capture");
    that(cudaMemcpyAsync(d.memory, &first, 4, cudaMemcpyHostToDevice, d.stream) == cudaErrorStreamCaptureUnsupported,
         "no memory of the host that may be gone at the replay");
    that(cudaStreamEndCapture(d.stream, &graph) == cudaErrorStreamCaptureInvalidated, "which end it, too");
}

}  // namespace

int main() {
    test_shared();
    test_warps();
    test_refusals();
    test_captures();
    that(host_live() == 0, "nothing left");
    std::printf("%d failures\n", failures);
    return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
