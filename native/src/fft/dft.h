// SPDX-License-Identifier: Apache-2.0
//
// Discrete Fourier transforms of fixed small length R over eight lanes, in registers:
//   X[k] = sum_n x[n] exp(-2 pi i n k / R), in place, natural order.
// Primes are written out; the others are built from them by Good and Thomas' prime factor mapping (coprime factors, no
// twiddles) or by Cooley and Tukey's (twiddles known to the compiler).
#pragma once

#include "simd/complex8.h"

namespace nanohooke::NH_ISA {

constexpr double kPi = 3.14159265358979323846;

template <int R>
struct Dft;

template <>
struct Dft<1> {
    static NH_INLINE void run(Complex8*) {}
};

template <>
struct Dft<2> {
    static NH_INLINE void run(Complex8* x) {
        const Complex8 sum = x[0] + x[1], difference = x[0] - x[1];
        x[0] = sum;
        x[1] = difference;
    }
};

template <>
struct Dft<4> {
    static NH_INLINE void run(Complex8* x) {
        const Complex8 a = x[0] + x[2], b = x[0] - x[2], c = x[1] + x[3], d = x[1] - x[3];
        x[0] = a + c;
        x[1] = {b.re + d.im, b.im - d.re};
        x[2] = a - c;
        x[3] = {b.re - d.im, b.im + d.re};
    }
};

// Odd primes. With s[j] = x[j] + x[R-j], d[j] = x[j] - x[R-j] and the angle a = 2 pi j k / R,
//   X[k], X[R-k] = x[0] + sum_j cos(a) s[j]  -+  i sum_j sin(a) d[j],   j = 1 .. (R-1)/2.
template <int R>
struct OddDft {
    static constexpr int kHalf = (R - 1) / 2;

    static NH_INLINE void run(Complex8* x) {
        Complex8 s[kHalf + 1], d[kHalf + 1];
        Complex8 total = x[0];
#pragma GCC unroll 16
        for (int j = 1; j <= kHalf; j++) {
            s[j] = x[j] + x[R - j];
            d[j] = x[j] - x[R - j];
            total = total + s[j];
        }
        Complex8 even[kHalf + 1], odd[kHalf + 1];
#pragma GCC unroll 16
        for (int k = 1; k <= kHalf; k++) {
            even[k] = x[0];
            odd[k] = {d[1].re * splat(sine(k)), d[1].im * splat(sine(k))};
#pragma GCC unroll 16
            for (int j = 1; j <= kHalf; j++) {
                const Vec8 c = splat(cosine(j * k)), q = splat(sine(j * k));
                even[k] = {fma(s[j].re, c, even[k].re), fma(s[j].im, c, even[k].im)};
                if (j > 1) odd[k] = {fma(d[j].re, q, odd[k].re), fma(d[j].im, q, odd[k].im)};
            }
        }
        x[0] = total;
#pragma GCC unroll 16
        for (int k = 1; k <= kHalf; k++) {
            x[k] = {even[k].re + odd[k].im, even[k].im - odd[k].re};
            x[R - k] = {even[k].re - odd[k].im, even[k].im + odd[k].re};
        }
    }

    static NH_INLINE float cosine(int t) { return static_cast<float>(__builtin_cos(2 * kPi * (t % R) / R)); }
    static NH_INLINE float sine(int t) { return static_cast<float>(__builtin_sin(2 * kPi * (t % R) / R)); }
};

// Three, with cos(2 pi / 3) = -1/2 shared by both outputs.
template <>
struct Dft<3> {
    static NH_INLINE void run(Complex8* x) {
        const Vec8 half = splat(0.5f), root = splat(0.86602540378443864676f);  // sqrt(3) / 2
        const Complex8 s = x[1] + x[2], d = x[1] - x[2];
        const Complex8 m = {fnma(half, s.re, x[0].re), fnma(half, s.im, x[0].im)};
        x[0] = x[0] + s;
        x[1] = {fma(root, d.im, m.re), fnma(root, d.re, m.im)};
        x[2] = {fnma(root, d.im, m.re), fma(root, d.re, m.im)};
    }
};
template <>
struct Dft<5> : OddDft<5> {};
template <>
struct Dft<7> : OddDft<7> {};

constexpr int inverse_modulo(int a, int m) {
    for (int i = 1; i < m; i++) {
        if (a * i % m == 1) return i;
    }
    return 1;
}

// A * B with coprime A and B: n = (B a + A b) mod R, k = (ea ka + eb kb) mod R by the Chinese remainder theorem.
template <int A, int B>
struct PrimeFactorDft {
    static NH_INLINE void run(Complex8* x) {
        constexpr int R = A * B;
        constexpr int ea = B * inverse_modulo(B % A, A), eb = A * inverse_modulo(A % B, B);
        Complex8 y[R];
#pragma GCC unroll 32
        for (int b = 0; b < B; b++) {
            Complex8 t[A];
#pragma GCC unroll 32
            for (int a = 0; a < A; a++) t[a] = x[(B * a + A * b) % R];
            Dft<A>::run(t);
#pragma GCC unroll 32
            for (int a = 0; a < A; a++) y[b * A + a] = t[a];
        }
#pragma GCC unroll 32
        for (int a = 0; a < A; a++) {
            Complex8 t[B];
#pragma GCC unroll 32
            for (int b = 0; b < B; b++) t[b] = y[b * A + a];
            Dft<B>::run(t);
#pragma GCC unroll 32
            for (int b = 0; b < B; b++) x[(ea * a + eb * b) % R] = t[b];
        }
    }
};

// A * B by decimation: n = B a + b, k = ka + A kb, twiddle exp(-2 pi i ka b / R) in between.
template <int A, int B>
struct CooleyTukeyDft {
    static NH_INLINE void run(Complex8* x) {
        constexpr int R = A * B;
        Complex8 y[R];
#pragma GCC unroll 32
        for (int b = 0; b < B; b++) {
            Complex8 t[A];
#pragma GCC unroll 32
            for (int a = 0; a < A; a++) t[a] = x[a * B + b];
            Dft<A>::run(t);
#pragma GCC unroll 32
            for (int a = 0; a < A; a++) y[b * A + a] = turned<R>(t[a], a * b);
        }
#pragma GCC unroll 32
        for (int a = 0; a < A; a++) {
            Complex8 t[B];
#pragma GCC unroll 32
            for (int b = 0; b < B; b++) t[b] = y[b * A + a];
            Dft<B>::run(t);
#pragma GCC unroll 32
            for (int b = 0; b < B; b++) x[a + A * b] = t[b];
        }
    }

    template <int R>
    static NH_INLINE Complex8 turned(Complex8 x, int step) {
        if (step == 0) return x;
        if (4 * step == R) return times_minus_i(x);
        const Vec8 c = splat(static_cast<float>(__builtin_cos(2 * kPi * step / R)));
        const Vec8 s = splat(static_cast<float>(__builtin_sin(2 * kPi * step / R)));
        return {fma(x.re, c, x.im * s), fms(x.im, c, x.re * s)};
    }
};

template <>
struct Dft<6> : PrimeFactorDft<2, 3> {};
template <>
struct Dft<8> : CooleyTukeyDft<2, 4> {};
template <>
struct Dft<9> : CooleyTukeyDft<3, 3> {};
template <>
struct Dft<10> : PrimeFactorDft<2, 5> {};
template <>
struct Dft<12> : PrimeFactorDft<3, 4> {};
template <>
struct Dft<14> : PrimeFactorDft<2, 7> {};
template <>
struct Dft<15> : PrimeFactorDft<3, 5> {};
template <>
struct Dft<16> : CooleyTukeyDft<4, 4> {};
template <>
struct Dft<18> : PrimeFactorDft<2, 9> {};
template <>
struct Dft<20> : PrimeFactorDft<4, 5> {};

}  // namespace nanohooke::NH_ISA
