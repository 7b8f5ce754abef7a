// SPDX-License-Identifier: Apache-2.0
//
// Sources and sinks of the plane transforms: what is fused into a convolution at its two ends.
#pragma once

#include "network/kernels.h"
#include "simd/vec8.h"

namespace nanohooke::NH_ISA {

constexpr int kSide = kColumnsPerBlock;

NH_INLINE int columns_in_block(int width, int block) {
    const int left = width - block * kSide;
    return left < kSide ? left : kSide;
}

NH_INLINE void copy_padded(const float* from, int count, float* to) {
    for (int s = 0; s < kSide; s++) to[s] = s < count ? from[s] : 0.0f;
}

inline ColumnBlock float_columns(void* context, int block, float* tile) {
    const FloatPlane& plane = *static_cast<const FloatPlane*>(context);
    const float* from = plane.data + block * kSide;
    const int count = columns_in_block(plane.width, block);
    if (count == kSide) return {from, plane.width};
    for (int r = 0; r < plane.height; r++) copy_padded(from + r * plane.width, count, tile + r * kSide);
    return {tile, kSide};
}

inline ColumnBlock bit_columns(void* context, int block, float* tile) {
    const BitPlane& plane = *static_cast<const BitPlane*>(context);
    const int row_bytes = (plane.width + 7) / 8, count = columns_in_block(plane.width, block);
    const unsigned valid = (1u << count) - 1;
    const Vec8 one = splat(1.0f);
    for (int r = 0; r < plane.height; r++) {
        const uint8_t* from = plane.data + r * row_bytes + 2 * block;
        const unsigned bits = (from[0] | (count > kLanes ? from[1] << 8 : 0)) & valid;
        store(tile + r * kSide, keep(bits & 255, one));
        store(tile + r * kSide + kLanes, keep(bits >> 8, one));
    }
    return {tile, kSide};
}

inline ColumnBlock gated_columns(void* context, int block, float* tile) {
    const GradientPlane& plane = *static_cast<const GradientPlane*>(context);
    const int count = columns_in_block(plane.width, block), blocks = (plane.width + kSide - 1) / kSide;
    Vec8 sum = zero();
    for (int r = 0; r < plane.height; r++) {
        float padded[kSide];
        const float* from = plane.gradient + r * plane.width + block * kSide;
        if (count < kSide) {
            copy_padded(from, count, padded);
            from = padded;
        }
        const unsigned bits = plane.mask ? plane.mask[r * blocks + block] : 0xFFFFu;
        const Vec8 low = keep(bits & 255, load(from)), high = keep(bits >> 8, load(from + kLanes));
        store(tile + r * kSide, low);
        store(tile + r * kSide + kLanes, high);
        sum = sum + (low + high);
    }
    plane.sum[block] = horizontal_sum(sum);
    return {tile, kSide};
}

inline ColumnBlock unpooled_columns(void* context, int block, float* tile) {
    const GradientPlane& plane = *static_cast<const GradientPlane*>(context);
    const int pooled_width = plane.width / 2, blocks = (plane.width + kSide - 1) / kSide;
    const int count = columns_in_block(plane.width, block) / 2;
    Vec8 sum = zero();
    for (int r = 0; r < plane.height / 2; r++) {
        float padded[kSide];
        const float* from = plane.gradient + r * pooled_width + block * kLanes;
        if (count < kLanes) {
            copy_padded(from, count, padded);
            from = padded;
        }
        const Vec8 gradient = load(from);
        const uint32_t mask = plane.mask[r * blocks + block];
        const Vec8 q0 = keep(mask & 255, gradient), q1 = keep(mask >> 8 & 255, gradient);
        const Vec8 q2 = keep(mask >> 16 & 255, gradient), q3 = keep(mask >> 24, gradient);
        Vec8 a, b;
        float* to = tile + 2 * r * kSide;
        interleave(q0, q1, a, b);
        store(to, a);
        store(to + kLanes, b);
        interleave(q2, q3, a, b);
        store(to + kSide, a);
        store(to + kSide + kLanes, b);
        sum = sum + ((q0 + q1) + (q2 + q3));
    }
    plane.sum[block] = horizontal_sum(sum);
    return {tile, kSide};
}

// The first count of eight lanes.
NH_INLINE void store_first(float* to, Vec8 v, int count) {
    if (count >= kLanes) {
        store(to, v);
        return;
    }
    float lane[kLanes];
    store(lane, v);
    for (int l = 0; l < count; l++) to[l] = lane[l];
}

inline void plain_output(void* context, int block, const float* tile) {
    const PlainOutput& out = *static_cast<const PlainOutput*>(context);
    const int count = columns_in_block(out.width, block);
    const Vec8 scale = splat(out.scale);
    for (int r = 0; r < out.height; r++) {
        float* to = out.data + r * out.width + block * kSide;
        store_first(to, load(tile + r * kSide) * scale, count);
        store_first(to + kLanes, load(tile + r * kSide + kLanes) * scale, count - kLanes);
    }
}

inline void activation_output(void* context, int block, const float* tile) {
    const ActivationOutput& out = *static_cast<const ActivationOutput*>(context);
    const int count = columns_in_block(out.width, block), blocks = (out.width + kSide - 1) / kSide;
    const Vec8 scale = splat(out.scale), bias = splat(out.bias), floor = splat(out.floor);
    for (int r = 0; r < out.height; r++) {
        const Vec8 low = fma(load(tile + r * kSide), scale, bias);
        const Vec8 high = fma(load(tile + r * kSide + kLanes), scale, bias);
        float* to = out.data + r * out.width + block * kSide;
        store_first(to, max(low, floor), count);
        store_first(to + kLanes, max(high, floor), count - kLanes);
        if (out.mask) out.mask[r * blocks + block] = greater(low, floor) | greater(high, floor) << kLanes;
    }
}

// Scaling by a positive number, adding the bias and ReLU do not change which element is the largest: the maximum comes
// first, on a quarter of the work.
inline void pooled_output(void* context, int block, const float* tile) {
    const ActivationOutput& out = *static_cast<const ActivationOutput*>(context);
    const int pooled_width = out.width / 2, blocks = (out.width + kSide - 1) / kSide;
    const int count = columns_in_block(out.width, block) / 2;
    const Vec8 scale = splat(out.scale), bias = splat(out.bias), floor = splat(out.floor);
    for (int r = 0; r < out.height / 2; r++) {
        const float* top = tile + 2 * r * kSide;
        const float* bottom = top + kSide;
        float* to = out.data + r * pooled_width + block * kLanes;
        if (out.mask == nullptr) {
            Vec8 even, odd;
            deinterleave(max(load(top), load(bottom)), max(load(top + kLanes), load(bottom + kLanes)), even, odd);
            store_first(to, max(fma(max(even, odd), scale, bias), floor), count);
            continue;
        }
        Vec8 q0, q1, q2, q3;
        deinterleave(load(top), load(top + kLanes), q0, q1);
        deinterleave(load(bottom), load(bottom + kLanes), q2, q3);
        const Vec8 largest = max(max(q0, q1), max(q2, q3)), value = fma(largest, scale, bias);
        store_first(to, max(value, floor), count);
        const unsigned passes = greater(value, floor);
        const unsigned m0 = equal(q0, largest) & passes, m1 = equal(q1, largest) & passes & ~m0;
        const unsigned m2 = equal(q2, largest) & passes & ~(m0 | m1), m3 = passes & ~(m0 | m1 | m2);
        out.mask[r * blocks + block] = m0 | m1 << 8 | m2 << 16 | m3 << 24;
    }
}

}  // namespace nanohooke::NH_ISA
