// SPDX-License-Identifier: Apache-2.0
//
// Dense layers and Adam.
#pragma once

#include "network/kernels.h"
#include "simd/vec8.h"

namespace nanohooke::NH_ISA {

constexpr int kDotBlock = 1024;  // inputs of one partial sum: a block of weights and activations stays in the caches
constexpr int kDotOutputs = 4, kDotImages = 3;

// Partial sums over inputs [begin, begin + count) of four (one) outputs and three (one) images. Every sum has one
// accumulator and the same order whatever the block, so that no result depends on the batch.
template <int Outputs, int Images>
NH_INLINE void dot_block(const DenseForward& d, int o, int b, int begin, int count) {
    const float* w = d.w + static_cast<ptrdiff_t>(o) * d.inputs + begin;
    const float* a = d.a + static_cast<ptrdiff_t>(b) * d.inputs + begin;
    Vec8 sum[Outputs][Images];
    float rest[Outputs][Images];
#pragma GCC unroll 4
    for (int i = 0; i < Outputs; i++) {
#pragma GCC unroll 4
        for (int j = 0; j < Images; j++) {
            sum[i][j] = zero();
            rest[i][j] = 0.0f;
        }
    }
    int k = 0;
    for (; k + kLanes <= count; k += kLanes) {
#pragma GCC unroll 4
        for (int j = 0; j < Images; j++) {
            const Vec8 x = load(a + static_cast<ptrdiff_t>(j) * d.inputs + k);
#pragma GCC unroll 4
            for (int i = 0; i < Outputs; i++) {
                sum[i][j] = fma(load(w + static_cast<ptrdiff_t>(i) * d.inputs + k), x, sum[i][j]);
            }
        }
    }
    for (; k < count; k++) {
        for (int i = 0; i < Outputs; i++) {
            for (int j = 0; j < Images; j++) {
                rest[i][j] += w[static_cast<ptrdiff_t>(i) * d.inputs + k] * a[static_cast<ptrdiff_t>(j) * d.inputs + k];
            }
        }
    }
    for (int i = 0; i < Outputs; i++) {
        for (int j = 0; j < Images; j++) {
            d.z[static_cast<ptrdiff_t>(b + j) * d.outputs + o + i] += horizontal_sum(sum[i][j]) + rest[i][j];
        }
    }
}

template <int Outputs>
NH_INLINE void dot_images(const DenseForward& d, int o, int begin) {
    const int count = d.inputs - begin < kDotBlock ? d.inputs - begin : kDotBlock;
    int b = 0;
    for (; b + kDotImages <= d.batch; b += kDotImages) dot_block<Outputs, kDotImages>(d, o, b, begin, count);
    for (; b < d.batch; b++) dot_block<Outputs, 1>(d, o, b, begin, count);
}

// visit(o, dot) for groups of outputs, with dot(o, begin) for their partial sums from input `begin` on.
template <class Visit>
NH_INLINE void dot_outputs(const DenseForward& d, Visit visit) {
    int o = d.first;
    for (; o + kDotOutputs <= d.last; o += kDotOutputs) {
        visit(o, [&](int first, int begin) { dot_images<kDotOutputs>(d, first, begin); });
    }
    for (; o < d.last; o++) {
        visit(o, [&](int first, int begin) { dot_images<1>(d, first, begin); });
    }
}

inline void dense_forward(const DenseForward& d) {
    for (int b = 0; b < d.batch; b++) {
        for (int o = d.first; o < d.last; o++) d.z[static_cast<ptrdiff_t>(b) * d.outputs + o] = d.bias[o];
    }
    if (d.batch == 1) {
        // Every weight is used once: whole rows, in the order in which they lie in memory.
        dot_outputs(d, [&](int o, auto dot) {
            for (int begin = 0; begin < d.inputs; begin += kDotBlock) dot(o, begin);
        });
    } else {
        for (int begin = 0; begin < d.inputs; begin += kDotBlock) {
            dot_outputs(d, [&](int o, auto dot) { dot(o, begin); });
        }
    }
    for (int b = 0; b < d.batch; b++) {
        for (int o = d.first; o < d.last; o++) {
            float& z = d.z[static_cast<ptrdiff_t>(b) * d.outputs + o];
            z = z > d.floor ? z : d.floor;
        }
    }
}

constexpr int kPanelVectors = kPanel / kLanes;

template <int Rows>
NH_INLINE void panel_rows(const PanelGemm& g, int m) {
    Vec8 sum[Rows][kPanelVectors];
#pragma GCC unroll 4
    for (int i = 0; i < Rows; i++) {
#pragma GCC unroll 4
        for (int v = 0; v < kPanelVectors; v++) sum[i][v] = zero();
    }
    const float* s = g.s + m * g.s_stride;
    const float* panel = g.panel;
    for (int k = 0; k < g.inner; k++, panel += kPanel) {
        Vec8 x[kPanelVectors];
#pragma GCC unroll 4
        for (int v = 0; v < kPanelVectors; v++) x[v] = load(panel + v * kLanes);
#pragma GCC unroll 4
        for (int i = 0; i < Rows; i++) {
            const Vec8 factor = splat(s[i * g.s_stride + k]);
#pragma GCC unroll 4
            for (int v = 0; v < kPanelVectors; v++) sum[i][v] = fma(factor, x[v], sum[i][v]);
        }
    }
    for (int i = 0; i < Rows; i++) {
        float row[kPanel];
#pragma GCC unroll 4
        for (int v = 0; v < kPanelVectors; v++) store(row + v * kLanes, sum[i][v]);
        __builtin_memcpy(g.c + (m + i) * g.c_stride, row, static_cast<size_t>(g.width) * sizeof(float));
    }
}

inline void panel_gemm(const PanelGemm& g) {
    constexpr int kRows = 3;
    int m = 0;
    for (; m + kRows <= g.rows; m += kRows) panel_rows<kRows>(g, m);
    for (; m < g.rows; m++) panel_rows<1>(g, m);
}

// One loop for whole vectors and, padded, for the rest, so that every element sees the same arithmetic.
inline void adam(const AdamSlice& s) {
    const auto constant = [](double value) { return splat(static_cast<float>(value)); };
    const Vec8 beta1 = constant(kAdamBeta1), rest1 = constant(1.0 - kAdamBeta1);
    const Vec8 beta2 = constant(kAdamBeta2), rest2 = constant(1.0 - kAdamBeta2), epsilon = constant(kAdamEpsilon);
    const Vec8 first = splat(s.rate * s.first), second = splat(s.second);
    const auto step = [&](const float* g, float* p, float* m, float* v) NH_INLINE_LAMBDA {
        const Vec8 gradient = load(g);
        const Vec8 mean = fma(beta1, load(m), rest1 * gradient);
        const Vec8 square = fma(beta2, load(v), rest2 * gradient * gradient);
        store(m, mean);
        store(v, square);
        store(p, load(p) - first * mean / (sqrt(square * second) + epsilon));
    };
    size_t i = 0;
    for (; i + kLanes <= s.count; i += kLanes) step(s.g + i, s.p + i, s.m + i, s.v + i);
    const size_t left = s.count - i;
    if (left > 0) {
        float g[kLanes] = {}, p[kLanes] = {}, m[kLanes] = {}, v[kLanes] = {};
        for (size_t l = 0; l < left; l++) {
            g[l] = s.g[i + l];
            p[l] = s.p[i + l];
            m[l] = s.m[i + l];
            v[l] = s.v[i + l];
        }
        step(g, p, m, v);
        for (size_t l = 0; l < left; l++) {
            s.p[i + l] = p[l];
            s.m[i + l] = m[l];
            s.v[i + l] = v[l];
        }
    }
}

}  // namespace nanohooke::NH_ISA
