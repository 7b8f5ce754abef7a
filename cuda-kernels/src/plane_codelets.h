// SPDX-License-Identifier: Apache-2.0
//
// Discrete Fourier transforms of a few complex numbers that a thread holds in registers: exp(-2 pi i j k / R), in and
// out in natural order.
#pragma once

#include "device.h"

namespace nanohooke {

__device__ inline float2 operator+(float2 a, float2 b) { return {a.x + b.x, a.y + b.y}; }
__device__ inline float2 operator-(float2 a, float2 b) { return {a.x - b.x, a.y - b.y}; }
__device__ inline float2 operator*(float s, float2 a) { return {s * a.x, s * a.y}; }
__device__ inline float2 times(float2 a, float2 b) { return {a.x * b.x - a.y * b.y, a.x * b.y + a.y * b.x}; }
__device__ inline float2 minus_i_times(float2 a) { return {a.y, -a.x}; }
__device__ inline float2 swapped(float2 a) { return {a.y, a.x}; }
__device__ inline float2 low(float4 q) { return {q.x, q.y}; }
__device__ inline float2 high(float4 q) { return {q.z, q.w}; }
__device__ inline float4 quad(float2 a, float2 b) { return {a.x, a.y, b.x, b.y}; }

template <int R>
struct Codelet;

template <>
struct Codelet<1> {
    static __device__ inline void apply(float2*) {}
};

template <>
struct Codelet<2> {
    static __device__ inline void apply(float2* x) {
        const float2 a = x[0];
        x[0] = a + x[1];
        x[1] = a - x[1];
    }
};

template <>
struct Codelet<3> {
    static __device__ inline void apply(float2* x) {
        constexpr float s = 0.86602540378443865f;
        const float2 sum = x[1] + x[2], middle = x[0] - 0.5f * sum, turned = minus_i_times(s * (x[1] - x[2]));
        x[0] = x[0] + sum;
        x[1] = middle + turned;
        x[2] = middle - turned;
    }
};

template <>
struct Codelet<4> {
    static __device__ inline void apply(float2* x) {
        const float2 a = x[0] + x[2], b = x[0] - x[2], c = x[1] + x[3], d = minus_i_times(x[1] - x[3]);
        x[0] = a + c;
        x[1] = b + d;
        x[2] = a - c;
        x[3] = b - d;
    }
};

template <>
struct Codelet<5> {
    static __device__ inline void apply(float2* x) {
        constexpr float c1 = 0.30901699437494742f, c2 = -0.80901699437494742f;
        constexpr float s1 = 0.95105651629515357f, s2 = 0.58778525229247313f;
        const float2 p = x[1] + x[4], q = x[2] + x[3], d = x[1] - x[4], e = x[2] - x[3], first = x[0];
        const float2 m1 = first + c1 * p + c2 * q, m2 = first + c2 * p + c1 * q;
        const float2 n1 = minus_i_times(s1 * d + s2 * e), n2 = minus_i_times(s2 * d - s1 * e);
        x[0] = first + p + q;
        x[1] = m1 + n1;
        x[4] = m1 - n1;
        x[2] = m2 + n2;
        x[3] = m2 - n2;
    }
};

template <>
struct Codelet<8> {
    static __device__ inline void apply(float2* x) {
        constexpr float h = 0.70710678118654752f;
        float2 even[4] = {x[0], x[2], x[4], x[6]}, odd[4] = {x[1], x[3], x[5], x[7]};
        Codelet<4>::apply(even);
        Codelet<4>::apply(odd);
        odd[1] = h * (odd[1] + minus_i_times(odd[1]));
        odd[2] = minus_i_times(odd[2]);
        odd[3] = h * (minus_i_times(odd[3]) - odd[3]);
#pragma unroll
        for (int k = 0; k < 4; k++) {
            x[k] = even[k] + odd[k];
            x[k + 4] = even[k] - odd[k];
        }
    }
};

template <>
struct Codelet<9> {
    static __device__ inline void apply(float2* x) {
        constexpr float2 w1 = {0.76604444311897804f, -0.64278760968653933f};
        constexpr float2 w2 = {0.17364817766693035f, -0.98480775301220806f};
        constexpr float2 w4 = {-0.93969262078590838f, -0.34202014332566873f};
        float2 y[3][3];
#pragma unroll
        for (int b = 0; b < 3; b++) {
#pragma unroll
            for (int a = 0; a < 3; a++) y[b][a] = x[3 * a + b];
            Codelet<3>::apply(y[b]);
        }
        y[1][1] = times(y[1][1], w1);
        y[1][2] = times(y[1][2], w2);
        y[2][1] = times(y[2][1], w2);
        y[2][2] = times(y[2][2], w4);
#pragma unroll
        for (int a = 0; a < 3; a++) {
            float2 t[3] = {y[0][a], y[1][a], y[2][a]};
            Codelet<3>::apply(t);
#pragma unroll
            for (int k = 0; k < 3; k++) x[a + 3 * k] = t[k];
        }
    }
};

template <>
struct Codelet<16> {
    static __device__ inline void apply(float2* x) {
        constexpr float h = 0.70710678118654752f, c = 0.92387953251128674f, s = 0.38268343236508977f;
        float2 y[4][4];
#pragma unroll
        for (int b = 0; b < 4; b++) {
#pragma unroll
            for (int a = 0; a < 4; a++) y[b][a] = x[4 * a + b];
            Codelet<4>::apply(y[b]);
        }
        y[1][1] = times(y[1][1], {c, -s});
        y[1][2] = h * (y[1][2] + minus_i_times(y[1][2]));
        y[1][3] = times(y[1][3], {s, -c});
        y[2][1] = h * (y[2][1] + minus_i_times(y[2][1]));
        y[2][2] = minus_i_times(y[2][2]);
        y[2][3] = h * (minus_i_times(y[2][3]) - y[2][3]);
        y[3][1] = times(y[3][1], {s, -c});
        y[3][2] = h * (minus_i_times(y[3][2]) - y[3][2]);
        y[3][3] = times(y[3][3], {-c, s});
#pragma unroll
        for (int a = 0; a < 4; a++) {
            float2 t[4] = {y[0][a], y[1][a], y[2][a], y[3][a]};
            Codelet<4>::apply(t);
#pragma unroll
            for (int k = 0; k < 4; k++) x[a + 4 * k] = t[k];
        }
    }
};

}  // namespace nanohooke
