// SPDX-License-Identifier: Apache-2.0
//
// The steps of a plane's transform, each for one thread's share between two barriers. All work in place: a thread
// writes the quads of shared memory that it read. Spectra are twice the transform. The way back runs on swapped numbers
// (real and imaginary part exchanged), which makes the same codelets its own, and is not scaled.
//
// `roots` holds exp(-2 pi i a b / 16 M) at quad a * 8 + b / 2.
#pragma once

#include "plane_geometry.h"

namespace nanohooke {

// z and m: the transform of a + i b at a frequency and at its mirror. Twice the transforms of a and of b.
__device__ inline float4 part(float2 z, float2 m) { return {z.x + m.x, z.y - m.y, z.y + m.y, m.x - z.x}; }
// The way back, on swapped numbers.
__device__ inline void join(float4 s, float2& z, float2& m) {
    z = {s.x + s.w, s.y - s.z};
    m = {s.w - s.x, s.y + s.z};
}

// Which pairs of columns hold anything: all of the plane's, or those around place 0 that a kernel's taps reach.
template <class G, bool Taps>
struct Columns {
    static constexpr int kCount = !Taps ? G::kSize / 2 : G::M == 1 ? 8 : 16;
    static __device__ int pair(int index) { return Taps && index >= 8 ? index + 8 * (G::M - 2) : index; }
    // Whether the columns 16 n to 16 n + 15 do.
    static __device__ constexpr bool used(int n) { return Taps ? n == 0 || n == G::M - 1 : n < G::kSize / 16; }
};

template <class G>
struct Passes {
    static constexpr int M = G::M;
    // Of the M rows that a unit (frequencies p, partner(p)) makes, so many come from p.
    static constexpr int kFirst = (M + 1) / 2;

    static __device__ void turn(float2* z, const float4* roots) {
        if constexpr (M > 1) {
#pragma unroll
            for (int q = 0; q < 8; q++) {
                const float4 w = __ldg(roots + q);
                if (q > 0) z[2 * q] = times(z[2 * q], low(w));
                z[2 * q + 1] = times(z[2 * q + 1], high(w));
            }
        }
    }

    // ---- forward; z: rows n + M i of column pair j
    static __device__ void columns16(float2* z, int n, int j, const float4* roots, float4* tile) {
        Codelet<16>::apply(z);
        turn(z, roots + n * 8);
#pragma unroll
        for (int p = 0; p < 8; p++) tile[G::at(p * M + n, j)] = quad(z[p], z[partner(p)]);
    }

    static __device__ void columns_m(int p, int j, float4* tile) {
        float2 a[M], b[M];
#pragma unroll
        for (int n = 0; n < M; n++) {
            const float4 x = tile[G::at(p * M + n, j)];
            a[n] = low(x);
            b[n] = high(x);
        }
        Codelet<M>::apply(a);
        Codelet<M>::apply(b);
        float4 s[M];
        if (p == 0) {
            const float2 half = M % 2 == 0 ? a[M / 2] : b[M / 2];
            s[0] = {2 * a[0].x, 2 * half.x, 2 * a[0].y, 2 * half.y};
#pragma unroll
            for (int i = 1; i < M; i++) {
                s[i] = i < kFirst ? part(a[i], a[M - i]) : part(b[i - kFirst], b[M - 1 - i + kFirst]);
            }
        } else {
#pragma unroll
            for (int i = 0; i < M; i++) {
                s[i] = i < kFirst ? part(a[i], b[M - 1 - i]) : part(b[i - kFirst], a[M - 1 - i + kFirst]);
            }
        }
#pragma unroll
        for (int i = 0; i < M; i++) tile[G::at(p * M + i, j)] = s[i];
    }

    template <class Used>
    static __device__ void rows_m(int row, int q, const float4* roots, float4* tile) {
        float2 a[M], b[M];
#pragma unroll
        for (int n = 0; n < M; n++) {
            const float4 x = Used::used(n) ? tile[G::at(row, n * 8 + q)] : float4{0, 0, 0, 0};
            a[n] = low(x);
            b[n] = high(x);
        }
        Codelet<M>::apply(a);
        Codelet<M>::apply(b);
#pragma unroll
        for (int k = 0; k < M; k++) {
            if (k > 0) {
                const float4 w = __ldg(roots + k * 8 + q);
                a[k] = times(a[k], low(w));
                b[k] = times(b[k], high(w));
            }
            tile[G::at(row, k * 8 + q)] = quad(a[k], b[k]);
        }
    }

    // Row 0 stays in shared memory, for row_0 to finish.
    static __device__ void rows16(int group, float4* tile, float4* spectrum) {
        const int own = G::of_group(group);
        float2 z[16];
#pragma unroll
        for (int q = 0; q < 8; q++) {
            const float4 x = tile[own ^ q];
            z[2 * q] = low(x);
            z[2 * q + 1] = high(x);
        }
        Codelet<16>::apply(z);
        if (group < M) {
#pragma unroll
            for (int i = 0; i < 8; i++) tile[own ^ i] = quad(z[2 * i], z[2 * i + 1]);
        } else {
            float4* to = spectrum + G::spectrum(group, 0);
#pragma unroll
            for (int i = 0; i < 8; i++) to[8 * i] = quad(z[2 * i], z[2 * i + 1]);
        }
    }

    // Parts column frequencies 0 and 8 M, which came together as real and imaginary part: the first goes to row
    // frequencies below 8 M, the mirror image of the second above.
    static __device__ float2 row_0_at(int t, int r, const float4* tile) {
        const auto load = [&](int residue, int index) {
            const float4 x = tile[G::at(0, residue * 8 + index / 2)];
            return index % 2 == 0 ? low(x) : high(x);
        };
        const float2 z = load(t, r);
        if (t == 0 && r % 8 == 0) return z;
        const float2 m = t == 0 ? load(0, 16 - r) : load(M - t, 15 - r);
        return r < 8 ? float2{0.5f * (z.x + m.x), 0.5f * (z.y - m.y)} : float2{0.5f * (z.y + m.y), 0.5f * (z.x - m.x)};
    }
    static __device__ void row_0(int unit, const float4* tile, float4* spectrum) {
        const int t = unit % M, i = unit / M;
        spectrum[G::spectrum(t, i)] = quad(row_0_at(t, 2 * i, tile), row_0_at(t, 2 * i + 1, tile));
    }

    // ---- back; `parts` spectra lie one after the other, `stride` quads apart, and are added in their order
    static __device__ void rows16_back(int group, const float4* spectrum, int parts, int64_t stride,
                                       const float4* roots, float4* tile) {
        const int own = G::of_group(group), t = group % M;
        float2 z[16];
        const float4* from = spectrum + G::spectrum(group, 0);
#pragma unroll
        for (int i = 0; i < 8; i++) {
            const float4 x = __ldg(from + 8 * i);
            z[2 * i] = low(x);
            z[2 * i + 1] = high(x);
        }
#pragma unroll 1
        for (int k = 1; k < parts; k++) {
            from += stride;
#pragma unroll
            for (int i = 0; i < 8; i++) {
                const float4 x = __ldg(from + 8 * i);
                z[2 * i] = z[2 * i] + low(x);
                z[2 * i + 1] = z[2 * i + 1] + high(x);
            }
        }
        if (group < M) {
            const auto load = [&](int residue, int index) {
                const float2* from = reinterpret_cast<const float2*>(spectrum + G::spectrum(residue, index / 2));
                float2 sum = __ldg(from + index % 2);
#pragma unroll 1
                for (int k = 1; k < parts; k++) sum = sum + __ldg(from + 2 * k * stride + index % 2);
                return sum;
            };
#pragma unroll
            for (int r = 0; r < 16; r++) {
                if (t == 0 && r % 8 == 0) continue;
                const float2 m = t == 0 ? load(0, (16 - r) % 16) : load(M - t, 15 - r);
                z[r] = r < 8 ? float2{z[r].x - m.y, z[r].y + m.x} : float2{m.x + z[r].y, z[r].x - m.y};
            }
        }
#pragma unroll
        for (int r = 0; r < 16; r++) z[r] = swapped(z[r]);
        Codelet<16>::apply(z);
        turn(z, roots + t * 8);
#pragma unroll
        for (int q = 0; q < 8; q++) tile[own ^ q] = quad(z[2 * q], z[2 * q + 1]);
    }

    template <class Used>
    static __device__ void rows_m_back(int row, int q, float4* tile) {
        float2 a[M], b[M];
#pragma unroll
        for (int k = 0; k < M; k++) {
            const float4 x = tile[G::at(row, k * 8 + q)];
            a[k] = low(x);
            b[k] = high(x);
        }
        Codelet<M>::apply(a);
        Codelet<M>::apply(b);
#pragma unroll
        for (int n = 0; n < M; n++) {
            if (Used::used(n)) tile[G::at(row, n * 8 + q)] = quad(a[n], b[n]);
        }
    }

    static __device__ void columns_m_back(int p, int j, float4* tile) {
        float2 a[M], b[M];
        float4 s[M];
#pragma unroll
        for (int i = 0; i < M; i++) s[i] = tile[G::at(p * M + i, j)];
        if (p == 0) {
            a[0] = {s[0].w, s[0].y};
            (M % 2 == 0 ? a[M / 2] : b[M / 2]) = {s[0].z, s[0].x};
#pragma unroll
            for (int i = 1; i < M; i++) {
                i < kFirst ? join(s[i], a[i], a[M - i]) : join(s[i], b[i - kFirst], b[M - 1 - i + kFirst]);
            }
        } else {
#pragma unroll
            for (int i = 0; i < M; i++) {
                i < kFirst ? join(s[i], a[i], b[M - 1 - i]) : join(s[i], b[i - kFirst], a[M - 1 - i + kFirst]);
            }
        }
        Codelet<M>::apply(a);
        Codelet<M>::apply(b);
#pragma unroll
        for (int n = 0; n < M; n++) tile[G::at(p * M + n, j)] = quad(a[n], b[n]);
    }

    // z becomes rows n + M i of columns 2 j (x) and 2 j + 1 (y).
    static __device__ void columns16_back(float2* z, int n, int j, const float4* roots, const float4* tile) {
#pragma unroll
        for (int p = 0; p < 8; p++) {
            const float4 x = tile[G::at(p * M + n, j)];
            z[p] = low(x);
            z[partner(p)] = high(x);
        }
        turn(z, roots + n * 8);
        Codelet<16>::apply(z);
#pragma unroll
        for (int i = 0; i < 16; i++) z[i] = swapped(z[i]);
    }
};

}  // namespace nanohooke
