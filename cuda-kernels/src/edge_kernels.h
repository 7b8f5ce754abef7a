// SPDX-License-Identifier: Apache-2.0
//
// The kernels of edge_shape.h. A block of kEdgeWarps warps has the grid's place (pairs of rows, outputs, image).
#pragma once

#include "edge_shape.h"

namespace nanohooke {

// Where a block's shared memory has what: slots of every warp, the warps' sums of biases' gradients, words of edges, of
// every row which words are not zero.
struct EdgeShared {
    float2* slots;
    float* biases;
    uint32_t *words, *rows;

    __host__ __device__ static size_t slot_bytes(const EdgeShape& s) {
        // The gradient's sums of all warps take the slots' place at last.
        const size_t slots = size_t(s.group) * s.stride * sizeof(float2), sums = kEdgeRows * kEdgeTaps * sizeof(float);
        return kEdgeWarps * (slots > sums ? slots : sums);
    }
    __host__ __device__ static size_t bytes(const EdgeShape& s) {
        return slot_bytes(s) + kEdgeWarps * kEdgeGroup * sizeof(float) +
               size_t(s.image_rows()) * (s.words + 1) * sizeof(uint32_t);
    }
    __device__ EdgeShared(void* memory, const EdgeShape& s)
        : slots(static_cast<float2*>(memory)),
          biases(reinterpret_cast<float*>(static_cast<char*>(memory) + slot_bytes(s))),
          words(reinterpret_cast<uint32_t*>(biases + kEdgeWarps * kEdgeGroup)),
          rows(words + s.image_rows() * s.words) {}
};

// The edges of all image rows that a block's rows of results see, from row 2 `pair` - before on.
__device__ inline void find_edges(const EdgeShape& s, const uint32_t* image, int pair, const EdgeShared& shared) {
    const int row_count = s.image_rows(), columns = s.width / 32, threads = 32 * kEdgeWarps;
    for (int index = threadIdx.x; index < row_count * s.words; index += threads) {
        const int word = index % s.words;
        int row = 2 * pair - s.before + index / s.words;
        const bool inside = row >= 0 && row < s.height;
        row = ((row % s.height) + s.height) % s.height;
        const auto bits = [&](int w) {
            if (s.periodic) return image[row * columns + (w + columns) % columns];
            return inside && w >= 0 && w < columns ? image[row * columns + w] : 0u;
        };
        // The row from column 32 word - before on, and the pixel to its left.
        const uint32_t low = bits(word - 1), high = bits(word);
        const uint32_t pixels = s.before > 0 ? high << s.before | low >> (32 - s.before) : high;
        const uint32_t left = word > 0 ? low >> (31 - s.before) & 1 : 0u;
        const int valid = s.width + s.kernel - 1 - 32 * word;
        shared.words[index] = (pixels ^ (pixels << 1 | left)) & (valid >= 32 ? ~0u : (1u << valid) - 1);
    }
    __syncthreads();
    for (int row = threadIdx.x; row < row_count; row += threads) {
        uint32_t some = 0;
        for (int w = 0; w < s.words; w++) some |= shared.words[row * s.words + w] != 0 ? 1u << w : 0u;
        shared.rows[row] = some;
    }
    __syncthreads();
}

// body(place, sign) of every edge of one of the block's image rows, from the left.
template <class Body>
__device__ inline void each_edge(const EdgeShape& s, const EdgeShared& shared, int row, const Body& body) {
    float sign = 1.0f;
    for (uint32_t some = shared.rows[row]; some != 0; some &= some - 1) {
        const int word = __ffs(static_cast<int>(some)) - 1;
        for (uint32_t edges = shared.words[row * s.words + word]; edges != 0; edges &= edges - 1) {
            body(32 * word + __ffs(static_cast<int>(edges)) - 1, sign);
            sign = -sign;
        }
    }
}

// A thread's taps: tap lane + 32 m of output `output`, with its place from that of an edge; those beyond are off.
struct EdgeTaps {
    int place[kEdgeChunks];
    bool on[kEdgeChunks];

    __device__ EdgeTaps(const EdgeShape& s, int group, int lane) {
#pragma unroll
        for (int m = 0; m < kEdgeChunks; m++) {
            const int tap = lane + 32 * m, o = tap / s.kernel;
            on[m] = o < s.group && group * s.group + o < s.out;
            place[m] = s.first + (on[m] ? o * s.stride + tap % s.kernel : 0);
        }
    }
};

// Place of the weight of a tap in kernel row i.
__device__ inline int edge_weight(const EdgeShape& s, int group, int tap, int i) {
    return ((group * s.group + tap / s.kernel) * s.kernel + i) * s.kernel + s.kernel - 1 - tap % s.kernel;
}

// The slots of eight columns of two rows: four quads of 16 bytes. Lanes begin at another quad each, so that eight
// lanes side by side meet different banks.
struct EdgeColumns {
    float4 quad[4];

    __device__ void load(const float4* from, int lane) {
        float4 turned[4];
#pragma unroll
        for (int q = 0; q < 4; q++) turned[q] = from[(q + lane / 2) % 4];
#pragma unroll
        for (int q = 0; q < 4; q++) quad[q] = lane & 2 ? turned[(q + 3) % 4] : turned[q];
        if (lane & 4) {
            const float4 q0 = quad[0], q1 = quad[1];
            quad[0] = quad[2], quad[1] = quad[3], quad[2] = q0, quad[3] = q1;
        }
    }
    __device__ void store(float4* to, int lane) const {
        float4 turned[4];
#pragma unroll
        for (int q = 0; q < 4; q++) turned[q] = lane & 2 ? quad[(q + 1) % 4] : quad[q];
        if (lane & 4) {
            const float4 q0 = turned[0], q1 = turned[1];
            turned[0] = turned[2], turned[1] = turned[3], turned[2] = q0, turned[3] = q1;
        }
#pragma unroll
        for (int q = 0; q < 4; q++) to[(q + lane / 2) % 4] = turned[q];
    }
};

// The largest of two by two results with their bias; a NaN is the largest. chosen: its bit, row by row; none where a
// ReLU was off.
__device__ inline float edge_largest(const float4& quad, float bias, bool relu, unsigned* chosen) {
    const float values[4] = {quad.x, quad.z, quad.y, quad.w};  // a quad has two rows side by side
    float most = values[0];
    unsigned bit = 1;
#pragma unroll
    for (int k = 1; k < 4; k++) {
        if (values[k] > most || values[k] != values[k]) {
            most = values[k];
            bit = 1u << k;
        }
    }
    most += bias;
    const bool off = relu && most <= 0.0f;
    *chosen = off ? 0u : bit;
    return off ? 0.0f : most;
}

// mask: [image][output][pair][width / 8], four bits for each of four results; may be null.
static __global__ void __launch_bounds__(32 * kEdgeWarps, 3)
    edge_forward(EdgeShape s, const uint32_t* bits, const float* weights, const float* biases, float* y,
                 uint16_t* mask) {
    NHC_SHARED(float4, memory);
    const EdgeShared shared(memory, s);
    const int warp = threadIdx.x / 32, lane = threadIdx.x % 32, group = blockIdx.y;
    const int first_pair = blockIdx.x * s.pairs, lanes = s.width / 8;
    const int64_t image = blockIdx.z;
    find_edges(s, bits + image * s.height * (s.width / 32), first_pair, shared);
    const EdgeTaps taps(s, group, lane);
    float weight[kEdgeRows][kEdgeChunks];
#pragma unroll
    for (int i = 0; i < kEdgeRows; i++) {
#pragma unroll
        for (int m = 0; m < kEdgeChunks; m++) {
            weight[i][m] = taps.on[m] && i < s.kernel ? __ldg(weights + edge_weight(s, group, lane + 32 * m, i)) : 0.0f;
        }
    }
    float2* slots = shared.slots + warp * s.group * s.stride;
    const int pair_end = min(first_pair + s.pairs, s.all_pairs());
#pragma unroll 1
    for (int pair = first_pair + warp; pair < pair_end; pair += kEdgeWarps) {
        float4* quads = reinterpret_cast<float4*>(slots);
        for (int q = lane; q < s.group * s.stride / 2; q += 32) quads[q] = make_float4(0.0f, 0.0f, 0.0f, 0.0f);
        __syncwarp();
#pragma unroll
        for (int i = 0; i <= kEdgeRows; i++) {
            if (i > s.kernel) continue;
            each_edge(s, shared, 2 * (pair - first_pair) + i, [&](int place, float sign) {
                float2* at = slots + place;
                float2 old[kEdgeChunks];
#pragma unroll
                for (int m = 0; m < kEdgeChunks; m++) {
                    if (taps.on[m]) old[m] = at[taps.place[m]];
                }
#pragma unroll
                for (int m = 0; m < kEdgeChunks; m++) {
                    if (!taps.on[m]) continue;
                    if (i < kEdgeRows) old[m].x += sign * weight[i < kEdgeRows ? i : 0][m];
                    if (i > 0) old[m].y += sign * weight[i > 0 ? i - 1 : 0][m];
                    at[taps.place[m]] = old[m];
                }
                __syncwarp();
            });
        }
#pragma unroll 1
        for (int o = 0; o < s.group; o++) {
            const int channel = group * s.group + o;
            if (channel >= s.out) break;
            const float2* line = slots + o * s.stride + s.first;
            EdgeColumns columns = {};
            if (lane < lanes) columns.load(reinterpret_cast<const float4*>(line + s.kernel - 1 + 8 * lane), lane);
            float4* quad = columns.quad;
#pragma unroll
            for (int q = 0; q < 4; q++) {
                if (q > 0) quad[q].x += quad[q - 1].z, quad[q].y += quad[q - 1].w;
                quad[q].z += quad[q].x, quad[q].w += quad[q].y;
            }
            // Slots left of column 0 count for all; then the sums of lanes to the left.
            float2 left = lane < s.kernel - 1 ? line[lane] : make_float2(0.0f, 0.0f);
            float2 sum = make_float2(quad[3].z, quad[3].w);
#pragma unroll
            for (int distance = 16; distance > 0; distance /= 2) {
                left.x += __shfl_xor_sync(~0u, left.x, distance);
                left.y += __shfl_xor_sync(~0u, left.y, distance);
            }
#pragma unroll
            for (int distance = 1; distance < 32; distance *= 2) {
                const float x = __shfl_up_sync(~0u, sum.x, distance), y2 = __shfl_up_sync(~0u, sum.y, distance);
                if (lane >= distance) sum.x += x, sum.y += y2;
            }
            const float x = __shfl_up_sync(~0u, sum.x, 1), y2 = __shfl_up_sync(~0u, sum.y, 1);
            if (lane > 0) left.x += x, left.y += y2;
            const float bias = __ldg(biases + channel);
            float results[4];
            unsigned chosen = 0;
#pragma unroll
            for (int q = 0; q < 4; q++) {
                quad[q].x += left.x, quad[q].y += left.y, quad[q].z += left.x, quad[q].w += left.y;
                unsigned bit = 0;
                results[q] = edge_largest(quad[q], bias, s.relu, &bit);
                chosen |= bit << 4 * q;
            }
            if (lane >= lanes) continue;
            const int64_t to = ((image * s.out + channel) * s.all_pairs() + pair) * lanes + lane;
            reinterpret_cast<float4*>(y)[to] = make_float4(results[0], results[1], results[2], results[3]);
            if (mask != nullptr) mask[to] = static_cast<uint16_t>(chosen);
        }
        __syncwarp();
    }
}

// partial: [image][block of pairs][results()], this block's sums.
static __global__ void __launch_bounds__(32 * kEdgeWarps, 3)
    edge_gradient(EdgeShape s, const uint32_t* bits, const float* dy, const uint16_t* mask, float* partial) {
    NHC_SHARED(float4, memory);
    const EdgeShared shared(memory, s);
    const int warp = threadIdx.x / 32, lane = threadIdx.x % 32, group = blockIdx.y;
    const int first_pair = blockIdx.x * s.pairs, lanes = s.width / 8;
    const int64_t image = blockIdx.z;
    find_edges(s, bits + image * s.height * (s.width / 32), first_pair, shared);
    const EdgeTaps taps(s, group, lane);
    float sum[kEdgeRows][kEdgeChunks] = {};
    float bias = 0.0f;  // of output `lane`
    float2* slots = shared.slots + warp * s.group * s.stride;
    // Nothing is right of the image; what is there stays zero.
    for (int slot = lane; slot < s.group * s.stride; slot += 32) slots[slot] = make_float2(0.0f, 0.0f);
    __syncwarp();
    const int pair_end = min(first_pair + s.pairs, s.all_pairs());
#pragma unroll 1
    for (int pair = first_pair + warp; pair < pair_end; pair += kEdgeWarps) {
#pragma unroll 1
        for (int o = 0; o < s.group; o++) {
            const int channel = group * s.group + o;
            if (channel >= s.out) break;
            const int64_t from = ((image * s.out + channel) * s.all_pairs() + pair) * lanes + lane;
            float d[4] = {};
            unsigned chosen = 0;
            if (lane < lanes) {
                const float4 four = __ldg(reinterpret_cast<const float4*>(dy) + from);
                d[0] = four.x, d[1] = four.y, d[2] = four.z, d[3] = four.w;
                chosen = __ldg(mask + from);
            }
            EdgeColumns columns;
            float4* quad = columns.quad;
#pragma unroll
            for (int q = 3; q >= 0; q--) {
                const unsigned bit = chosen >> 4 * q;
                const float right_top = bit & 2 ? d[q] : 0.0f, right_bottom = bit & 8 ? d[q] : 0.0f;
                quad[q].z = q < 3 ? right_top + quad[q < 3 ? q + 1 : 3].x : right_top;
                quad[q].w = q < 3 ? right_bottom + quad[q < 3 ? q + 1 : 3].y : right_bottom;
                quad[q].x = (bit & 1 ? d[q] : 0.0f) + quad[q].z;
                quad[q].y = (bit & 4 ? d[q] : 0.0f) + quad[q].w;
            }
            float2 all = make_float2(quad[0].x, quad[0].y);
#pragma unroll
            for (int distance = 1; distance < 32; distance *= 2) {
                const float x = __shfl_down_sync(~0u, all.x, distance), y = __shfl_down_sync(~0u, all.y, distance);
                if (lane + distance < 32) all.x += x, all.y += y;
            }
            const float x = __shfl_down_sync(~0u, all.x, 1), y = __shfl_down_sync(~0u, all.y, 1);
            const float2 right = lane < 31 ? make_float2(x, y) : make_float2(0.0f, 0.0f);
#pragma unroll
            for (int q = 0; q < 4; q++) {
                quad[q].x += right.x, quad[q].y += right.y, quad[q].z += right.x, quad[q].w += right.y;
            }
            const float2 whole = make_float2(__shfl_sync(~0u, all.x, 0), __shfl_sync(~0u, all.y, 0));
            float2* line = slots + o * s.stride + s.first;
            if (lane < lanes) columns.store(reinterpret_cast<float4*>(line + s.kernel - 1 + 8 * lane), lane);
            if (lane < s.kernel - 1) line[lane] = whole;
            if (lane == o) bias += whole.x + whole.y;
        }
        __syncwarp();
#pragma unroll
        for (int i = 0; i <= kEdgeRows; i++) {
            if (i > s.kernel) continue;
            each_edge(s, shared, 2 * (pair - first_pair) + i, [&](int place, float sign) {
#pragma unroll
                for (int m = 0; m < kEdgeChunks; m++) {
                    const float2 value = slots[place + taps.place[m]];
                    if (i < kEdgeRows) sum[i < kEdgeRows ? i : 0][m] += sign * value.x;
                    if (i > 0) sum[i > 0 ? i - 1 : 0][m] += sign * value.y;
                }
            });
        }
        __syncwarp();
    }
    // The warps' sums: [warp][kernel row][tap].
    __syncthreads();
    float* sums = reinterpret_cast<float*>(memory);
#pragma unroll
    for (int i = 0; i < kEdgeRows; i++) {
#pragma unroll
        for (int m = 0; m < kEdgeChunks; m++) sums[(warp * kEdgeRows + i) * kEdgeTaps + 32 * m + lane] = sum[i][m];
    }
    if (lane < s.group) shared.biases[warp * kEdgeGroup + lane] = bias;
    __syncthreads();
    partial += (image * gridDim.x + blockIdx.x) * s.results();
    const int outputs = min(s.group, s.out - group * s.group);
    for (int index = threadIdx.x; index < s.kernel * kEdgeTaps; index += 32 * kEdgeWarps) {
        const int i = index / kEdgeTaps, tap = index % kEdgeTaps;
        if (tap >= outputs * s.kernel) continue;
        float total = 0.0f;
        for (int w = 0; w < kEdgeWarps; w++) total += sums[(w * kEdgeRows + i) * kEdgeTaps + tap];
        partial[edge_weight(s, group, tap, i)] = total;
    }
    if (static_cast<int>(threadIdx.x) < outputs) {
        float total = 0.0f;
        for (int w = 0; w < kEdgeWarps; w++) total += shared.biases[w * kEdgeGroup + threadIdx.x];
        partial[s.weight_count() + group * s.group + threadIdx.x] = total;
    }
}

// Sums of all blocks: a block for 32 results, its warps take partial sums in turn, then the warps' are added.
constexpr int kEdgeSumThreads = 1024;

static __global__ void __launch_bounds__(kEdgeSumThreads)
    edge_gradient_sum(EdgeShape s, const float* partial, int count, float* d_weights, float* d_biases) {
    NHC_SHARED(float, sums);
    const int warp = threadIdx.x / 32, lane = threadIdx.x % 32, warps = kEdgeSumThreads / 32;
    const int result = blockIdx.x * 32 + lane, results = s.results();
    float sum = 0.0f;
    if (result < results) {
#pragma unroll 8
        for (int block = warp; block < count; block += warps) sum += partial[int64_t(block) * results + result];
    }
    sums[threadIdx.x] = sum;
    __syncthreads();
    if (warp > 0 || result >= results) return;
    for (int w = 1; w < warps; w++) sum += sums[w * 32 + lane];
    if (result < s.weight_count()) {
        d_weights[result] = sum;
    } else {
        d_biases[result - s.weight_count()] = sum;
    }
}

// count = images * height * width: plainly, since the input's derivatives are no part of training.
static __global__ void edge_input_gradient(int64_t count, EdgeShape s, const float* weights, const float* dy,
                                           const uint16_t* mask, float* dx) {
    const int64_t index = NHC_INDEX();
    if (index >= count) return;
    const int column = static_cast<int>(index % s.width), row = static_cast<int>(index / s.width % s.height);
    const int64_t image = index / s.width / s.height;
    float sum = 0.0f;
    for (int o = 0; o < s.out; o++) {
        const int64_t plane = (image * s.out + o) * s.all_pairs();
        for (int i = 0; i < s.kernel; i++) {
            int r = row + s.before - i;
            if (s.periodic) r = (r % s.height + s.height) % s.height;
            if (r < 0 || r >= s.height) continue;
            for (int j = 0; j < s.kernel; j++) {
                int c = column + s.before - j;
                if (s.periodic) c = (c % s.width + s.width) % s.width;
                if (c < 0 || c >= s.width) continue;
                const int64_t pooled = (plane + r / 2) * (s.width / 2) + c / 2;
                const int bit = 4 * static_cast<int>(pooled % 4) + r % 2 * 2 + c % 2;
                if ((mask[pooled / 4] >> bit & 1) != 0) {
                    sum += dy[pooled] * __ldg(weights + (o * s.kernel + i) * s.kernel + j);
                }
            }
        }
    }
    dx[index] = sum;
}

}  // namespace nanohooke
