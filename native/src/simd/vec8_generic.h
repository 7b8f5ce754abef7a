// SPDX-License-Identifier: Apache-2.0
//
// Vec8 as two vectors of four in the compiler's own vector types: SSE2 on x86-64, NEON on arm64, anything else that
// GCC >= 12 or Clang knows. Included by vec8.h only.
#pragma once

namespace nanohooke::NH_ISA {

typedef float Vec4 __attribute__((vector_size(16)));
typedef int Mask4 __attribute__((vector_size(16)));

struct Vec8 {
    Vec4 low, high;
};

NH_INLINE Vec8 load(const float* p) {
    Vec8 a;
    __builtin_memcpy(&a.low, p, sizeof a.low);
    __builtin_memcpy(&a.high, p + 4, sizeof a.high);
    return a;
}
NH_INLINE void store(float* p, Vec8 a) {
    __builtin_memcpy(p, &a.low, sizeof a.low);
    __builtin_memcpy(p + 4, &a.high, sizeof a.high);
}
NH_INLINE Vec8 splat(float x) { return {Vec4{x, x, x, x}, Vec4{x, x, x, x}}; }
NH_INLINE Vec8 zero() { return splat(0.0f); }

NH_INLINE Vec8 operator+(Vec8 a, Vec8 b) { return {a.low + b.low, a.high + b.high}; }
NH_INLINE Vec8 operator-(Vec8 a, Vec8 b) { return {a.low - b.low, a.high - b.high}; }
NH_INLINE Vec8 operator*(Vec8 a, Vec8 b) { return {a.low * b.low, a.high * b.high}; }
NH_INLINE Vec8 operator/(Vec8 a, Vec8 b) { return {a.low / b.low, a.high / b.high}; }
NH_INLINE Vec8 operator-(Vec8 a) { return {-a.low, -a.high}; }
NH_INLINE Vec8 max(Vec8 a, Vec8 b) { return {a.low > b.low ? a.low : b.low, a.high > b.high ? a.high : b.high}; }
NH_INLINE Vec8 sqrt(Vec8 a) {
    for (int i = 0; i < 4; i++) {
        a.low[i] = __builtin_sqrtf(a.low[i]);
        a.high[i] = __builtin_sqrtf(a.high[i]);
    }
    return a;
}

// The build allows contraction, so that these become one instruction where the machine has it.
NH_INLINE Vec8 fma(Vec8 a, Vec8 b, Vec8 c) { return a * b + c; }
NH_INLINE Vec8 fms(Vec8 a, Vec8 b, Vec8 c) { return a * b - c; }
NH_INLINE Vec8 fnma(Vec8 a, Vec8 b, Vec8 c) { return c - a * b; }

NH_INLINE unsigned lane_bits(Mask4 low, Mask4 high) {
    const Mask4 a = low & Mask4{1, 2, 4, 8}, b = high & Mask4{16, 32, 64, 128};
    const Mask4 both = a | b;
    return static_cast<unsigned>(both[0] | both[1] | both[2] | both[3]);
}

// Bit l of the result is the comparison in lane l; a comparison with NaN is false.
NH_INLINE unsigned greater(Vec8 a, Vec8 b) { return lane_bits(a.low > b.low, a.high > b.high); }
NH_INLINE unsigned equal(Vec8 a, Vec8 b) { return lane_bits(a.low == b.low, a.high == b.high); }

// a where the lane's bit is set, 0 elsewhere.
NH_INLINE Vec8 keep(unsigned bits, Vec8 a) {
    const int b = static_cast<int>(bits);
    const Mask4 all = {b, b, b, b}, low_bit = {1, 2, 4, 8}, high_bit = {16, 32, 64, 128};
    const Vec4 none = {0, 0, 0, 0};
    return {(all & low_bit) != 0 ? a.low : none, (all & high_bit) != 0 ? a.high : none};
}

// The sixteen numbers a|b parted into those of even and of odd index, and put together again.
NH_INLINE void deinterleave(Vec8 a, Vec8 b, Vec8& even, Vec8& odd) {
    even = {__builtin_shufflevector(a.low, a.high, 0, 2, 4, 6), __builtin_shufflevector(b.low, b.high, 0, 2, 4, 6)};
    odd = {__builtin_shufflevector(a.low, a.high, 1, 3, 5, 7), __builtin_shufflevector(b.low, b.high, 1, 3, 5, 7)};
}
NH_INLINE void interleave(Vec8 even, Vec8 odd, Vec8& a, Vec8& b) {
    a = {__builtin_shufflevector(even.low, odd.low, 0, 4, 1, 5),
         __builtin_shufflevector(even.low, odd.low, 2, 6, 3, 7)};
    b = {__builtin_shufflevector(even.high, odd.high, 0, 4, 1, 5),
         __builtin_shufflevector(even.high, odd.high, 2, 6, 3, 7)};
}

NH_INLINE void transpose4(Vec4& a, Vec4& b, Vec4& c, Vec4& d) {
    const Vec4 ab0 = __builtin_shufflevector(a, b, 0, 4, 1, 5), ab1 = __builtin_shufflevector(a, b, 2, 6, 3, 7);
    const Vec4 cd0 = __builtin_shufflevector(c, d, 0, 4, 1, 5), cd1 = __builtin_shufflevector(c, d, 2, 6, 3, 7);
    a = __builtin_shufflevector(ab0, cd0, 0, 1, 4, 5);
    b = __builtin_shufflevector(ab0, cd0, 2, 3, 6, 7);
    c = __builtin_shufflevector(ab1, cd1, 0, 1, 4, 5);
    d = __builtin_shufflevector(ab1, cd1, 2, 3, 6, 7);
}

// Transposes the 8 x 8 matrix whose rows are r[0..7].
NH_INLINE void transpose(Vec8 r[8]) {
    transpose4(r[0].low, r[1].low, r[2].low, r[3].low);
    transpose4(r[0].high, r[1].high, r[2].high, r[3].high);
    transpose4(r[4].low, r[5].low, r[6].low, r[7].low);
    transpose4(r[4].high, r[5].high, r[6].high, r[7].high);
    for (int i = 0; i < 4; i++) {
        const Vec4 corner = r[i].high;
        r[i].high = r[i + 4].low;
        r[i + 4].low = corner;
    }
}

}  // namespace nanohooke::NH_ISA
