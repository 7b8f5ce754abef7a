// SPDX-License-Identifier: Apache-2.0
//
// The specialised lengths and the general one, for one instruction set.
#include "fft/plane_passes.h"

namespace nanohooke::NH_ISA {
namespace {

template <class Line>
constexpr LineKernels kernels_of(int first_radix, int second_radix) {
    using Passes = PlanePasses<Line>;
    return {first_radix,
            second_radix,
            Passes::columns_forward,
            Passes::rows_forward,
            Passes::rows_inverse,
            Passes::rows_inverse_product,
            Passes::columns_inverse};
}

template <int N1, int N2>
constexpr LineKernels specialised() {
    return kernels_of<FixedLine<N1, N2>>(N1, N2);
}

}  // namespace

extern const LineKernels kLines[];
extern const int kLineCount;
extern const LineKernels kGeneralLine;

// The lengths listed in network.h: 16 2^n for periodic images, 270, 140, 75, 42, 27 for 20 x 20 kernels on zero-padded
// images of 256 .. 16 pixels, and a few between them.
const LineKernels kLines[] = {
    specialised<4, 4>(),    // 16
    specialised<4, 5>(),    // 20
    specialised<4, 6>(),    // 24
    specialised<3, 9>(),    // 27
    specialised<4, 8>(),    // 32
    specialised<6, 6>(),    // 36
    specialised<5, 8>(),    // 40
    specialised<6, 7>(),    // 42
    specialised<9, 5>(),    // 45
    specialised<6, 8>(),    // 48
    specialised<8, 8>(),    // 64
    specialised<5, 15>(),   // 75
    specialised<8, 10>(),   // 80
    specialised<8, 12>(),   // 96
    specialised<8, 16>(),   // 128
    specialised<14, 10>(),  // 140
    specialised<12, 12>(),  // 144
    specialised<10, 16>(),  // 160
    specialised<12, 16>(),  // 192
    specialised<16, 16>(),  // 256
    specialised<15, 18>(),  // 270
    specialised<16, 20>(),  // 320
};
const int kLineCount = sizeof kLines / sizeof kLines[0];

const LineKernels kGeneralLine = kernels_of<GeneralLine>(0, 0);

}  // namespace nanohooke::NH_ISA
