// SPDX-License-Identifier: Apache-2.0
//
// The last dense layers, too small to fill a device, in one launch: a block takes a few images through all of them,
// with what is between the layers in shared memory. It is bound by reading all weights from the second-level cache.
#pragma once

#include "dense.h"
#include "dense_kernels.h"

namespace nanohooke {

constexpr int kTailLayers = 8;
constexpr int kTailWidth = 512;  // results or inputs of a layer, at most
constexpr int kTailThreads = 512;
constexpr int kTailOutputs = 4;  // that a warp computes at once

struct DenseTail {
    int count;
    DenseLayer layers[kTailLayers];
    bool aligned[kTailLayers];       // lines of weights begin at multiples of 16 bytes
    float* d[kTailLayers];           // [image][in]: derivatives by each layer's inputs
    const float* gate[kTailLayers];  // [image][in]: results of the ReLU before, or null
};

// Four numbers of a line, the rest of it zero.
__device__ inline float4 quad_of(const float* line, int i, int count, bool aligned) {
    if (aligned && i + 4 <= count) return *reinterpret_cast<const float4*>(line + i);
    return make_float4(i < count ? line[i] : 0.0f, i + 1 < count ? line[i + 1] : 0.0f,
                       i + 2 < count ? line[i + 2] : 0.0f, i + 3 < count ? line[i + 3] : 0.0f);
}

// x: [image][in of the first layer]. A block takes Images images.
template <int Images>
static __global__ void __launch_bounds__(kTailThreads)
    tail_forward(DenseTail tail, const float* x, const float* parameters, int batch) {
    NHC_SHARED(float4, memory);
    float* now = reinterpret_cast<float*>(memory);  // [image][kTailWidth], of this layer and of the next one
    float* next = now + Images * kTailWidth;
    const int warp = threadIdx.x / 32, lane = threadIdx.x % 32;
    const int first = blockIdx.x * Images, images = min(Images, batch - first);
    for (int at = threadIdx.x; at < Images * kTailWidth; at += kTailThreads) {
        const int image = at / kTailWidth, i = at % kTailWidth, in = tail.layers[0].in;
        now[at] = image < images && i < in ? x[static_cast<int64_t>(first + image) * in + i] : 0.0f;
        next[at] = 0.0f;
    }
    __syncthreads();
    for (int l = 0; l < tail.count; l++) {
        const DenseLayer& layer = tail.layers[l];
        const float* weights = parameters + layer.weights;
        for (int o0 = kTailOutputs * warp; o0 < layer.out; o0 += kTailOutputs * (kTailThreads / 32)) {
            float sum[kTailOutputs][Images] = {};
#pragma unroll 4
            for (int i = 4 * lane; i < layer.in; i += 4 * 32) {
                float4 w[kTailOutputs];
#pragma unroll
                for (int k = 0; k < kTailOutputs; k++) {
                    const int o = min(o0 + k, layer.out - 1);
                    w[k] = quad_of(weights + static_cast<int64_t>(o) * layer.in, i, layer.in, tail.aligned[l]);
                }
#pragma unroll
                for (int image = 0; image < Images; image++) {
                    const float4 v = *reinterpret_cast<const float4*>(now + image * kTailWidth + i);
#pragma unroll
                    for (int k = 0; k < kTailOutputs; k++) {
                        sum[k][image] += (w[k].x * v.x + w[k].y * v.y) + (w[k].z * v.z + w[k].w * v.w);
                    }
                }
            }
            float mine = 0.0f;  // of output lane / Images and image lane % Images
#pragma unroll
            for (int k = 0; k < kTailOutputs; k++) {
#pragma unroll
                for (int image = 0; image < Images; image++) {
#pragma unroll
                    for (int distance = 16; distance > 0; distance /= 2) {
                        sum[k][image] += __shfl_xor_sync(~0u, sum[k][image], distance);
                    }
                    if (lane == k * Images + image) mine = sum[k][image];
                }
            }
            const int o = o0 + lane / Images, image = lane % Images;
            if (lane >= kTailOutputs * Images || o >= layer.out) continue;
            mine += parameters[layer.biases + o];
            if (layer.relu && mine <= 0.0f) mine = 0.0f;
            next[image * kTailWidth + o] = mine;
            if (image < images) layer.results[static_cast<int64_t>(first + image) * layer.out + o] = mine;
        }
        __syncthreads();
        float* old = now;
        now = next;
        next = old;
    }
}

// From d, [image][out of the last layer], the derivatives by the inputs of all layers, into tail.d.
template <int Images>
static __global__ void __launch_bounds__(kTailThreads)
    tail_backward(DenseTail tail, const float* d, const float* parameters, int batch) {
    NHC_SHARED(float4, memory);
    float* now = reinterpret_cast<float*>(memory);  // [image][kTailWidth]
    float* sums = now + Images * kTailWidth;        // [group][image][in], in padded to a quad
    const int first = blockIdx.x * Images, images = min(Images, batch - first);
    for (int at = threadIdx.x; at < Images * kTailWidth; at += kTailThreads) {
        const int image = at / kTailWidth, o = at % kTailWidth, out = tail.layers[tail.count - 1].out;
        now[at] = image < images && o < out ? d[static_cast<int64_t>(first + image) * out + o] : 0.0f;
    }
    __syncthreads();
    for (int l = tail.count - 1; l >= 0; l--) {
        const DenseLayer& layer = tail.layers[l];
        const float* weights = parameters + layer.weights;
        // A thread owns four inputs and every groups-th output.
        const int quads = (layer.in + 3) / 4, groups = min(kTailThreads / quads, layer.out);
        const int quad = threadIdx.x % quads, group = threadIdx.x / quads;
        if (group < groups) {
            float4 sum[Images] = {};
#pragma unroll 8
            for (int o = group; o < layer.out; o += groups) {
                const float4 w =
                    quad_of(weights + static_cast<int64_t>(o) * layer.in, 4 * quad, layer.in, tail.aligned[l]);
#pragma unroll
                for (int image = 0; image < Images; image++) {
                    const float v = now[image * kTailWidth + o];
                    sum[image].x += w.x * v, sum[image].y += w.y * v, sum[image].z += w.z * v, sum[image].w += w.w * v;
                }
            }
#pragma unroll
            for (int image = 0; image < Images; image++) {
                *reinterpret_cast<float4*>(sums + ((group * Images + image) * quads + quad) * 4) = sum[image];
            }
        }
        __syncthreads();
        for (int at = threadIdx.x; at < Images * layer.in; at += kTailThreads) {
            const int image = at / layer.in, i = at % layer.in;
            float sum = 0.0f;
            for (int g = 0; g < groups; g++) sum += sums[(g * Images + image) * quads * 4 + i];
            const int64_t to = static_cast<int64_t>(first + image) * layer.in + i;
            if (image < images) {
                if (tail.gate[l] != nullptr && tail.gate[l][to] <= 0.0f) sum = 0.0f;
                tail.d[l][to] = sum;
            }
            now[image * kTailWidth + i] = sum;
        }
        __syncthreads();
    }
}

// The gradients of several small layers in one launch. Grid: tiles of the largest along n and m, layers.
struct DenseProducts {
    DenseProduct of[kTailLayers];
};

static __global__ void __launch_bounds__(kDenseThreads, 3) dense_gradients(DenseProducts products) {
    NHC_SHARED(float4, memory);
    const DenseProduct& p = products.of[blockIdx.z];
    if (static_cast<int>(blockIdx.x) * kDenseColumns >= p.n || static_cast<int>(blockIdx.y) * 64 >= p.m) return;
    dense_tile<false, false, 8>(p, {nullptr, false, nullptr}, 0, true, reinterpret_cast<float*>(memory));
}

template <int Images>
constexpr size_t tail_forward_bytes() {
    return 2 * Images * kTailWidth * sizeof(float);
}
template <int Images>
constexpr size_t tail_backward_bytes() {
    return Images * (kTailWidth + 4 * kTailThreads) * sizeof(float);
}

}  // namespace nanohooke
