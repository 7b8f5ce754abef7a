// SPDX-License-Identifier: Apache-2.0
//
// Products of spectra: at every point a small complex matrix product, all numbers eight lanes wide.
#pragma once

#include "network/kernels.h"
#include "simd/complex8.h"

namespace nanohooke::NH_ISA {

// Three rows by two columns, or six rows by one, keep twelve accumulators, one b and one a in sixteen registers.
constexpr int kGemmRows = 3, kGemmColumns = 2, kVectorRows = 6;

// With one column every a is used once, so that a block takes as long as its way from memory. Its rows are too short
// for the processor to find six streams in them, but where rows and blocks follow each other in memory, what is needed
// next is known: the place this far ahead [floats] is fetched early. 16 KiB is best of 2 to 48, and one and a half
// times as fast as nothing.
constexpr ptrdiff_t kAhead = 4096;

template <bool Conjugate, int Rows, int Columns, bool Fetch = false>
NH_INLINE void gemm_block(const ComplexGemm& g, const float* a, const float* b, float* c) {
    Vec8 re[Rows][Columns], im[Rows][Columns];
#pragma GCC unroll 8
    for (int i = 0; i < Rows; i++) {
#pragma GCC unroll 8
        for (int j = 0; j < Columns; j++) {
            const float* old = c + i * g.c.row + j * g.c.column;
            re[i][j] = g.accumulate ? load(old) : zero();
            im[i][j] = g.accumulate ? load(old + kLanes) : zero();
        }
    }
    const float* ahead = a + kAhead;
    for (int k = 0; k < g.inner; k++, a += g.a.column, b += g.b.column) {
        if (Fetch) {
#pragma GCC unroll 8
            for (int i = 0; i < Rows; i++, ahead += kPoint) __builtin_prefetch(ahead);
        }
#pragma GCC unroll 8
        for (int j = 0; j < Columns; j++) {
            const Complex8 y = load_point(b + j * g.b.row);
#pragma GCC unroll 8
            for (int i = 0; i < Rows; i++) {
                const Complex8 x = load_point(a + i * g.a.row);
                re[i][j] = fma(x.re, y.re, re[i][j]);
                im[i][j] = fma(x.re, y.im, im[i][j]);
                re[i][j] = Conjugate ? fma(x.im, y.im, re[i][j]) : fnma(x.im, y.im, re[i][j]);
                im[i][j] = Conjugate ? fnma(x.im, y.re, im[i][j]) : fma(x.im, y.re, im[i][j]);
            }
        }
    }
#pragma GCC unroll 8
    for (int i = 0; i < Rows; i++) {
#pragma GCC unroll 8
        for (int j = 0; j < Columns; j++) store_point(c + i * g.c.row + j * g.c.column, {re[i][j], im[i][j]});
    }
}

template <bool Conjugate, int Rows>
NH_INLINE void gemm_rows(const ComplexGemm& g, const float* a, const float* b, float* c) {
    int j = 0;
    for (; j + kGemmColumns <= g.columns; j += kGemmColumns) {
        gemm_block<Conjugate, Rows, kGemmColumns>(g, a, b + j * g.b.row, c + j * g.c.column);
    }
    for (; j < g.columns; j++) gemm_block<Conjugate, Rows, 1>(g, a, b + j * g.b.row, c + j * g.c.column);
}

template <bool Conjugate>
void gemm_points(const ComplexGemm& g) {
    for (int p = 0; p < g.points; p++) {
        const float *a = g.a.data + p * g.a.point, *b = g.b.data + p * g.b.point;
        float* c = g.c.data + p * g.c.point;
        int i = 0;
        if (g.columns == 1 && g.a.column == kPoint && g.a.row == static_cast<ptrdiff_t>(g.inner) * kPoint) {
            for (; i + kVectorRows <= g.rows; i += kVectorRows) {
                gemm_block<Conjugate, kVectorRows, 1, true>(g, a + i * g.a.row, b, c + i * g.c.row);
            }
        }
        for (; i + kGemmRows <= g.rows; i += kGemmRows) {
            gemm_rows<Conjugate, kGemmRows>(g, a + i * g.a.row, b, c + i * g.c.row);
        }
        for (; i < g.rows; i++) gemm_rows<Conjugate, 1>(g, a + i * g.a.row, b, c + i * g.c.row);
    }
}

inline void complex_gemm(const ComplexGemm& g) {
    if (g.conjugate_a) {
        gemm_points<true>(g);
    } else {
        gemm_points<false>(g);
    }
}

}  // namespace nanohooke::NH_ISA
