// SPDX-License-Identifier: Apache-2.0
//
// Sizes of a first layer that is computed from the edges of its binary image, by value on the device.
//
// A row of ones and zeros, continued on both sides as far as the kernel reaches, is the running sum of its edges, +1
// where a run begins and -1 behind its end, and a running sum commutes with the convolution: with an edge's place p
// counted from column -before, and slots, of which column s has slot s + kernel - 1,
//   y[r][s] = sum over slots t <= s + kernel - 1 of d_r[t],
//   d_r     = sum over kernel rows i and edges p of row r + i - before: +- the kernel's row i, its columns in reverse
//             order, from slot p on;
// back, with S_r[t] = sum over slots >= t of dy_r,
//   dw[i][j] = sum over rows r and edges p of row r + i - before: +- S_r[p + kernel - 1 - j].
// A warp works on two rows of results side by side (float2) for some outputs; its lanes are taps: kernel columns of all
// these outputs, so that an edge costs one addition a tap. Any number of edges is right; few are fast.
#pragma once

#include "convolution.h"

namespace nanohooke {

constexpr int kEdgeWarps = 4;    // of a block
constexpr int kEdgeRows = 20;    // of a kernel, at most: their weights are in registers
constexpr int kEdgeChunks = 4;   // of 32 taps, at most
constexpr int kEdgeGroup = 8;    // outputs of a warp, at most
constexpr int kEdgeWidth = 256;  // of an image, at most: eight columns a lane
constexpr int kEdgeTaps = 32 * kEdgeChunks;

struct EdgeShape {
    int out, kernel, before, height, width;
    bool periodic, relu;
    int group, groups;  // outputs of a warp; how many such groups
    int stride;         // slots of an output
    int first;          // place of slot 0, so that the slots of columns begin at multiples of 16 bytes
    int words;          // with edges in them, of a row
    int pairs;          // of rows of results, that a block computes

    __host__ __device__ int taps() const { return group * kernel; }
    __host__ __device__ int all_pairs() const { return height / 2; }
    __host__ __device__ int image_rows() const { return 2 * pairs + kernel - 1; }
    __host__ __device__ int weight_count() const { return out * kernel * kernel; }
    __host__ __device__ int results() const { return weight_count() + out; }  // weights, then biases
};

}  // namespace nanohooke
