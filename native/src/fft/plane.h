// SPDX-License-Identifier: Apache-2.0
//
// Real two-dimensional transforms of one size, on the kernels of one instruction set.
#pragma once

#include <memory>
#include <vector>

#include "fft/plane_kernels.h"

namespace nanohooke {

struct KernelTable;

// How an array [height][width] lies in the periodic plane [Ny][Nx]: element (r, s) at ((r + top) mod Ny, (s + left) mod
// Nx). Whatever it does not cover is zero going in and dropped coming out.
class Placement {
public:
    Placement(int ny, int nx, int height, int width, int top, int left);

    int height() const { return height_; }
    int width() const { return width_; }
    int column_blocks() const { return (width_ + kColumnsPerBlock - 1) / kColumnsPerBlock; }
    const int32_t* row_in() const { return row_in_.data(); }
    const int32_t* row_out() const { return row_out_.data(); }
    const int32_t* column() const { return column_.data(); }

private:
    int height_, width_;
    std::vector<int32_t> row_in_, row_out_, column_;
};

class PlaneTransform {
public:
    PlaneTransform(const KernelTable& kernels, int ny, int nx);
    ~PlaneTransform();
    PlaneTransform(PlaneTransform&&) noexcept;

    int ny() const { return ny_; }
    int nx() const { return nx_; }
    int points() const { return points_; }  // of a spectrum
    // The factor that makes inverse(forward(x) conj(forward(w))) the circular cross-correlation of x with w.
    float scale_of_product() const { return 1.0f / (4.0f * static_cast<float>(ny_) * static_cast<float>(nx_)); }

    Placement place(int height, int width, int top, int left) const {
        return Placement(ny_, nx_, height, width, top, left);
    }

    void forward(const Placement& at, const ColumnSource& source, const PlaneScratch& scratch, SpectrumView out) const;
    void inverse(const Placement& at, SpectrumView in, const ColumnSink& sink, const PlaneScratch& scratch) const;
    // The inverse of in * conj(factor).
    void inverse_product(const Placement& at, SpectrumView in, SpectrumView factor, const ColumnSink& sink,
                         const PlaneScratch& scratch) const;

private:
    struct LineTables;

    int ny_, nx_, points_;
    std::unique_ptr<LineTables> vertical_, horizontal_;
    SpectrumShape shape_;
};

// Sizes of the scratch memory that transforms with lines up to `length` and arrays up to `extent` on a side need.
struct PlaneScratchSize {
    size_t grid, work, tile;  // floats
    ptrdiff_t grid_stride;

    PlaneScratchSize(int length, int extent);
    size_t floats() const { return grid + work + tile; }
    PlaneScratch carve(float* memory) const { return {memory, grid_stride, memory + grid, memory + grid + work}; }
};

// The length to use for a signal that needs at least `least` points when any will do (zero padding): a specialised one
// unless it wastes too much, else one without prime factors above 7.
int preferred_length(const KernelTable& kernels, int least);

}  // namespace nanohooke
