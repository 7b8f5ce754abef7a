// SPDX-License-Identifier: Apache-2.0
//
// Where the numbers of a real plane's transform lie, in shared memory and in a spectrum.
//
// A plane has 16 M x 16 M points. Two neighbouring columns make one complex column. Columns are transformed by 16 x M,
// the two of a pair are parted, then rows by M x 16. A spectrum has 8 M rows of 16 M complex numbers: frequencies of
// columns up to 8 M, of which 0 and 8 M (each the transform of real numbers) share row 0. It lies in memory as the
// registers of the last step hold it, in units of 16 bytes (quads); only the way back needs to know that order.
#pragma once

#include "plane_codelets.h"

namespace nanohooke {

template <int Factor, bool ZeroPadded>
struct PlaneGeometry {
    static constexpr int M = Factor;
    static constexpr bool kZeroPadded = ZeroPadded;
    static constexpr int kLength = 16 * M;
    // Side of the planes. Zero padding: the last 16 rows and columns are zeros, where sums over a kernel's side end.
    static constexpr int kSize = kLength - (ZeroPadded ? 16 : 0);
    static constexpr int kRows = 8 * M;                    // of a spectrum; also pairs of columns
    static constexpr int kPoints = kLength * kLength / 2;  // complex numbers of a spectrum
    static constexpr int kQuads = kPoints / 2;
    static constexpr int kGroups = kRows * M;         // of 16 numbers each
    static constexpr int kUnits = 8 * kRows;          // of 2 M numbers each
    static constexpr int kSharedBytes = 16 * kQuads;  // of one plane: 4 bytes a point

    // Blocks take so many threads and at most so many planes that every step fills them and that kBlocks of them fit a
    // multiprocessor of sm_90.
    static constexpr int kBlockThreads = M == 9 ? 352 : 256;
    static constexpr int kBlocks = M == 9 ? 2 : 3;
    static constexpr int kMostPlanes = M == 1 ? 32 : M <= 3 ? 8 : M <= 5 ? 2 : 1;

    // In shared memory: row, pair of columns. The last three bits are turned, so that 8 lanes that follow each other
    // in column or in group (row M + column / 8) meet different banks.
    static __device__ int at(int row, int j) { return row * kRows + (j & ~7) + ((j ^ (row * M + (j >> 3))) & 7); }
    // Of group row M + t: its quad q, columns 16 t + 2 q, is at of_group ^ q.
    static __device__ int of_group(int group) { return group * 8 + (group & 7); }
    // Whether row n + M i is one of the plane's, without a question where it always is.
    static __device__ bool inside(int n, int i) { return M * i + M <= kSize || n + M * i < kSize; }

    // In a spectrum: registers 2 i and 2 i + 1 of group `group`, which holds the frequencies
    // group % M + M r (r < 16) of row group / M.
    static __host__ __device__ int spectrum(int group, int i) { return ((group & ~7) + i) * 8 + (group & 7); }
};

// Frequencies p and 16 - p travel in one quad, so that parting two columns needs no exchange; 0 goes with 8.
__device__ constexpr int partner(int p) { return p == 0 ? 8 : 16 - p; }

// The two complex numbers of a spectrum (of any size) that are two real ones each: frequencies 0 and 8 M of row 0, with
// the real part for column frequency 0 and the imaginary one for 8 M.
constexpr int kRealPair = 64;
__host__ __device__ constexpr bool is_real_pair(int point) { return point == 0 || point == kRealPair; }

}  // namespace nanohooke
