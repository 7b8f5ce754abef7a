// SPDX-License-Identifier: Apache-2.0
//
// Products of dense layers in FP32: C[m][n] = sum over k of A(m, k) B(n, k). A block of 128 threads owns a tile of
// 8 Rows x 64 results over a part of k; two stages of 32 k each are in shared memory, the next one on its way while one
// is multiplied. What lies outside is read as zero. Sums run along k in every thread; parts are added in their order.
#pragma once

#include "async_copy.h"
#include "dense.h"

namespace nanohooke {

constexpr int kDenseThreads = 128, kDenseColumns = 64, kDenseStep = 32;

// One of the two factors as it lies in memory.
struct DenseFactor {
    const float* at;
    int stride;    // floats from line to line
    bool aligned;  // all quads of a line lie at multiples of 16 bytes
};

struct DenseProduct {
    DenseFactor a, b;
    int m, n, k;
    int part;   // k of one part, a multiple of kDenseStep
    bool ones;  // column n - 1 is the sum over k of A(m, k): B has no such column
    float* c;   // [m][stride]; where there are several parts [part][m][n]
    int stride;
    float* sums;  // [m], of the column of ones
};

// The gradient of a layer's weights and biases.
DenseProduct dense_gradient_product(const DenseLayer& layer, const float* x, const float* d, float* gradient,
                                    int batch);

// What happens to a sum at last; null pointers for what does not.
struct DenseFinish {
    const float* biases;  // [n]
    bool relu;
    const float* gate;  // [m][n]: the result is zero where it is not positive

    __device__ float operator()(float sum, int64_t index, int column) const {
        if (biases != nullptr) sum += biases[column];
        if (relu && sum <= 0.0f) sum = 0.0f;
        if (gate != nullptr && gate[index] <= 0.0f) sum = 0.0f;
        return sum;
    }
};

// The tile of a factor in shared memory. AlongK: memory has k as the faster index: [line][k], padded by a quad, so that
// eight lines side by side meet different banks; otherwise [k][line].
template <bool AlongK, int Lines>
struct DenseTile {
    static constexpr int kStride = AlongK ? kDenseStep + 4 : Lines;
    static constexpr int kFloats = AlongK ? Lines * kStride : kDenseStep * kStride;

    // Lines from `line` on, k from `k` on, of a factor with lines x depth numbers; `ones` is the line of ones or -1.
    __device__ static void load(float* tile, const DenseFactor& factor, int line, int k, int lines, int depth,
                                int ones) {
        constexpr int kQuads = (AlongK ? kDenseStep : Lines) / 4, kUnits = Lines * kDenseStep / 4;
#pragma unroll
        for (int unit = 0; unit < kUnits; unit += kDenseThreads) {
            const int place = unit + threadIdx.x, slow = place / kQuads, fast = place % kQuads * 4;
            float* to = tile + slow * kStride + fast;
            const int row = (AlongK ? line : k) + slow, column = (AlongK ? k : line) + fast;
            const int rows = AlongK ? lines : depth, columns = AlongK ? depth : lines;
            const float* from = factor.at + static_cast<int64_t>(row) * factor.stride + column;
            if (row < rows && column + 3 < columns && factor.aligned) {
                copy_async<16>(to, from);
            } else {
                for (int i = 0; i < 4; i++) {
                    if (row < rows && column + i < columns) {
                        copy_async<4>(to + i, from + i);
                    } else {
                        to[i] = !AlongK && row < rows && column + i == ones ? 1.0f : 0.0f;
                    }
                }
            }
        }
    }

    // Line of a thread's i-th result, of Threads threads side by side.
    template <int Threads>
    __device__ static int line_of(int thread, int i) {
        return AlongK ? thread + Threads * i : 4 * (thread + Threads * (i / 4)) + i % 4;
    }

    // Four k of a thread's lines.
    template <int Threads, int Count>
    __device__ static void read(const float* tile, int thread, int k, float (&values)[4][Count]) {
        if constexpr (AlongK) {
#pragma unroll
            for (int i = 0; i < Count; i++) {
                const float4 quad = *reinterpret_cast<const float4*>(tile + (thread + Threads * i) * kStride + k);
                values[0][i] = quad.x, values[1][i] = quad.y, values[2][i] = quad.z, values[3][i] = quad.w;
            }
        } else {
#pragma unroll
            for (int q = 0; q < 4; q++) {
#pragma unroll
                for (int i = 0; i < Count; i += 4) {
                    const float4 quad =
                        *reinterpret_cast<const float4*>(tile + (k + q) * kStride + 4 * (thread + Threads * (i / 4)));
                    values[q][i] = quad.x, values[q][i + 1] = quad.y, values[q][i + 2] = quad.z;
                    values[q][i + 3] = quad.w;
                }
            }
        }
    }
};

template <bool AAlongK, bool BAlongK, int Rows>
struct DenseShared {
    using A = DenseTile<AAlongK, 8 * Rows>;
    using B = DenseTile<BAlongK, kDenseColumns>;
    static constexpr int kStage = A::kFloats + B::kFloats, kBytes = 2 * kStage * static_cast<int>(sizeof(float));
};

// This block's tile, of all k or of a part.
template <bool AAlongK, bool BAlongK, int Rows>
static __device__ void dense_tile(const DenseProduct& p, const DenseFinish& finish, int part, bool whole,
                                  float* stages) {
    using Shared = DenseShared<AAlongK, BAlongK, Rows>;
    using A = typename Shared::A;
    using B = typename Shared::B;
    const int n0 = blockIdx.x * kDenseColumns, m0 = blockIdx.y * 8 * Rows;
    const int begin = part * p.part, end = min(p.k, begin + p.part);
    const int steps = (end - begin + kDenseStep - 1) / kDenseStep;
    // A warp owns 4 x 8 threads: few different numbers for its shared loads.
    const int warp = threadIdx.x / 32, lane = threadIdx.x % 32;
    const int tm = warp / 2 * 4 + lane / 8, tn = warp % 2 * 8 + lane % 8;
    const int b_lines = p.ones ? p.n - 1 : p.n, ones = p.ones ? p.n - 1 : -1;
    const auto load = [&](int step) {
        float* stage = stages + step % 2 * Shared::kStage;
        A::load(stage, p.a, m0, begin + step * kDenseStep, p.m, end, -1);
        B::load(stage + A::kFloats, p.b, n0, begin + step * kDenseStep, b_lines, end, ones);
    };
    float sum[Rows][4] = {};
    load(0);
    commit_copies();
#pragma unroll 1
    for (int step = 0; step < steps; step++) {
        if (step + 1 < steps) load(step + 1);
        commit_copies();
        wait_for_copies<1>();
        __syncthreads();
        const float* stage = stages + step % 2 * Shared::kStage;
#pragma unroll 2
        for (int k = 0; k < kDenseStep; k += 4) {
            float a[4][Rows], b[4][4];
            A::template read<8>(stage, tm, k, a);
            B::template read<16>(stage + A::kFloats, tn, k, b);
#pragma unroll
            for (int q = 0; q < 4; q++) {
#pragma unroll
                for (int i = 0; i < Rows; i++) {
#pragma unroll
                    for (int j = 0; j < 4; j++) sum[i][j] += a[q][i] * b[q][j];
                }
            }
        }
        __syncthreads();
    }
    float* sums = p.c + static_cast<int64_t>(part) * p.m * p.n;
#pragma unroll
    for (int i = 0; i < Rows; i++) {
        const int m = m0 + A::template line_of<8>(tm, i);
#pragma unroll
        for (int j = 0; j < 4; j++) {
            const int n = n0 + B::template line_of<16>(tn, j);
            if (m >= p.m || n >= p.n) continue;
            if (!whole) {
                sums[static_cast<int64_t>(m) * p.n + n] = sum[i][j];
            } else if (p.ones && n == p.n - 1) {
                p.sums[m] = sum[i][j];
            } else {
                const int64_t index = static_cast<int64_t>(m) * p.stride + n;
                p.c[index] = finish(sum[i][j], index, n);
            }
        }
    }
}

// Grid: tiles along n, tiles along m, parts of k.
template <bool AAlongK, bool BAlongK, int Rows>
static __global__ void __launch_bounds__(kDenseThreads, 4) dense_product(DenseProduct p, DenseFinish finish) {
    NHC_SHARED(float4, memory);
    dense_tile<AAlongK, BAlongK, Rows>(p, finish, blockIdx.z, gridDim.z == 1, reinterpret_cast<float*>(memory));
}

}  // namespace nanohooke
