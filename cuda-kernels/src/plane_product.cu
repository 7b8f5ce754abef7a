// SPDX-License-Identifier: Apache-2.0
//
// A lane owns a frequency, a thread a tile of Rows x Columns results there; the warps of a block share frequencies, so
// that what they read together comes from the cache. The next Depth terms are loaded while the present ones are summed.
#include "plane_product.h"

#include <algorithm>

#include "plane_geometry.h"

namespace nanohooke {

namespace {

struct ProductWarps {
    int rows, columns;  // tiles of a block
};

template <int Rows, int Columns, int Depth>
struct Terms {
    float2 a[Depth][Rows], b[Depth][Columns];
};

template <int Rows, int Columns, int Depth, int MostThreads, int Blocks>
__global__ void __launch_bounds__(MostThreads, Blocks)
    multiply_tiles(SpectraMatrix a, SpectraMatrix b, float2* __restrict__ result, ProductSizes s, ProductWarps warps) {
    const int lane = threadIdx.x % 32, warp = threadIdx.x / 32;
    const int point = blockIdx.x * 32 + lane;
    const int column_tiles = (s.columns + Columns * warps.columns - 1) / (Columns * warps.columns);
    const int part = blockIdx.y / column_tiles;
    const int column = (blockIdx.y % column_tiles * warps.columns + warp % warps.columns) * Columns;
    const int row = (blockIdx.z * warps.rows + warp / warps.columns) * Rows;
    if (row >= s.rows || column >= s.columns) return;
    const int length = (s.terms + s.parts - 1) / s.parts, begin = part * length, end = min(s.terms, begin + length);

    // Tiles over the edge repeat the last row or column and keep the result to themselves.
    const float2 *from_a[Rows], *from_b[Columns];
#pragma unroll
    for (int i = 0; i < Rows; i++) {
        from_a[i] = a.spectra + (min(row + i, s.rows - 1) * a.row + begin * a.term) * s.points + point;
    }
#pragma unroll
    for (int j = 0; j < Columns; j++) {
        from_b[j] = b.spectra + (min(column + j, s.columns - 1) * b.row + begin * b.term) * s.points + point;
    }
    const int64_t step_a = a.term * s.points, step_b = b.term * s.points;
    const auto load = [&](int term, Terms<Rows, Columns, Depth>& to) {
#pragma unroll
        for (int d = 0; d < Depth; d++) {
            const bool there = term + d < end;
#pragma unroll
            for (int i = 0; i < Rows; i++) {
                to.a[d][i] = there ? __ldg(from_a[i]) : float2{0, 0};
                from_a[i] += step_a;
            }
#pragma unroll
            for (int j = 0; j < Columns; j++) {
                to.b[d][j] = there ? __ldg(from_b[j]) : float2{0, 0};
                from_b[j] += step_b;
            }
        }
    };

    // (x, y) times b is (x u - y v, x v + y w); where two real numbers make a point, u and w are they and v is 0.
    const bool real_pair = is_real_pair(point);
    const float sign = real_pair ? 0.0f : s.conjugate ? -1.0f : 1.0f;
    float2 sum[Rows][Columns] = {};
    Terms<Rows, Columns, Depth> now, next;
    load(begin, now);
#pragma unroll 1
    for (int term = begin; term < end; term += Depth) {
        load(term + Depth, next);
#pragma unroll
        for (int d = 0; d < Depth; d++) {
#pragma unroll
            for (int j = 0; j < Columns; j++) {
                const float u = now.b[d][j].x, w = real_pair ? now.b[d][j].y : u, v = sign * now.b[d][j].y;
#pragma unroll
                for (int i = 0; i < Rows; i++) {
                    const float2 x = now.a[d][i];
                    sum[i][j].x += x.x * u;
                    sum[i][j].x -= x.y * v;
                    sum[i][j].y += x.x * v;
                    sum[i][j].y += x.y * w;
                }
            }
        }
        now = next;
    }
    const float turned = s.conjugate_of && !real_pair ? -1.0f : 1.0f;
    result += (static_cast<int64_t>(part) * s.rows + row) * s.columns * s.points + point;
#pragma unroll
    for (int i = 0; i < Rows; i++) {
#pragma unroll
        for (int j = 0; j < Columns; j++) {
            if (row + i < s.rows && column + j < s.columns) {
                result[(static_cast<int64_t>(i) * s.columns + column + j) * s.points] = {sum[i][j].x,
                                                                                        turned * sum[i][j].y};
            }
        }
    }
}

template <int Rows, int Columns, int Depth, int MostThreads, int Blocks>
void launch(const SpectraMatrix& a, const SpectraMatrix& b, float2* result, const ProductSizes& s,
            cudaStream_t stream) {
    const auto tiles = [](int count, int size) { return (count + size - 1) / size; };
    constexpr int kMostWarps = MostThreads / 32;
    ProductWarps warps;
    warps.columns = std::min(2, tiles(s.columns, Columns));
    warps.rows = std::min(kMostWarps / warps.columns, tiles(s.rows, Rows));
    const dim3 grid(s.points / 32, tiles(s.columns, Columns * warps.columns) * s.parts,
                    tiles(s.rows, Rows * warps.rows));
    const auto kernel = multiply_tiles<Rows, Columns, Depth, MostThreads, Blocks>;
    NHC_LAUNCH_BLOCKS(kernel, grid, 32 * warps.rows * warps.columns, 0, stream, a, b, result, s, warps);
}

}  // namespace

void multiply_spectra(const SpectraMatrix& a, const SpectraMatrix& b, float2* result, const ProductSizes& sizes,
                      cudaStream_t stream) {
    if (sizes.rows < 4) {
        launch<1, 2, 4, 128, 5>(a, b, result, sizes, stream);
    } else {
        launch<8, 6, 1, 128, 2>(a, b, result, sizes, stream);
    }
}

}  // namespace nanohooke
