// SPDX-License-Identifier: Apache-2.0
//
// Eight floats that are worked on together: one 256-bit register with AVX, two 128-bit ones elsewhere. Every kernel
// of the network is written once with this type and compiled once per instruction set, in a namespace of its own
// (NH_ISA, set by the build), so that no function of one set can be linked in place of another's.
//
// Eight lanes everywhere, AVX-512 included: the layout of every buffer is then the same for all sets, and what the
// transforms want from AVX-512 is its thirty-two registers, not its width.
#pragma once

#ifndef NH_ISA
#error "NH_ISA must name the instruction set: plain, avx2 or avx512"
#endif

#define NH_INLINE inline __attribute__((always_inline))
#define NH_NOINLINE __attribute__((noinline))
#define NH_INLINE_LAMBDA __attribute__((always_inline))

#if defined(__AVX2__) && defined(__FMA__)
#include "simd/vec8_avx.h"
#else
#include "simd/vec8_generic.h"
#endif

namespace nanohooke::NH_ISA {

constexpr int kLanes = 8;

// Sum of the lanes in a fixed order, the same for every instruction set.
NH_INLINE float horizontal_sum(Vec8 v) {
    float lane[kLanes];
    store(lane, v);
    return ((lane[0] + lane[4]) + (lane[2] + lane[6])) + ((lane[1] + lane[5]) + (lane[3] + lane[7]));
}

}  // namespace nanohooke::NH_ISA
