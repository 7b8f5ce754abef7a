// SPDX-License-Identifier: Apache-2.0
//
// What planes are transformed: z[i] becomes columns 2 j (x) and 2 j + 1 (y) of row n + M i.
#pragma once

#include "plane_geometry.h"

namespace nanohooke {

// No input made a result: the ReLU was off.
constexpr unsigned char kNoneChosen = 4;

// [plane][row][column]; or bits [plane][row][word], the first pixel least significant.
struct PlaneSource {
    static constexpr bool kTaps = false;
    const float* planes;   // null where there are bits
    const uint32_t* bits;  // else null

    template <class G>
    __device__ void load(int plane, int n, int j, float2* z) const {
        constexpr int kHalf = G::kSize / 2, kWords = (G::kSize + 31) / 32;
        if (bits != nullptr) {
            const uint32_t* from = bits + int64_t(plane) * (G::kSize * kWords) + (n * kWords + j / 16);
#pragma unroll
            for (int i = 0; i < 16; i++) {
                const uint32_t pair = G::inside(n, i) ? __ldg(from + G::M * i * kWords) >> 2 * (j % 16) : 0;
                z[i] = {static_cast<float>(pair & 1), static_cast<float>(pair >> 1 & 1)};
            }
            return;
        }
        const float2* from =
            reinterpret_cast<const float2*>(planes) + int64_t(plane) * (G::kSize * kHalf) + (n * kHalf + j);
#pragma unroll
        for (int i = 0; i < 16; i++) z[i] = G::inside(n, i) ? __ldg(from + G::M * i * kHalf) : float2{0, 0};
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
            // Half of row n + M i: for even i and for odd i steps of M from one row to the next.
#pragma unroll
            for (int odd = 0; odd < 2; odd++) {
                const int first = n + odd * G::M, left = 2 * (first & 1);
                const int64_t base = int64_t(plane) * (kHalf * kHalf) + (first / 2 * kHalf + j);
                const float* from = derivatives + base;
                const unsigned char* which = chosen + base;
#pragma unroll
                for (int i = odd; i < 16; i += 2) {
                    z[i] = {0, 0};
                    if (!G::inside(n, i)) continue;
                    const float d = __ldg(from + i / 2 * G::M * kHalf);
                    const int w = __ldg(which + i / 2 * G::M * kHalf);
                    z[i] = {w == left ? d : 0.0f, w == left + 1 ? d : 0.0f};
                }
            }
        } else {
            const int64_t base = int64_t(plane) * (G::kSize * kHalf) + (n * kHalf + j);
            const float2* from = reinterpret_cast<const float2*>(derivatives) + base;
            const uchar2* which = reinterpret_cast<const uchar2*>(chosen) + base;
#pragma unroll
            for (int i = 0; i < 16; i++) {
                z[i] = {0, 0};
                if (!G::inside(n, i)) continue;
                const float2 d = __ldg(from + G::M * i * kHalf);
                const uchar2 w = __ldg(which + G::M * i * kHalf);
                z[i] = {w.x == 0 ? d.x : 0.0f, w.y == 0 ? d.y : 0.0f};
            }
        }
    }
};

// The tap at a place of a line, if there is one: lengths of 32 and more hold every tap at a place of its own.
template <int Length>
__device__ inline int tap_at(int place, int before) {
    return place + before - (place >= Length / 2 ? Length : 0);
}
// Whether taps reach any of the rows M i to M i + M - 1.
template <class G>
__device__ constexpr bool tap_reaches(int i) {
    return G::M * i <= 15 || G::M * i + G::M - 1 >= G::kLength - 16;
}

// Kernels: tap (a, b) at (a - before, b - before) modulo the length, where those of a wider kernel meet, times scale.
struct TapSource {
    static constexpr bool kTaps = true;
    const float* taps;
    int kernel, before;
    float scale;

    template <int Length>
    __device__ float sum(const float* from, int row, int column) const {
        if constexpr (Length >= 32) {
            const int a = tap_at<Length>(row, before), b = tap_at<Length>(column, before);
            const bool there = unsigned(a) < unsigned(kernel) && unsigned(b) < unsigned(kernel);
            return there ? scale * __ldg(from + a * kernel + b) : 0.0f;
        } else {
            float all = 0.0f;
            for (int a = (row + before) % Length; a < kernel; a += Length) {
                for (int b = (column + before) % Length; b < kernel; b += Length) all += __ldg(from + a * kernel + b);
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
            z[i] = tap_reaches<G>(i) ? float2{sum<G::kLength>(from, row, 2 * j), sum<G::kLength>(from, row, 2 * j + 1)}
                                     : float2{0, 0};
        }
    }
};

}  // namespace nanohooke
