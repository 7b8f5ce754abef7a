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
        const int whole = shape.packs_nyquist ? shape.blocks - 1 : shape.blocks;
        for (int b = 0; b < shape.blocks; b++) {
            const float* grid = scratch.grid + b * scratch.grid_stride;
            float* to = out.data + static_cast<ptrdiff_t>(b) * horizontal.length * out.point_stride;
            Line::first(horizontal, scratch.work,
                        [&](int n) NH_INLINE_LAMBDA { return load_point(grid + column[n] * kPoint); });
            if (b < whole) {
                Line::second(horizontal, scratch.work, [&](int k, int, Complex8 z) NH_INLINE_LAMBDA {
                    store_point(to + k * out.point_stride, z);
                });
            } else {
                Line::second(horizontal, scratch.work, [&](int k, int, Complex8 z) NH_INLINE_LAMBDA {
                    float* point = to + k / kLanes * out.point_stride + k % kLanes;
                    point[0] = first_lane(z.re);
                    point[kLanes] = first_lane(z.im);
                });
                for (int k = horizontal.length; k % kLanes != 0; k++) {
                    float* point = to + k / kLanes * out.point_stride + k % kLanes;
                    point[0] = point[kLanes] = 0.0f;
                }
            }
        }
    }

    static void rows_inverse(const LinePlan& horizontal, const int32_t* column, int width, SpectrumShape shape,
                             SpectrumView in, const PlaneScratch& scratch) {
        inverse_rows(horizontal, column, width, shape, scratch,
                     [&](int point) NH_INLINE_LAMBDA { return load_point(in.data + point * in.point_stride); });
    }

    static void rows_inverse_product(const LinePlan& horizontal, const int32_t* column, int width, SpectrumShape shape,
                                     SpectrumView in, SpectrumView factor, const PlaneScratch& scratch) {
        inverse_rows(horizontal, column, width, shape, scratch, [&](int point) NH_INLINE_LAMBDA {
            return conjugate_product(load_point(factor.data + point * factor.point_stride),
                                     load_point(in.data + point * in.point_stride));
        });
    }

    static void columns_inverse(const LinePlan& vertical, const int32_t* row, int column_blocks, const ColumnSink& sink,
                                const PlaneScratch& scratch) {
        float* work = scratch.work;
        float* tile = scratch.tile;
        for (int block = 0; block < column_blocks; block++) {
            join_column_groups(vertical, scratch.grid + block * kGridTile, scratch.grid_stride, work);
            Line::first(vertical, work, [&](int n) NH_INLINE_LAMBDA { return load_point(work + n * kPoint); });
            Line::second(vertical, work, [&](int n, int, Complex8 z) NH_INLINE_LAMBDA {
                store_point(tile + row[n] * kColumnsPerBlock, swapped(z));
            });
            sink.emit(sink.context, block, tile);
        }
    }

private:
    static NH_INLINE float first_lane(Vec8 v) {
        float lane[kLanes];
        store(lane, v);
        return lane[0];
    }

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

    // The way back: Z[k] = A[k] + i B[k], Z[N-k] = conj A[k] + i conj B[k]. Real and imaginary parts change places,
    // here and at the end: a forward transform of swapped numbers is a swapped inverse one. The mirror is stored
    // first, so that k = 0 and k = N/2, which are their own mirrors, keep Z[k].
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
                store_point(work + pair[2 * l + 1], {b_re[l] - a_im[l], a_re[l] + b_im[l]});
                store_point(work + pair[2 * l], {a_im[l] + b_re[l], a_re[l] - b_im[l]});
            }
        }
    }

    template <class Load>
    static NH_INLINE void inverse_rows(const LinePlan& horizontal, const int32_t* column, int width,
                                       SpectrumShape shape, const PlaneScratch& scratch, Load spectrum) {
        const int n_x = horizontal.length, whole = shape.packs_nyquist ? shape.blocks - 1 : shape.blocks;
        for (int b = 0; b < shape.blocks; b++) {
            float* grid = scratch.grid + b * scratch.grid_stride;
            if (b < whole) {
                Line::first(horizontal, scratch.work,
                            [&](int k) NH_INLINE_LAMBDA { return swapped(spectrum(b * n_x + k)); });
            } else {
                unpack_nyquist(n_x, scratch.work, [&](int j) { return spectrum(b * n_x + j); });
                Line::first(horizontal, scratch.work,
                            [&](int k) NH_INLINE_LAMBDA { return load_point(scratch.work + k * kPoint); });
            }
            Line::second(horizontal, scratch.work, [&](int n, int, Complex8 z) NH_INLINE_LAMBDA {
                store_point(grid + column[n] * kPoint, swapped(z));
            });
            // Columns share a complex transform with those eight places further: what is not wanted must not be what
            // an earlier plane left, whose frequencies 0 and N/2 would leak.
            for (int s = width; s % kColumnsPerBlock != 0; s++) store_point(grid + s * kPoint, zero_point());
        }
    }

    // Numbers packed eight to a point become the first lanes of one point each, swapped; the other lanes are zero.
    template <class Load>
    static NH_INLINE void unpack_nyquist(int n_x, float* work, Load packed) {
        for (int j = 0; j * kLanes < n_x; j++) {
            float lane[kPoint];
            store_point(lane, packed(j));
            for (int l = 0; l < kLanes && j * kLanes + l < n_x; l++) {
                float* point = work + (j * kLanes + l) * kPoint;
                store_point(point, zero_point());
                point[0] = lane[kLanes + l];
                point[kLanes] = lane[l];
            }
        }
    }
};

}  // namespace nanohooke::NH_ISA
