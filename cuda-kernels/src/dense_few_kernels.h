// SPDX-License-Identifier: Apache-2.0
//
// What goes with the products of dense_kernels.h: sums of parts, few images, the ReLU's way back.
#pragma once

#include "dense_kernels.h"

namespace nanohooke {

// count = m * n: the parts in their order.
static __global__ void dense_sum(int64_t count, const float* parts, int part_count, int n, float* c,
                                 DenseFinish finish) {
    const int64_t index = NHC_INDEX();
    if (index >= count) return;
    float sum = 0.0f;
#pragma unroll 8
    for (int part = 0; part < part_count; part++) sum += parts[part * count + index];
    c[index] = finish(sum, index, static_cast<int>(index % n));
}

// y[image][o] of a few images: a block owns one output, so that a line of weights is read once, by a whole block.
constexpr int kFewImages = 4, kFewThreads = 256;

template <int Images>
static __global__ void __launch_bounds__(kFewThreads)
    dense_few(const float* x, DenseFactor weights, float* y, int in, int out, DenseFinish finish) {
    NHC_SHARED(float, of_warps);  // [warp][image]
    const int o = blockIdx.x, warp = threadIdx.x / 32, lane = threadIdx.x % 32;
    const float* line = weights.at + static_cast<int64_t>(o) * weights.stride;
    float sum[Images] = {};
    if (weights.aligned) {
#pragma unroll 4
        for (int i = 4 * threadIdx.x; i < in; i += 4 * kFewThreads) {
            const float4 w = *reinterpret_cast<const float4*>(line + i);
#pragma unroll
            for (int image = 0; image < Images; image++) {
                const float4 v = *reinterpret_cast<const float4*>(x + static_cast<int64_t>(image) * in + i);
                sum[image] += (w.x * v.x + w.y * v.y) + (w.z * v.z + w.w * v.w);
            }
        }
    } else {
#pragma unroll 4
        for (int i = threadIdx.x; i < in; i += kFewThreads) {
            const float w = line[i];
#pragma unroll
            for (int image = 0; image < Images; image++) sum[image] += w * x[static_cast<int64_t>(image) * in + i];
        }
    }
#pragma unroll
    for (int image = 0; image < Images; image++) {
#pragma unroll
        for (int distance = 16; distance > 0; distance /= 2) {
            sum[image] += __shfl_xor_sync(0xffffffffu, sum[image], distance);
        }
        if (lane == 0) of_warps[warp * Images + image] = sum[image];
    }
    __syncthreads();
    if (threadIdx.x >= Images) return;
    float total = 0.0f;
    for (int w = 0; w < kFewThreads / 32; w++) total += of_warps[w * Images + threadIdx.x];
    const int64_t index = static_cast<int64_t>(threadIdx.x) * out + o;
    y[index] = finish(total, index, o);
}

// count = images * out: derivatives where the ReLU was on.
static __global__ void relu_back(int64_t count, const float* y, float* d) {
    const int64_t index = NHC_INDEX();
    if (index >= count) return;
    if (y[index] <= 0.0f) d[index] = 0.0f;
}

}  // namespace nanohooke
