// SPDX-License-Identifier: Apache-2.0
//
// What becomes of planes that come back: z[i] is columns 2 j (x) and 2 j + 1 (y) of row n + M i.
#pragma once

#include "plane_sources.h"

namespace nanohooke {

// [plane][row][column].
struct PlaneSink {
    static constexpr bool kTaps = false, kThroughTile = false;
    float* planes;

    template <class G>
    __device__ void store(int plane, int n, int j, const float2* z) const {
        constexpr int kHalf = G::kSize / 2;
        float2* to = reinterpret_cast<float2*>(planes) + int64_t(plane) * (G::kSize * kHalf) + (n * kHalf + j);
#pragma unroll
        for (int i = 0; i < 16; i++) {
            if (G::inside(n, i)) to[G::M * i * kHalf] = z[i];
        }
    }
};

// The places of a kernel's taps, see TapSource.
struct TapSink {
    static constexpr bool kTaps = true, kThroughTile = false;
    float* taps;
    int kernel, before;
    float scale;

    template <int Length>
    __device__ void put(float* to, int row, int column, float value) const {
        if constexpr (Length >= 32) {
            const int a = tap_at<Length>(row, before), b = tap_at<Length>(column, before);
            if (unsigned(a) < unsigned(kernel) && unsigned(b) < unsigned(kernel)) to[a * kernel + b] = scale * value;
        } else {
            for (int a = (row + before) % Length; a < kernel; a += Length) {
                for (int b = (column + before) % Length; b < kernel; b += Length) to[a * kernel + b] = scale * value;
            }
        }
    }
    template <class G>
    __device__ void store(int plane, int n, int j, const float2* z) const {
        float* to = taps + int64_t(plane) * kernel * kernel;
#pragma unroll
        for (int i = 0; i < 16; i++) {
            if (!tap_reaches<G>(i)) continue;
            put<G::kLength>(to, n + G::M * i, 2 * j, z[i].x);
            put<G::kLength>(to, n + G::M * i, 2 * j + 1, z[i].y);
        }
    }
};

// Results: bias, then ReLU and the maximum of 2 x 2 where they follow. `chosen`, null where nobody goes back, tells
// which of the four in row-major order it was (the first of equals; a NaN before all), or kNoneChosen.
struct ResultSink {
    static constexpr bool kTaps = false, kThroughTile = true;
    float* results;
    unsigned char* chosen;
    const float* biases;
    int channels, pooled;
    bool relu;

    __device__ float cut(float value, unsigned char& which) const {
        if (!relu || !(value <= 0.0f)) return value;
        which = kNoneChosen;
        return 0.0f;
    }
    // rows: rows 2 M p to 2 M p + 2 M - 1 of columns 2 j and 2 j + 1.
    template <class G>
    __device__ void finish(int plane, int p, int j, const float2* rows) const {
        constexpr int M = G::M, kHalf = G::kSize / 2;
        const float bias = __ldg(biases + plane % channels);
        if (pooled == 2) {
            const int64_t base = int64_t(plane) * (kHalf * kHalf) + (M * p * kHalf + j);
            float* to = results + base;
            unsigned char* choice = chosen + base;
#pragma unroll
            for (int m = 0; m < M; m++) {
                if (M * p + m >= kHalf) continue;
                const float four[4] = {rows[2 * m].x + bias, rows[2 * m].y + bias, rows[2 * m + 1].x + bias,
                                       rows[2 * m + 1].y + bias};
                float most = four[0];
                unsigned char which = 0;
#pragma unroll
                for (int k = 1; k < 4; k++) {
                    if (four[k] > most || four[k] != four[k]) {
                        most = four[k];
                        which = static_cast<unsigned char>(k);
                    }
                }
                to[m * kHalf] = cut(most, which);
                if (chosen != nullptr) choice[m * kHalf] = which;
            }
        } else {
            const int64_t base = int64_t(plane) * (G::kSize * kHalf) + (2 * M * p * kHalf + j);
            float2* to = reinterpret_cast<float2*>(results) + base;
            uchar2* choice = reinterpret_cast<uchar2*>(chosen) + base;
#pragma unroll
            for (int m = 0; m < 2 * M; m++) {
                if (2 * M * p + m >= G::kSize) continue;
                uchar2 which = {0, 0};
                const float left = cut(rows[m].x + bias, which.x), right = cut(rows[m].y + bias, which.y);
                to[m * kHalf] = {left, right};
                if (chosen != nullptr) choice[m * kHalf] = which;
            }
        }
    }
};

}  // namespace nanohooke
