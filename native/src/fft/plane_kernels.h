// SPDX-License-Identifier: Apache-2.0
//
// The four passes of a real two-dimensional transform, as the kernels of one instruction set offer them, and the data
// that they share with the code that drives them.
//
// A plane x[r][s] is transformed in two passes. Columns: two groups of eight real columns are the real and imaginary
// part of one complex transform of eight lanes; its frequencies k and N-k are parted into those of the two groups, and
// 8 x 8 transposes turn "lane = column" into "lane = vertical frequency". This fills the grid, a point for each block
// of eight vertical frequencies and each column. Rows: one complex transform per block along the columns, no shuffles.
// The inverse takes the same steps backwards. Both passes skip what is known to be zero or is not wanted.
//
// Neither direction is normalised: forward gives twice the spectrum, inverse(forward(x)) = 2 Ny Nx x.
#pragma once

#include <cstddef>
#include <cstdint>

#include "fft/line_plan.h"

namespace nanohooke {

// Sixteen columns of a plane: row r at data + r * stride.
struct ColumnBlock {
    const float* data;
    ptrdiff_t stride;
};

// Where a plane comes from. fetch answers with columns 16 b .. 16 b + 15 (zeros beyond the plane's width), if it must
// in the tile [height][16] that it may fill.
struct ColumnSource {
    ColumnBlock (*fetch)(void* context, int block, float* tile);
    void* context;
};

// Where a plane goes: columns 16 b .. 16 b + 15 as tile[height][16], unnormalised.
struct ColumnSink {
    void (*emit)(void* context, int block, const float* tile);
    void* context;
};

// Scratch memory of one thread for one plane.
struct PlaneScratch {
    float* grid;            // [frequency block][column] points; one further column is zero going in, waste coming out
    ptrdiff_t grid_stride;  // floats from block to block
    float* work;            // 2 N + 1 points for the longer line N
    float* tile;            // [height + 1][16]
};

// A spectrum: frequency block b and horizontal frequency k at point b * Nx + k. If the last block holds nothing but
// the Nyquist frequency (N/2 divisible by 8), its Nx numbers are packed eight to a point instead of one.
struct SpectrumShape {
    int blocks;
    bool packs_nyquist;
};

struct SpectrumView {
    float* data;
    ptrdiff_t point_stride;  // floats
};

// Index tables of Placement (plane.h): row[n] is the plane's row at place n of the vertical line or -1; column[n] the
// grid column at place n of the horizontal line, or the grid's extra column.
struct LineKernels {
    int first_radix, second_radix;  // length = product; 0, 0: any length
    void (*columns_forward)(const LinePlan& vertical, const int32_t* row, int column_blocks, const ColumnSource& source,
                            const PlaneScratch& scratch);
    void (*rows_forward)(const LinePlan& horizontal, const int32_t* column, SpectrumShape shape,
                         const PlaneScratch& scratch, SpectrumView out);
    // Fills width columns of the grid and clears those that complete a block of sixteen.
    void (*rows_inverse)(const LinePlan& horizontal, const int32_t* column, int width, SpectrumShape shape,
                         SpectrumView in, const PlaneScratch& scratch);
    // As rows_inverse of the product in * conj(factor).
    void (*rows_inverse_product)(const LinePlan& horizontal, const int32_t* column, int width, SpectrumShape shape,
                                 SpectrumView in, SpectrumView factor, const PlaneScratch& scratch);
    // Rows that are not wanted (row[n] = height) land in the tile's last row.
    void (*columns_inverse)(const LinePlan& vertical, const int32_t* row, int column_blocks, const ColumnSink& sink,
                            const PlaneScratch& scratch);
};

}  // namespace nanohooke
