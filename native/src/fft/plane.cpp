// SPDX-License-Identifier: Apache-2.0
#include "fft/plane.h"

#include <algorithm>
#include <cmath>

#include "network/kernels.h"

namespace nanohooke {
namespace {

constexpr double kPi = 3.14159265358979323846;

const LineKernels* find_line(const KernelTable& kernels, int length) {
    for (int i = 0; i < kernels.line_count; i++) {
        const LineKernels& line = kernels.lines[i];
        if (line.first_radix * line.second_radix == length) return &line;
    }
    return kernels.general_line;
}

bool has_only_small_factors(int n) {
    for (const int factor : {2, 3, 5, 7}) {
        while (n % factor == 0) n /= factor;
    }
    return n == 1;
}

std::vector<int32_t> factorised(int n) {
    std::vector<int32_t> factors;
    for (int factor = 4; n > 1;) {
        if (n % factor == 0) {
            factors.push_back(factor);
            n /= factor;
        } else {
            factor = factor == 4 ? 2 : factor == 2 ? 3 : factor + 2;
        }
    }
    return factors;
}

void push_root(std::vector<float>& twiddle, int step, int n) {
    const double angle = -2 * kPi * step / n;
    twiddle.push_back(static_cast<float>(std::cos(angle)));
    twiddle.push_back(static_cast<float>(std::sin(angle)));
}

std::vector<float> make_twiddles(int length, int first_radix, int second_radix) {
    std::vector<float> twiddle;
    if (first_radix == 0) {
        for (int t = 0; t < length; t++) push_root(twiddle, t, length);
    } else {
        for (int n2 = 0; n2 < second_radix; n2++) {
            for (int k1 = 0; k1 < first_radix; k1++) push_root(twiddle, k1 * n2, length);
        }
    }
    return twiddle;
}

}  // namespace

struct PlaneTransform::LineTables {
    std::vector<float> twiddle;
    std::vector<int32_t> factors, read_pair, write_pair;
    LinePlan plan;

    LineTables(const KernelTable& table, int n) {
        const LineKernels* kernels = find_line(table, n);
        const int first = kernels->first_radix, second = kernels->second_radix;
        twiddle = make_twiddles(n, first, second);
        if (first == 0) factors = factorised(n);

        const auto slot = [&](int k) { return (first == 0 ? k : k % first * second + k / first) * kFloatsPerPoint; };
        const int frequencies = n / 2 + 1, blocks = (frequencies + kLanesPerPoint - 1) / kLanesPerPoint;
        for (int k = 0; k < blocks * kLanesPerPoint; k++) {
            const bool real = k < frequencies;
            read_pair.push_back(slot(real ? k : 0));
            read_pair.push_back(slot(real ? (n - k) % n : 0));
            write_pair.push_back(real ? k * kFloatsPerPoint : 2 * n * kFloatsPerPoint);
            write_pair.push_back(real ? (n - k) % n * kFloatsPerPoint : 2 * n * kFloatsPerPoint);
        }
        plan = {n,      kernels,          twiddle.data(),   factors.data(), static_cast<int>(factors.size()),
                blocks, read_pair.data(), write_pair.data()};
    }
};

Placement::Placement(int ny, int nx, int height, int width, int top, int left) : height_(height), width_(width) {
    const int no_column = column_blocks() * kColumnsPerBlock;
    for (int n = 0; n < ny; n++) {
        const int r = (n - top + ny) % ny;
        row_in_.push_back(r < height ? r : -1);
        row_out_.push_back(r < height ? r : height);
    }
    for (int n = 0; n < nx; n++) {
        const int s = (n - left + nx) % nx;
        column_.push_back(s < width ? s : no_column);
    }
}

PlaneTransform::PlaneTransform(const KernelTable& kernels, int ny, int nx)
    : ny_(ny),
      nx_(nx),
      vertical_(std::make_unique<LineTables>(kernels, ny)),
      horizontal_(std::make_unique<LineTables>(kernels, nx)) {
    const int frequencies = ny / 2 + 1, blocks = vertical_->plan.frequency_blocks;
    shape_ = {blocks, blocks > 1 && frequencies % kLanesPerPoint == 1};
    points_ = shape_.packs_nyquist ? (blocks - 1) * nx + (nx + kLanesPerPoint - 1) / kLanesPerPoint : blocks * nx;
}

PlaneTransform::~PlaneTransform() = default;
PlaneTransform::PlaneTransform(PlaneTransform&&) noexcept = default;

void PlaneTransform::forward(const Placement& at, const ColumnSource& source, const PlaneScratch& scratch,
                             SpectrumView out) const {
    const LinePlan &v = vertical_->plan, &h = horizontal_->plan;
    v.kernels->columns_forward(v, at.row_in(), at.column_blocks(), source, scratch);
    h.kernels->rows_forward(h, at.column(), shape_, scratch, out);
}

void PlaneTransform::inverse(const Placement& at, SpectrumView in, const ColumnSink& sink,
                             const PlaneScratch& scratch) const {
    const LinePlan &v = vertical_->plan, &h = horizontal_->plan;
    h.kernels->rows_inverse(h, at.column(), at.width(), shape_, in, scratch);
    v.kernels->columns_inverse(v, at.row_out(), at.column_blocks(), sink, scratch);
}

void PlaneTransform::inverse_product(const Placement& at, SpectrumView in, SpectrumView factor, const ColumnSink& sink,
                                     const PlaneScratch& scratch) const {
    const LinePlan &v = vertical_->plan, &h = horizontal_->plan;
    h.kernels->rows_inverse_product(h, at.column(), at.width(), shape_, in, factor, scratch);
    v.kernels->columns_inverse(v, at.row_out(), at.column_blocks(), sink, scratch);
}

PlaneScratchSize::PlaneScratchSize(int length, int extent) {
    const int blocks = (length / 2 + kLanesPerPoint) / kLanesPerPoint;
    const int columns = (extent + kColumnsPerBlock - 1) / kColumnsPerBlock * kColumnsPerBlock;
    // One column more than needed, and an odd number of points: blocks then start in different cache sets.
    grid_stride = static_cast<ptrdiff_t>(columns + 17) * kFloatsPerPoint;
    grid = static_cast<size_t>(blocks) * static_cast<size_t>(grid_stride);
    work = static_cast<size_t>(2 * length + 1) * kFloatsPerPoint;
    tile = static_cast<size_t>(extent + 1) * kColumnsPerBlock;
}

int preferred_length(const KernelTable& kernels, int least) {
    int general = least;
    while (!has_only_small_factors(general)) general++;
    int specialised = 0;
    for (int i = 0; i < kernels.line_count; i++) {
        const int length = kernels.lines[i].first_radix * kernels.lines[i].second_radix;
        if (length >= least && (specialised == 0 || length < specialised)) specialised = length;
    }
    // The general transform costs two to four times as much per point; the pointwise products cost the same.
    return specialised != 0 && 4 * specialised <= 5 * general ? specialised : general;
}

}  // namespace nanohooke
