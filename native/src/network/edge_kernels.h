// SPDX-License-Identifier: Apache-2.0
//
// Convolution of a binary image by its edges. A row of ones and zeros is the running sum of its differences, which are
// +1 and -1 at the ends of runs and 0 elsewhere, and a running sum commutes with the convolution:
//   y[r][s] = sum over t <= s of d_r[t],   d_r = sum over kernel rows i, edges e of row r + i - before:
//             +- the kernel's row i, its columns in reverse order, from the edge's place on.
// An edge costs k additions per row that sees it, for eight channels at once; everything else is one addition per
// pixel. Going back, the running sum becomes one from the right: with S_r[s] = sum over t >= s of dy_r[t],
//   dw[i][j] = sum over rows r, edges e of row r + i - before of  +- S_r[place of e + (k - 1 - j)].
// Lanes are channels. Places and slots: column s of the image is slot s + k - 1, edges count from column -before.
#pragma once

#include "network/kernels.h"
#include "network/plane_io.h"
#include "simd/vec8.h"

namespace nanohooke::NH_ISA {

// The image row under kernel row i at output row r, or -1.
NH_INLINE int row_under(const EdgeLayer& layer, int r, int i) {
    const int row = r + i - (layer.kernel - 1) / 2;
    if (layer.periodic) return (row % layer.height + layer.height) % layer.height;
    return row >= 0 && row < layer.height ? row : -1;
}

// Bits of eight bytes, transposed as an 8 x 8 matrix (Knuth, TAOCP 7.1.3: swap 1 x 1, 2 x 2, 4 x 4 blocks).
NH_INLINE uint64_t transposed_bits(uint64_t x) {
    uint64_t t = (x ^ (x >> 7)) & 0x00AA00AA00AA00AAull;
    x ^= t ^ (t << 7);
    t = (x ^ (x >> 14)) & 0x0000CCCC0000CCCCull;
    x ^= t ^ (t << 14);
    t = (x ^ (x >> 28)) & 0x00000000F0F0F0F0ull;
    return x ^ t ^ (t << 28);
}

// The differences d_r of one group of channels.
NH_INLINE void edge_differences(const EdgeLayer& layer, const EdgeList& edges, const float* weight, int r,
                                float* slots) {
    const int k = layer.kernel;
    for (int s = 0; s < layer.slots(); s++) store(slots + s * kLanes, zero());
    for (int i = 0; i < k; i++) {
        const int row = row_under(layer, r, i);
        if (row < 0) continue;
        const float* kernel_row = weight + i * k * kLanes;
        float sign = 1.0f;
        for (int e = edges.row_begin[row]; e < edges.row_begin[row + 1]; e++, sign = -sign) {
            float* at = slots + edges.at[e] * kLanes;
            const Vec8 step = splat(sign);
            for (int q = 0; q < k; q++) {
                store(at + q * kLanes, fma(step, load(kernel_row + q * kLanes), load(at + q * kLanes)));
            }
        }
    }
}

// Output rows r and r + 1 of one group of channels: slot s + k - 1, s = 0 .. width - 1, without the bias. Their running
// sums go side by side, because each is one chain of additions that wait for one another.
NH_INLINE void edge_rows(const EdgeLayer& layer, const EdgeList& edges, const float* weight, int r, float* top,
                         float* bottom) {
    edge_differences(layer, edges, weight, r, top);
    edge_differences(layer, edges, weight, r + 1, bottom);
    Vec8 sum_top = zero(), sum_bottom = zero();
    for (int s = 0; s < layer.width + layer.kernel - 1; s++) {
        sum_top = sum_top + load(top + s * kLanes);
        sum_bottom = sum_bottom + load(bottom + s * kLanes);
        store(top + s * kLanes, sum_top);
        store(bottom + s * kLanes, sum_bottom);
    }
}

// Eight pooled pixels of one group of channels, in lanes of channels; passes[q] gathers the masks of pixel s in byte s.
NH_INLINE void pool_slots(const float* top, const float* bottom, int count, Vec8 bias, Vec8 floor, Vec8 pooled[kLanes],
                          uint64_t passes[4]) {
    for (int s = 0; s < count; s++) {
        const Vec8 q0 = load(top + 2 * s * kLanes), q1 = load(top + (2 * s + 1) * kLanes);
        const Vec8 q2 = load(bottom + 2 * s * kLanes), q3 = load(bottom + (2 * s + 1) * kLanes);
        const Vec8 largest = max(max(q0, q1), max(q2, q3)), value = largest + bias;
        pooled[s] = max(value, floor);
        if (passes == nullptr) continue;
        const unsigned active = greater(value, floor);
        const unsigned m0 = equal(q0, largest) & active, m1 = equal(q1, largest) & active & ~m0;
        const unsigned m2 = equal(q2, largest) & active & ~(m0 | m1), m3 = active & ~(m0 | m1 | m2);
        passes[0] |= static_cast<uint64_t>(m0) << 8 * s;
        passes[1] |= static_cast<uint64_t>(m1) << 8 * s;
        passes[2] |= static_cast<uint64_t>(m2) << 8 * s;
        passes[3] |= static_cast<uint64_t>(m3) << 8 * s;
    }
    for (int s = count; s < kLanes; s++) pooled[s] = zero();
}

inline void edge_forward(const EdgeForward& work) {
    const EdgeLayer& layer = work.layer;
    const int k = layer.kernel, rows = layer.height / 2, columns = layer.width / 2;
    const int blocks = (layer.width + kColumnsPerBlock - 1) / kColumnsPerBlock;
    const Vec8 floor = splat(layer.floor);
    float *top = work.scratch, *bottom = work.scratch + layer.slots() * kLanes;
    for (int group = 0; group < layer.groups(); group++) {
        const float* weight = layer.weight + static_cast<ptrdiff_t>(group) * k * k * kLanes;
        const Vec8 bias = load(layer.bias + group * kLanes);
        const int first = group * kLanes, channels = layer.out - first < kLanes ? layer.out - first : kLanes;
        for (int r = 0; r < rows; r++) {
            edge_rows(layer, work.edges, weight, 2 * r, top, bottom);
            for (int block = 0; block < blocks; block++) {
                const int begin = block * kLanes, count = columns - begin < kLanes ? columns - begin : kLanes;
                const ptrdiff_t slot = static_cast<ptrdiff_t>(2 * begin + k - 1) * kLanes;
                Vec8 pooled[kLanes];
                uint64_t passes[4] = {};
                pool_slots(top + slot, bottom + slot, count, bias, floor, pooled, work.mask ? passes : nullptr);
                transpose(pooled);
                for (int c = 0; c < channels; c++) {
                    const ptrdiff_t row = static_cast<ptrdiff_t>(first + c) * rows + r;
                    store_first(work.out + row * columns + begin, pooled[c], count);
                }
                if (work.mask == nullptr) continue;
                for (uint64_t& bits : passes) bits = transposed_bits(bits);
                for (int c = 0; c < channels; c++) {
                    const ptrdiff_t row = static_cast<ptrdiff_t>(first + c) * rows + r;
                    uint32_t mask = 0;
                    for (int q = 0; q < 4; q++) mask |= static_cast<uint32_t>(passes[q] >> 8 * c & 255) << 8 * q;
                    work.mask[row * blocks + block] = mask;
                }
            }
        }
    }
}

// The gradients of rows 2 r and 2 r + 1 of a group of channels into their slots, in lanes of channels.
inline void unpool_slots(const EdgeBackward& work, int first, int channels, int r, float* top, float* bottom) {
    const EdgeLayer& layer = work.layer;
    const int rows = layer.height / 2, columns = layer.width / 2;
    const int blocks = (layer.width + kColumnsPerBlock - 1) / kColumnsPerBlock;
    for (int block = 0; block < blocks; block++) {
        const int begin = block * kLanes, count = columns - begin < kLanes ? columns - begin : kLanes;
        Vec8 gradient[kLanes];
        uint64_t passes[4] = {};
        for (int c = 0; c < kLanes; c++) {
            gradient[c] = zero();
            if (c >= channels) continue;
            const ptrdiff_t row = static_cast<ptrdiff_t>(first + c) * rows + r;
            const float* from = work.gradient + row * columns + begin;
            if (count == kLanes) {
                gradient[c] = load(from);
            } else {
                float lane[kLanes] = {};
                for (int s = 0; s < count; s++) lane[s] = from[s];
                gradient[c] = load(lane);
            }
            const uint64_t mask = work.mask[row * blocks + block];
            for (int q = 0; q < 4; q++) passes[q] |= (mask >> 8 * q & 255) << 8 * c;
        }
        transpose(gradient);
        for (uint64_t& bits : passes) bits = transposed_bits(bits);
        const ptrdiff_t slot = static_cast<ptrdiff_t>(2 * begin + layer.kernel - 1) * kLanes;
        for (int s = 0; s < count; s++) {
            const auto part = [&](int q) NH_INLINE_LAMBDA {
                return keep(static_cast<unsigned>(passes[q] >> 8 * s & 255), gradient[s]);
            };
            store(top + slot + 2 * s * kLanes, part(0));
            store(top + slot + (2 * s + 1) * kLanes, part(1));
            store(bottom + slot + 2 * s * kLanes, part(2));
            store(bottom + slot + (2 * s + 1) * kLanes, part(3));
        }
    }
}

// S[s] = sum over t >= s, for all slots: zero right of the image, the whole sum left of it. Answers with the whole sum.
NH_INLINE Vec8 sum_from_right(const EdgeLayer& layer, float* slots) {
    const int first = layer.kernel - 1, end = first + layer.width;
    for (int s = end; s < layer.slots(); s++) store(slots + s * kLanes, zero());
    Vec8 sum = zero();
    for (int s = end - 1; s >= first; s--) {
        sum = sum + load(slots + s * kLanes);
        store(slots + s * kLanes, sum);
    }
    for (int s = 0; s < first; s++) store(slots + s * kLanes, sum);
    return sum;
}

// Columns [0, Count) of one kernel row: Count accumulators stay in registers over the row's edges.
template <int Count>
NH_INLINE void gather_edges(const EdgeList& edges, int row, const float* slots, float* gradient) {
    Vec8 sum[Count];
#pragma GCC unroll 16
    for (int q = 0; q < Count; q++) sum[q] = load(gradient + q * kLanes);
    // Runs have two ends: edges come in pairs.
    for (int e = edges.row_begin[row]; e < edges.row_begin[row + 1]; e += 2) {
        const float *begin = slots + edges.at[e] * kLanes, *end = slots + edges.at[e + 1] * kLanes;
#pragma GCC unroll 16
        for (int q = 0; q < Count; q++) sum[q] = sum[q] + (load(begin + q * kLanes) - load(end + q * kLanes));
    }
#pragma GCC unroll 16
    for (int q = 0; q < Count; q++) store(gradient + q * kLanes, sum[q]);
}

inline void gather_row(const EdgeLayer& layer, const EdgeList& edges, int r, const float* slots, float* gradient) {
    constexpr int kRegisters = 10;
    const int k = layer.kernel;
    for (int i = 0; i < k; i++) {
        const int row = row_under(layer, r, i);
        if (row < 0 || edges.row_begin[row] == edges.row_begin[row + 1]) continue;
        float* to = gradient + i * k * kLanes;
        int q = 0;
        for (; q + kRegisters <= k; q += kRegisters) {
            gather_edges<kRegisters>(edges, row, slots + q * kLanes, to + q * kLanes);
        }
        for (; q < k; q++) gather_edges<1>(edges, row, slots + q * kLanes, to + q * kLanes);
    }
}

inline void edge_backward(const EdgeBackward& work) {
    const EdgeLayer& layer = work.layer;
    const int k = layer.kernel;
    float *top = work.scratch, *bottom = work.scratch + layer.slots() * kLanes;
    for (int group = 0; group < layer.groups(); group++) {
        const int first = group * kLanes, channels = layer.out - first < kLanes ? layer.out - first : kLanes;
        float* gradient = work.weight_gradient + static_cast<ptrdiff_t>(group) * k * k * kLanes;
        for (int i = 0; i < k * k; i++) store(gradient + i * kLanes, zero());
        Vec8 bias = zero();
        for (int r = 0; r < layer.height / 2; r++) {
            unpool_slots(work, first, channels, r, top, bottom);
            bias = bias + (sum_from_right(layer, top) + sum_from_right(layer, bottom));
            gather_row(layer, work.edges, 2 * r, top, gradient);
            gather_row(layer, work.edges, 2 * r + 1, bottom, gradient);
        }
        store(work.bias_gradient + group * kLanes, bias);
    }
}

}  // namespace nanohooke::NH_ISA
