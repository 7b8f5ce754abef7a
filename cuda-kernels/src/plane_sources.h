// SPDX-License-Identifier: Apache-2.0
//
// What planes are transformed: z[i] becomes columns 2 j (x) and 2 j + 1 (y) of row n + M i.
#pragma once

#include "plane_geometry.h"

namespace nanohooke {

// No input made a result: the ReLU was off.
constexpr unsigned char kNoneChosen = 4;

// [plane][row][column].
struct PlaneSource {
    static constexpr bool kTaps = false;
    const float* planes;

    template <class G>
    __device__ void load(int plane, int n, int j, float2* z) const {
        const float2* from = reinterpret_cast<const float2*>(planes) + int64_t(plane) * (G::kSize * G::kSize / 2) + j;
#pragma unroll
        for (int i = 0; i < 16; i++) {
            const int row = n + G::M * i;
            z[i] = row < G::kSize ? __ldg(from + row * (G::kSize / 2)) : float2{0, 0};
        }
    }
};

// Derivatives by results go to the one of `pooled` x `pooled` inputs that made them.
struct DerivativeSource {
    static constexpr bool kTaps = false;
    const float* derivatives;
    const unsigned char* chosen;
    int pooled;

    template <class G>
    __device__ void load(int plane, int n, int j, float2* z) const {
        constexpr int kHalf = G::kSize / 2;
        if (pooled == 2) {
            const int64_t base = int64_t(plane) * (kHalf * kHalf) + j;
            const float* from = derivatives + base;
            const unsigned char* which = chosen + base;
#pragma unroll
            for (int i = 0; i < 16; i++) {
                const int row = n + G::M * i, place = row / 2 * kHalf, left = 2 * (row & 1);
                if (row < G::kSize) {
                    const float d = __ldg(from + place);
                    const int w = __ldg(which + place);
                    z[i] = {w == left ? d : 0.0f, w == left + 1 ? d : 0.0f};
                } else {
                    z[i] = {0, 0};
                }
            }
        } else {
            const int64_t base = int64_t(plane) * (G::kSize * kHalf) + j;
            const float2* from = reinterpret_cast<const float2*>(derivatives) + base;
            const uchar2* which = reinterpret_cast<const uchar2*>(chosen) + base;
#pragma unroll
            for (int i = 0; i < 16; i++) {
                const int row = n + G::M * i;
                if (row < G::kSize) {
                    const float2 d = __ldg(from + row * kHalf);
                    const uchar2 w = __ldg(which + row * kHalf);
                    z[i] = {w.x == 0 ? d.x : 0.0f, w.y == 0 ? d.y : 0.0f};
                } else {
                    z[i] = {0, 0};
                }
            }
        }
    }
};

// Kernels: tap (a, b) at (a - before, b - before) modulo the length, where those of a wider kernel meet, times scale.
struct TapSource {
    static constexpr bool kTaps = true;
    const float* taps;
    int kernel, before;
    float scale;

    template <int Length>
    __device__ float sum(const float* from, int row, int column) const {
        const int a = (row + before) % Length, b = (column + before) % Length;
        if constexpr (Length >= 32) {
            return a < kernel && b < kernel ? scale * __ldg(from + a * kernel + b) : 0.0f;
        } else {
            float all = 0.0f;
            for (int i = a; i < kernel; i += Length) {
                for (int k = b; k < kernel; k += Length) all += __ldg(from + i * kernel + k);
            }
            return scale * all;
        }
    }
    template <class G>
    __device__ void load(int plane, int n, int j, float2* z) const {
        const float* from = taps + int64_t(plane) * kernel * kernel;
#pragma unroll
        for (int i = 0; i < 16; i++) {
            const int row = n + G::M * i;
            // Rows that no tap reaches, whatever n is.
            const bool reached = G::M * i <= 15 || G::M * i + G::M - 1 >= G::kLength - 16;
            z[i] = reached ? float2{sum<G::kLength>(from, row, 2 * j), sum<G::kLength>(from, row, 2 * j + 1)}
                           : float2{0, 0};
        }
    }
};

}  // namespace nanohooke
