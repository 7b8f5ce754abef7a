// SPDX-License-Identifier: Apache-2.0
//
// The passes of plane_kernels.h for one line transform.
#pragma once

#include "fft/line.h"

namespace nanohooke::NH_ISA {

constexpr int kGridTile = kColumnsPerBlock * kPoint;  // floats of sixteen neighbouring points of the grid

template <class Line>
struct PlanePasses {
    static void columns_forward(const LinePlan& vertical, const int32_t* row, int column_blocks,
                                const ColumnSource& source, const PlaneScratch& scratch) {
        alignas(64) static constexpr float kZeros[kColumnsPerBlock] = {};
        float* work = scratch.work;
        for (int block = 0; block < column_blocks; block++) {
            const ColumnBlock columns = source.fetch(source.context, block, scratch.tile);
            Line::first(vertical, work, [&](int n) NH_INLINE_LAMBDA {
                const float* from = row[n] >= 0 ? columns.data + row[n] * columns.stride : kZeros;
                return Complex8{load(from), load(from + kLanes)};
            });
            Line::second(vertical, work,
                         [&](int, int slot, Complex8 z) NH_INLINE_LAMBDA { store_point(work + slot * kPoint, z); });
            part_column_groups(vertical, work, scratch.grid + block * kGridTile, scratch.grid_stride);
        }
        for (int b = 0; b < vertical.frequency_blocks; b++) {
            store_point(scratch.grid + b * scratch.grid_stride + column_blocks * kGridTile, zero_point());
        }
    }

    static void rows_forward(const LinePlan& horizontal, const int32_t* column, SpectrumShape shape,
                             const PlaneScratch& scratch, SpectrumView out) {
        const int n_x = horizontal.length, whole = shape.packs_nyquist ? shape.blocks - 1 : shape.blocks;
        for (int b = 0; b < shape.blocks; b++) {
            const float* grid = scratch.grid + b * scratch.grid_stride;
            float* to = out.data + static_cast<ptrdiff_t>(b) * n_x * out.point_stride;
            // A block that is packed goes by the other half of work.
            float* point = b < whole ? to : scratch.work + n_x * kPoint;
            const ptrdiff_t stride = b < whole ? out.point_stride : kPoint;
            Line::first(horizontal, scratch.work,
                        [&](int n) NH_INLINE_LAMBDA { return load_point(grid + column[n] * kPoint); });
            Line::second(horizontal, scratch.work,
                         [&](int k, int, Complex8 z) NH_INLINE_LAMBDA { store_point(point + k * stride, z); });
            if (b >= whole) pack_nyquist(n_x, point, to, out.point_stride);
        }
    }

    static void rows_inverse(const LinePlan& horizontal, const int32_t* column, int width, SpectrumShape shape,
                             SpectrumView in, const PlaneScratch& scratch) {
        const auto spectrum = [&](int point) NH_INLINE_LAMBDA { return load_point(in.data + point * in.point_stride); };
        inverse_rows(horizontal, column, width, shape, scratch, spectrum, [&](int first) NH_INLINE_LAMBDA {
            first_swapped(horizontal, scratch.work, in.data + first * in.point_stride, in.point_stride);
        });
    }

    static void rows_inverse_product(const LinePlan& horizontal, const int32_t* column, int width, SpectrumShape shape,
                                     SpectrumView in, SpectrumView factor, const PlaneScratch& scratch) {
        const auto spectrum = [&](int point) NH_INLINE_LAMBDA {
            return conjugate_product(load_point(factor.data + point * factor.point_stride),
                                     load_point(in.data + point * in.point_stride));
        };
        inverse_rows(horizontal, column, width, shape, scratch, spectrum, [&](int first) NH_INLINE_LAMBDA {
            Line::first(horizontal, scratch.work, [&](int k) NH_INLINE_LAMBDA { return swapped(spectrum(first + k)); });
        });
    }

    static void columns_inverse(const LinePlan& vertical, const int32_t* row, int column_blocks, const ColumnSink& sink,
                                const PlaneScratch& scratch) {
        float* work = scratch.work;
        float* tile = scratch.tile;
        for (int block = 0; block < column_blocks; block++) {
            join_column_groups(vertical, scratch.grid + block * kGridTile, scratch.grid_stride, work);
            first_swapped(vertical, work, work, kPoint);
            second_swapped(vertical, work, tile, row);
            sink.emit(sink.context, block, tile);
        }
    }

private:
    // Frequencies Z of a + i b with real a, b: 2 A[k] = Z[k] + conj Z[N-k], 2 B[k] = -i (Z[k] - conj Z[N-k]).
    static NH_INLINE void part_column_groups(const LinePlan& plan, const float* work, float* grid, ptrdiff_t stride) {
        const int32_t* pair = plan.read_pair;
        for (int b = 0; b < plan.frequency_blocks; b++, pair += 2 * kLanes, grid += stride) {
            Vec8 a_re[kLanes], a_im[kLanes], b_re[kLanes], b_im[kLanes];
#pragma GCC unroll 8
            for (int l = 0; l < kLanes; l++) {
                const Complex8 z = load_point(work + pair[2 * l]), mirror = load_point(work + pair[2 * l + 1]);
                a_re[l] = z.re + mirror.re;
                a_im[l] = z.im - mirror.im;
                b_re[l] = z.im + mirror.im;
                b_im[l] = mirror.re - z.re;
            }
            transpose(a_re);
            transpose(a_im);
            transpose(b_re);
            transpose(b_im);
#pragma GCC unroll 8
            for (int l = 0; l < kLanes; l++) {
                store_point(grid + l * kPoint, {a_re[l], a_im[l]});
                store_point(grid + (kLanes + l) * kPoint, {b_re[l], b_im[l]});
            }
        }
    }

    // The way back: Z[k] = A[k] + i B[k], Z[N-k] = conj A[k] + i conj B[k]. The mirror is stored first, so that k = 0
    // and k = N/2, which are their own mirrors, keep Z[k].
    static NH_INLINE void join_column_groups(const LinePlan& plan, const float* grid, ptrdiff_t stride, float* work) {
        const int32_t* pair = plan.write_pair;
        for (int b = 0; b < plan.frequency_blocks; b++, pair += 2 * kLanes, grid += stride) {
            Vec8 a_re[kLanes], a_im[kLanes], b_re[kLanes], b_im[kLanes];
#pragma GCC unroll 8
            for (int l = 0; l < kLanes; l++) {
                const Complex8 a = load_point(grid + l * kPoint), b = load_point(grid + (kLanes + l) * kPoint);
                a_re[l] = a.re;
                a_im[l] = a.im;
                b_re[l] = b.re;
                b_im[l] = b.im;
            }
            transpose(a_re);
            transpose(a_im);
            transpose(b_re);
            transpose(b_im);
#pragma GCC unroll 8
            for (int l = 0; l < kLanes; l++) {
                store_point(work + pair[2 * l + 1], {a_re[l] + b_im[l], b_re[l] - a_im[l]});
                store_point(work + pair[2 * l], {a_re[l] - b_im[l], a_im[l] + b_re[l]});
            }
        }
    }

    // spectrum(point) is what is transformed; first(point) transforms the line that begins there, to its half.
    template <class Spectrum, class First>
    static NH_INLINE void inverse_rows(const LinePlan& horizontal, const int32_t* column, int width,
                                       SpectrumShape shape, const PlaneScratch& scratch, Spectrum spectrum,
                                       First first) {
        const int n_x = horizontal.length, whole = shape.packs_nyquist ? shape.blocks - 1 : shape.blocks;
        for (int b = 0; b < shape.blocks; b++) {
            float* grid = scratch.grid + b * scratch.grid_stride;
            if (b < whole) {
                first(b * n_x);
            } else {
                unpack_nyquist(n_x, scratch.work, [&](int j) { return spectrum(b * n_x + j); });
                first_swapped(horizontal, scratch.work, scratch.work, kPoint);
            }
            second_swapped(horizontal, scratch.work, grid, column);
            // Columns share a complex transform with those eight places further: what is not wanted must not be what
            // an earlier plane left, whose frequencies 0 and N/2 would leak.
            for (int s = width; s % kColumnsPerBlock != 0; s++) store_point(grid + s * kPoint, zero_point());
        }
    }

    // The two halves of a line's inverse: a forward transform of numbers whose real and imaginary parts have changed
    // places is the inverse one, with its parts so. They are functions, and one for rows and columns, because the
    // straight-line code of a length is long.
    static NH_NOINLINE void first_swapped(const LinePlan& plan, float* work, const float* from, ptrdiff_t stride) {
        Line::first(plan, work, [&](int k) NH_INLINE_LAMBDA { return swapped(load_point(from + k * stride)); });
    }

    // Place n of the line goes to point place[n], of 2 kLanes floats: a point of the grid, a row of the tile.
    static NH_NOINLINE void second_swapped(const LinePlan& plan, float* work, float* to, const int32_t* place) {
        static_assert(kPoint == kColumnsPerBlock);
        Line::second(plan, work,
                     [&](int n, int, Complex8 z) NH_INLINE_LAMBDA { store_point(to + place[n] * kPoint, swapped(z)); });
    }

    // The first lanes of n_x points go eight to a point; what completes the last one is zero.
    static NH_INLINE void pack_nyquist(int n_x, const float* from, float* to, ptrdiff_t stride) {
        for (int k = 0; k < n_x || k % kLanes != 0; k++) {
            float* point = to + k / kLanes * stride + k % kLanes;
            point[0] = k < n_x ? from[k * kPoint] : 0.0f;
            point[kLanes] = k < n_x ? from[k * kPoint + kLanes] : 0.0f;
        }
    }

    // Numbers packed eight to a point become the first lanes of one point each; the other lanes are zero.
    template <class Load>
    static NH_INLINE void unpack_nyquist(int n_x, float* work, Load packed) {
        for (int j = 0; j * kLanes < n_x; j++) {
            float lane[kPoint];
            store_point(lane, packed(j));
            for (int l = 0; l < kLanes && j * kLanes + l < n_x; l++) {
                float* point = work + (j * kLanes + l) * kPoint;
                store_point(point, zero_point());
                point[0] = lane[l];
                point[kLanes] = lane[kLanes + l];
            }
        }
    }
};

}  // namespace nanohooke::NH_ISA
