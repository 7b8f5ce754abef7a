// SPDX-License-Identifier: Apache-2.0
//
// Vec8 on AVX2 + FMA; with AVX-512VL the same operations get masks and more registers. Included by vec8.h only.
#pragma once

#include <immintrin.h>

namespace nanohooke::NH_ISA {

struct Vec8 {
    __m256 v;
};

NH_INLINE Vec8 load(const float* p) { return {_mm256_loadu_ps(p)}; }
NH_INLINE void store(float* p, Vec8 a) { _mm256_storeu_ps(p, a.v); }
NH_INLINE Vec8 splat(float x) { return {_mm256_set1_ps(x)}; }
NH_INLINE Vec8 zero() { return {_mm256_setzero_ps()}; }

NH_INLINE Vec8 operator+(Vec8 a, Vec8 b) { return {_mm256_add_ps(a.v, b.v)}; }
NH_INLINE Vec8 operator-(Vec8 a, Vec8 b) { return {_mm256_sub_ps(a.v, b.v)}; }
NH_INLINE Vec8 operator*(Vec8 a, Vec8 b) { return {_mm256_mul_ps(a.v, b.v)}; }
NH_INLINE Vec8 operator/(Vec8 a, Vec8 b) { return {_mm256_div_ps(a.v, b.v)}; }
NH_INLINE Vec8 operator-(Vec8 a) { return {-a.v}; }
NH_INLINE Vec8 max(Vec8 a, Vec8 b) { return {_mm256_max_ps(a.v, b.v)}; }
NH_INLINE Vec8 sqrt(Vec8 a) { return {_mm256_sqrt_ps(a.v)}; }

NH_INLINE Vec8 fma(Vec8 a, Vec8 b, Vec8 c) { return {_mm256_fmadd_ps(a.v, b.v, c.v)}; }    //  a b + c
NH_INLINE Vec8 fms(Vec8 a, Vec8 b, Vec8 c) { return {_mm256_fmsub_ps(a.v, b.v, c.v)}; }    //  a b - c
NH_INLINE Vec8 fnma(Vec8 a, Vec8 b, Vec8 c) { return {_mm256_fnmadd_ps(a.v, b.v, c.v)}; }  // -a b + c

// Bit l of the result is the comparison in lane l; a comparison with NaN is false.
NH_INLINE unsigned greater(Vec8 a, Vec8 b) { return _mm256_movemask_ps(_mm256_cmp_ps(a.v, b.v, _CMP_GT_OQ)); }
NH_INLINE unsigned equal(Vec8 a, Vec8 b) { return _mm256_movemask_ps(_mm256_cmp_ps(a.v, b.v, _CMP_EQ_OQ)); }

// a where the lane's bit is set, 0 elsewhere.
NH_INLINE Vec8 keep(unsigned bits, Vec8 a) {
    const __m256i lane_bit = _mm256_setr_epi32(1, 2, 4, 8, 16, 32, 64, 128);
    const __m256i set = _mm256_and_si256(_mm256_set1_epi32(static_cast<int>(bits)), lane_bit);
    return {_mm256_and_ps(a.v, _mm256_castsi256_ps(_mm256_cmpeq_epi32(set, lane_bit)))};
}

// The sixteen numbers a|b parted into those of even and of odd index, and put together again.
NH_INLINE void deinterleave(Vec8 a, Vec8 b, Vec8& even, Vec8& odd) {
    const __m256 e = _mm256_shuffle_ps(a.v, b.v, 0x88), o = _mm256_shuffle_ps(a.v, b.v, 0xDD);
    even.v = _mm256_castpd_ps(_mm256_permute4x64_pd(_mm256_castps_pd(e), 0xD8));
    odd.v = _mm256_castpd_ps(_mm256_permute4x64_pd(_mm256_castps_pd(o), 0xD8));
}
NH_INLINE void interleave(Vec8 even, Vec8 odd, Vec8& a, Vec8& b) {
    const __m256 low = _mm256_unpacklo_ps(even.v, odd.v), high = _mm256_unpackhi_ps(even.v, odd.v);
    a.v = _mm256_permute2f128_ps(low, high, 0x20);
    b.v = _mm256_permute2f128_ps(low, high, 0x31);
}

// Transposes the 8 x 8 matrix whose rows are r[0..7].
NH_INLINE void transpose(Vec8 r[8]) {
    __m256 pair[8], quad[8];
    for (int i = 0; i < 4; i++) {
        pair[2 * i] = _mm256_unpacklo_ps(r[2 * i].v, r[2 * i + 1].v);
        pair[2 * i + 1] = _mm256_unpackhi_ps(r[2 * i].v, r[2 * i + 1].v);
    }
    for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 2; j++) {
            quad[4 * i + 2 * j] = _mm256_shuffle_ps(pair[4 * i + j], pair[4 * i + j + 2], 0x44);
            quad[4 * i + 2 * j + 1] = _mm256_shuffle_ps(pair[4 * i + j], pair[4 * i + j + 2], 0xEE);
        }
    }
    for (int i = 0; i < 4; i++) {
        r[i].v = _mm256_permute2f128_ps(quad[i], quad[i + 4], 0x20);
        r[i + 4].v = _mm256_permute2f128_ps(quad[i], quad[i + 4], 0x31);
    }
}

}  // namespace nanohooke::NH_ISA
