// SPDX-License-Identifier: Apache-2.0
//
// A lane owns a frequency, a thread a tile of results there.
#include "async_copy.h"
#include "plane_geometry.h"
#include "plane_product.h"

namespace nanohooke {

namespace {

constexpr int kLinePoints = 32, kLineQuads = kLinePoints / 2;  // what a warp reads of a spectrum

// (x, y) times b is (x u - y v, x v + y w); where two real numbers make a point, u and w are they and v is 0.
struct Factor {
    float u, v, w;

    __device__ Factor(float2 b, bool real_pair, float sign) : u(b.x), v(sign * b.y), w(real_pair ? b.y : b.x) {}
    __device__ void add(float2 x, float2& sum) const {
        sum.x += x.x * u;
        sum.x -= x.y * v;
        sum.y += x.x * v;
        sum.y += x.y * w;
    }
    static __device__ float sign(bool real_pair, bool conjugate) { return real_pair ? 0.0f : conjugate ? -1.0f : 1.0f; }
};

// The terms of one part of the sum.
struct Part {
    int index, begin, terms;

    __device__ Part(const ProductSizes& s, int index) : index(index) {
        const int length = (s.terms + s.parts - 1) / s.parts;
        begin = index * length;
        terms = min(s.terms - begin, length);
    }
};

// Warps of a block share a piece of 32 frequencies of WarpRows * kRows rows and WarpColumns * kColumns columns, which
// comes to shared memory kTerms terms at a time while those before are summed.
template <int WarpRows, int WarpColumns>
struct Tile {
    static constexpr int kRows = 8, kColumns = 6, kTerms = 2, kStages = 3;
    static constexpr int kBlockRows = kRows * WarpRows, kBlockColumns = kColumns * WarpColumns;
    static constexpr int kThreads = 32 * WarpRows * WarpColumns;
    static constexpr int kLines = kBlockRows + kBlockColumns, kLinesAtATime = kThreads / kLineQuads;
    static constexpr int kCopies = (kLines + kLinesAtATime - 1) / kLinesAtATime;  // of a thread, for a term
    static constexpr int kTermFloats = kLines * kLinePoints * 2;
    static constexpr int kSharedBytes = kStages * kTerms * kTermFloats * int(sizeof(float));
    static_assert(kBlockRows % kLinesAtATime == 0, "all threads copy lines of a, then all copy lines of b");
};

template <int WarpRows, int WarpColumns>
__global__ void __launch_bounds__(32 * WarpRows * WarpColumns, 12 / (WarpRows * WarpColumns))
    multiply_tiles(SpectraMatrix a, SpectraMatrix b, float2* __restrict__ result, ProductSizes s) {
    using T = Tile<WarpRows, WarpColumns>;
    NHC_SHARED(float, stages);
    const int lane = threadIdx.x % 32, warp = threadIdx.x / 32;
    const int column_tiles = (s.columns + T::kBlockColumns - 1) / T::kBlockColumns;
    const Part part(s, blockIdx.y / column_tiles);
    const int first_row = blockIdx.z * T::kBlockRows, first_column = blockIdx.y % column_tiles * T::kBlockColumns;

    // Lines over the edge repeat the last row or column.
    const int floats = s.points * 2, copied_line = threadIdx.x / kLineQuads, copied_quad = threadIdx.x % kLineQuads;
    const float* from[T::kCopies];
#pragma unroll
    for (int k = 0; k < T::kCopies; k++) {
        const int line = copied_line + k * T::kLinesAtATime;
        const bool of_a = k * T::kLinesAtATime < T::kBlockRows;
        const SpectraMatrix& m = of_a ? a : b;
        const int index =
            of_a ? min(first_row + line, s.rows - 1) : min(first_column + line - T::kBlockRows, s.columns - 1);
        from[k] = reinterpret_cast<const float*>(m.spectra) +
                  ((index * m.row + part.begin * m.term) * floats + blockIdx.x * (2 * kLinePoints) + copied_quad * 4);
    }
    const int64_t step_a = a.term * floats, step_b = b.term * floats;
    int copied = 0;
    const auto copy = [&](int stage) {
        float* to = stages + stage * (T::kTerms * T::kTermFloats) + threadIdx.x * 4;
#pragma unroll
        for (int d = 0; d < T::kTerms; d++) {
            if (copied++ < part.terms) {
#pragma unroll
                for (int k = 0; k < T::kCopies; k++) {
                    const bool whole = (k + 1) * T::kLinesAtATime <= T::kLines;
                    if (whole || copied_line + k * T::kLinesAtATime < T::kLines) {
                        copy_async<16>(to + d * T::kTermFloats + k * T::kThreads * 4, from[k]);
                    }
                    from[k] += k * T::kLinesAtATime < T::kBlockRows ? step_a : step_b;
                }
            }
        }
        commit_copies();
    };

    const int row = warp / WarpColumns * T::kRows, column = warp % WarpColumns * T::kColumns;  // in the block
    const int rows = s.rows - first_row - row, columns = s.columns - first_column - column;    // of this tile and on
    const bool active = rows > 0 && columns > 0;
    const int point = blockIdx.x * kLinePoints + lane;
    const bool real_pair = is_real_pair(point);
    const float sign = Factor::sign(real_pair, s.conjugate);
    float2 sum[T::kRows][T::kColumns] = {};

#pragma unroll
    for (int stage = 0; stage < T::kStages - 1; stage++) copy(stage);
    int stage = 0, next = T::kStages - 1;
#pragma unroll 1
    for (int term = 0; term < part.terms; term += T::kTerms) {
        wait_for_copies<T::kStages - 2>();
        __syncthreads();
        copy(next);
        const float2* lines = reinterpret_cast<const float2*>(stages + stage * (T::kTerms * T::kTermFloats)) + lane;
#pragma unroll
        for (int d = 0; d < T::kTerms; d++) {
            if (active && term + d < part.terms) {
                const float2* line_a = lines + (d * T::kLines + row) * kLinePoints;
                const float2* line_b = lines + (d * T::kLines + T::kBlockRows + column) * kLinePoints;
                float2 x[T::kRows];
#pragma unroll
                for (int i = 0; i < T::kRows; i++) x[i] = line_a[i * kLinePoints];
#pragma unroll
                for (int j = 0; j < T::kColumns; j++) {
                    const Factor factor(line_b[j * kLinePoints], real_pair, sign);
#pragma unroll
                    for (int i = 0; i < T::kRows; i++) factor.add(x[i], sum[i][j]);
                }
            }
        }
        stage = stage + 1 < T::kStages ? stage + 1 : 0;
        next = next + 1 < T::kStages ? next + 1 : 0;
    }

    if (!active) return;
    const float turned = s.conjugate_of && !real_pair ? -1.0f : 1.0f;
    result += ((int64_t(part.index) * s.rows + first_row + row) * s.columns + first_column + column) * s.points + point;
    const auto store = [&](bool whole) {
#pragma unroll
        for (int i = 0; i < T::kRows; i++) {
            float2* to = result + int64_t(i) * s.columns * s.points;
#pragma unroll
            for (int j = 0; j < T::kColumns; j++) {
                if (whole || (i < rows && j < columns)) *to = {sum[i][j].x, turned * sum[i][j].y};
                to += s.points;
            }
        }
    };
    if (rows >= T::kRows && columns >= T::kColumns) {
        store(true);
    } else {
        store(false);
    }
}

// Where rows are few: a warp takes one, with two columns, and loads for itself.
constexpr int kFewRows = 3, kFewColumns = 2, kFewWarps = 4;

__global__ void __launch_bounds__(32 * kFewWarps)
    multiply_few(SpectraMatrix a, SpectraMatrix b, float2* __restrict__ result, ProductSizes s) {
    const int point = blockIdx.x * kLinePoints + threadIdx.x % 32;
    const int column_tiles = (s.columns + kFewColumns * kFewWarps - 1) / (kFewColumns * kFewWarps);
    const Part part(s, blockIdx.y / column_tiles);
    const int row = blockIdx.z;
    const int column = (blockIdx.y % column_tiles * kFewWarps + threadIdx.x / 32) * kFewColumns;
    if (column >= s.columns) return;
    const bool both = column + 1 < s.columns;
    const float2* from_a = a.spectra + (row * a.row + part.begin * a.term) * s.points + point;
    const float2* from_b = b.spectra + (column * b.row + part.begin * b.term) * s.points + point;
    const int64_t step_a = a.term * s.points, step_b = b.term * s.points, other = both ? b.row * s.points : 0;
    const bool real_pair = is_real_pair(point);
    const float sign = Factor::sign(real_pair, s.conjugate);
    float2 sum[kFewColumns] = {};
#pragma unroll 8
    for (int term = 0; term < part.terms; term++) {
        const float2 x = __ldg(from_a + term * step_a);
        Factor(__ldg(from_b + term * step_b), real_pair, sign).add(x, sum[0]);
        Factor(__ldg(from_b + term * step_b + other), real_pair, sign).add(x, sum[1]);
    }
    const float turned = s.conjugate_of && !real_pair ? -1.0f : 1.0f;
    result += ((int64_t(part.index) * s.rows + row) * s.columns + column) * s.points + point;
    result[0] = {sum[0].x, turned * sum[0].y};
    if (both) result[s.points] = {sum[1].x, turned * sum[1].y};
}

int tiles(int count, int size) { return (count + size - 1) / size; }

template <int WarpRows, int WarpColumns>
void launch(const SpectraMatrix& a, const SpectraMatrix& b, float2* result, const ProductSizes& s,
            cudaStream_t stream) {
    using T = Tile<WarpRows, WarpColumns>;
    const auto kernel = multiply_tiles<WarpRows, WarpColumns>;
    const dim3 grid(s.points / kLinePoints, tiles(s.columns, T::kBlockColumns) * s.parts, tiles(s.rows, T::kBlockRows));
    NHC_LAUNCH_BLOCKS(kernel, grid, T::kThreads, T::kSharedBytes, stream, a, b, result, s);
}

}  // namespace

void multiply_spectra(const SpectraMatrix& a, const SpectraMatrix& b, float2* result, const ProductSizes& sizes,
                      cudaStream_t stream) {
    if (sizes.rows <= kFewRows) {
        const dim3 grid(sizes.points / kLinePoints, tiles(sizes.columns, kFewColumns * kFewWarps) * sizes.parts,
                        sizes.rows);
        NHC_LAUNCH_BLOCKS(multiply_few, grid, 32 * kFewWarps, 0, stream, a, b, result, sizes);
    } else if (sizes.columns <= Tile<2, 1>::kBlockColumns) {
        launch<2, 1>(a, b, result, sizes, stream);
    } else {
        launch<2, 2>(a, b, result, sizes, stream);
    }
}

}  // namespace nanohooke
