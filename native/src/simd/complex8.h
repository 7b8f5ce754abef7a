// SPDX-License-Identifier: Apache-2.0
//
// Eight complex numbers. In memory they are a "point": eight real parts, then eight imaginary parts, 64 bytes.
#pragma once

#include "simd/vec8.h"

namespace nanohooke::NH_ISA {

struct Complex8 {
    Vec8 re, im;
};

constexpr int kPoint = 2 * kLanes;  // floats of one point

NH_INLINE Complex8 load_point(const float* p) { return {load(p), load(p + kLanes)}; }
NH_INLINE void store_point(float* p, Complex8 a) {
    store(p, a.re);
    store(p + kLanes, a.im);
}
NH_INLINE Complex8 zero_point() { return {zero(), zero()}; }

NH_INLINE Complex8 operator+(Complex8 a, Complex8 b) { return {a.re + b.re, a.im + b.im}; }
NH_INLINE Complex8 operator-(Complex8 a, Complex8 b) { return {a.re - b.re, a.im - b.im}; }
NH_INLINE Complex8 conjugate_product(Complex8 a, Complex8 b) {  // conj(a) b
    return {fma(a.re, b.re, a.im * b.im), fms(a.re, b.im, a.im * b.re)};
}
NH_INLINE Complex8 swapped(Complex8 a) { return {a.im, a.re}; }         // i conj(a)
NH_INLINE Complex8 times_minus_i(Complex8 a) { return {a.im, -a.re}; }  // -i a

}  // namespace nanohooke::NH_ISA
