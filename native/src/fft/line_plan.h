// SPDX-License-Identifier: Apache-2.0
//
// What a one-dimensional transform needs to know: factors, twiddles, and where its results lie. Plain data, shared by
// all instruction sets.
#pragma once

#include <cstdint>

namespace nanohooke {

constexpr int kLanesPerPoint = 8;
constexpr int kFloatsPerPoint = 16;   // re[8] | im[8]
constexpr int kColumnsPerBlock = 16;  // two groups of eight real columns make one complex transform

struct LineKernels;

// Tables of one length N; PlaneTransform (plane.h) owns them.
struct LinePlan {
    int length;
    const LineKernels* kernels;

    // Specialised kernel, N = N1 N2: exp(-2 pi i n2 k1 / N) at [n2][k1]. General one: the roots exp(-2 pi i t / N).
    // Pairs (cos, sin).
    const float* twiddle;
    // General kernel: the factors of N (4 counts as one).
    const int32_t* factors;
    int factor_count;

    // Frequencies k = 0 .. N/2 of a real signal, padded to blocks of eight, as pairs: where k and N - k lie in the work
    // line after a transform (read_pair) or before one (write_pair), in floats. Lanes beyond N/2 repeat k = 0 when
    // read; written, they go to a point that nobody reads.
    int frequency_blocks;
    const int32_t* read_pair;
    const int32_t* write_pair;
};

}  // namespace nanohooke
