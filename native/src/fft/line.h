// SPDX-License-Identifier: Apache-2.0
//
// One-dimensional transforms over eight lanes. Each runs in two halves so that its caller can fuse loading and storing
// with them: first(load) takes the signal in, second(store) gives the frequencies out. In between the line lies in
// work. load(n) may read, and store(k, slot, value) may write, work at place n or slot itself: both halves are safe in
// place.
#pragma once

#include "fft/dft.h"
#include "fft/plane_kernels.h"

namespace nanohooke::NH_ISA {

NH_INLINE Complex8 turned(Complex8 x, const float* twiddle) {
    const Vec8 c = splat(twiddle[0]), s = splat(twiddle[1]);
    return {fms(x.re, c, x.im * s), fma(x.re, s, x.im * c)};
}

// N = N1 N2 by decimation: n = n2 + N2 n1, k = k1 + N1 k2; frequency k ends in slot k1 N2 + k2.
template <int N1, int N2>
struct FixedLine {
    template <class Load>
    static NH_INLINE void first(const LinePlan& plan, float* work, Load load) {
        const float* twiddle = plan.twiddle;
        for (int n2 = 0; n2 < N2; n2++, twiddle += 2 * N1) {
            Complex8 x[N1];
#pragma GCC unroll 32
            for (int n1 = 0; n1 < N1; n1++) x[n1] = load(n2 + N2 * n1);
            Dft<N1>::run(x);
            store_point(work + n2 * kPoint, x[0]);
#pragma GCC unroll 32
            for (int k1 = 1; k1 < N1; k1++) {
                store_point(work + (k1 * N2 + n2) * kPoint, turned(x[k1], twiddle + 2 * k1));
            }
        }
    }

    template <class Store>
    static NH_INLINE void second(const LinePlan&, float* work, Store store) {
        for (int k1 = 0; k1 < N1; k1++) {
            Complex8 x[N2];
#pragma GCC unroll 32
            for (int n2 = 0; n2 < N2; n2++) x[n2] = load_point(work + (k1 * N2 + n2) * kPoint);
            Dft<N2>::run(x);
#pragma GCC unroll 32
            for (int k2 = 0; k2 < N2; k2++) store(k1 + N1 * k2, k1 * N2 + k2, x[k2]);
        }
    }
};

// Any length: Stockham's self-sorting passes with the radices 2, 3, 4, 5, 7 and a plain sum for larger primes. After
// the passes with product s the line holds, at q + s p, the s-point transforms of N/s interleaved signals.
struct GeneralLine {
    template <class Load>
    static NH_INLINE void first(const LinePlan& plan, float* work, Load load) {
        for (int n = 0; n < plan.length; n++) store_point(work + n * kPoint, load(n));
    }

    template <class Store>
    static NH_INLINE void second(const LinePlan& plan, float* work, Store store) {
        const float* result = passes(plan, work);
        for (int k = 0; k < plan.length; k++) store(k, k, load_point(result + k * kPoint));
    }

    static float* passes(const LinePlan& plan, float* work) {
        float *from = work, *to = work + plan.length * kPoint;
        int done = 1;
        for (int i = 0; i < plan.factor_count; i++) {
            const int radix = plan.factors[i];
            switch (radix) {
                case 2:
                    pass<2>(plan, done, from, to);
                    break;
                case 3:
                    pass<3>(plan, done, from, to);
                    break;
                case 4:
                    pass<4>(plan, done, from, to);
                    break;
                case 5:
                    pass<5>(plan, done, from, to);
                    break;
                case 7:
                    pass<7>(plan, done, from, to);
                    break;
                default:
                    prime_pass(plan, radix, done, from, to);
            }
            done *= radix;
            float* swap = from;
            from = to;
            to = swap;
        }
        return from;
    }

    // For p < N / (s R), q < s: y[q + s (R p + k)] = exp(-2 pi i p k s / N) sum_j x[q + s (p + j N/(s R))] w_R^(jk).
    template <int R>
    static void pass(const LinePlan& plan, int s, const float* x, float* y) {
        const int n = plan.length, groups = n / (s * R);
        const float* root = plan.twiddle;
        for (int p = 0; p < groups; p++) {
            for (int q = 0; q < s; q++) {
                Complex8 t[R];
#pragma GCC unroll 8
                for (int j = 0; j < R; j++) t[j] = load_point(x + (q + s * (p + j * groups)) * kPoint);
                Dft<R>::run(t);
#pragma GCC unroll 8
                for (int k = 0; k < R; k++) {
                    store_point(y + (q + s * (R * p + k)) * kPoint, turned(t[k], root + 2 * (p * k * s)));
                }
            }
        }
    }

    static void prime_pass(const LinePlan& plan, int radix, int s, const float* x, float* y) {
        const int n = plan.length, groups = n / (s * radix), root_step = n / radix;
        const float* root = plan.twiddle;
        for (int p = 0; p < groups; p++) {
            for (int q = 0; q < s; q++) {
                for (int k = 0; k < radix; k++) {
                    Complex8 sum = zero_point();
                    for (int j = 0; j < radix; j++) {
                        const Complex8 t = load_point(x + (q + s * (p + j * groups)) * kPoint);
                        sum = sum + turned(t, root + 2 * (j * k % radix * root_step));
                    }
                    store_point(y + (q + s * (radix * p + k)) * kPoint, turned(sum, root + 2 * (p * k * s)));
                }
            }
        }
    }
};

}  // namespace nanohooke::NH_ISA
