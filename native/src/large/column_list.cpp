// SPDX-License-Identifier: Apache-2.0
#include "large/column_list.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

#include "common/bounds.h"
#include "common/error.h"
#include "large/column_kernel.h"

namespace nanohooke::large {

namespace {

// Rows are filled up to a multiple of this, the widest vector.
constexpr int kWidth = 8;
// Columns that a slice has about: its sums stay in a second-level cache, and there are enough slices to share out.
constexpr int kSlice = 3000;
// Strips are half as wide as the reach, so that partners lie at most this many further.
constexpr int kAhead = 2;

/** Strips along x and bins along y, as numbers from the least coordinate on. */
struct Grid {
    int strips, bins;
    double x0 = 0.0, y0 = 0.0, width, height, tilt = 0.0;
    bool around_x, around_y;
    std::vector<std::int32_t> strip, bin;

    Grid(const std::vector<double> &x, const Plane &plane, double reach) {
        const auto n = x.size() / 2;
        around_x = plane.lx > 0.0;
        around_y = plane.ly > 0.0;
        // Strips follow the cell's second vector.
        if (around_y) tilt = plane.xy / plane.ly;
        double finite = 0.0;
        for (double v : x) finite += v * 0.0;
        if (finite != 0.0) throw Error(NH_NOT_FINITE, "a column has a place that is not finite");
        double x1 = plane.lx, y1 = plane.ly;
        if (!around_x || !around_y) {
            double low[2] = {1e300, 1e300}, high[2] = {-1e300, -1e300};
            for (std::size_t q = 0; q < 2 * n; ++q) {
                low[q % 2] = std::min(low[q % 2], x[q]);
                high[q % 2] = std::max(high[q % 2], x[q]);
            }
            if (!around_x) x0 = low[0], x1 = high[0];
            if (!around_y) y0 = low[1], y1 = high[1];
        }
        const double half = 0.5 * reach, along = half * std::sqrt(1.0 + tilt * tilt);
        const double most = 1.0 + std::sqrt(double(bounds::kBinsPerAtom) * double(n + 1));
        const auto split = [&](double length, bool around, double size) {
            const double cells = around ? std::floor(length / size) : std::floor(length / size) + 1.0;
            if (!(cells < 1e9)) throw Error(NH_NOT_FINITE, "columns lie at places that are not finite, or far apart");
            return std::max(1, static_cast<int>(std::min(cells, 64.0 * most)));
        };
        strips = split(x1 - x0, around_x, along);
        bins = split(y1 - y0, around_y, half);
        width = around_x ? x1 / strips : std::max(along, (x1 - x0) / strips * (1.0 + 1e-12));
        height = around_y ? y1 / bins : std::max(half, (y1 - y0) / bins * (1.0 + 1e-12));
        require(double(strips) * bins <= double(bounds::kBinsPerAtom) * double(n + 64) * 4.0,
                "the columns are spread so thinly that they cannot be put into bins; lengths are in Angstrom");
        strip.resize(n);
        bin.resize(n);
        for (std::size_t i = 0; i < n; ++i) {
            double px = x[2 * i], py = x[2 * i + 1];
            px -= tilt * py;
            if (around_y) py -= plane.ly * std::floor(py / plane.ly);
            if (around_x) px -= plane.lx * std::floor(px / plane.lx);
            strip[i] = std::clamp(static_cast<int>((px - x0) / width), 0, strips - 1);
            bin[i] = std::clamp(static_cast<int>((py - y0) / height), 0, bins - 1);
        }
    }
};

}  // namespace

void Plane::nearest(double &dx, double &dy) const {
    if (ly > 0.0) {
        const double turns = std::nearbyint(dy / ly);
        dy -= turns * ly;
        dx -= turns * xy;
    }
    if (lx > 0.0) dx -= lx * std::nearbyint(dx / lx);
}

std::vector<std::int32_t> strip_order(const std::vector<double> &x, const Plane &plane, double reach) {
    const Grid grid(x, plane, reach);
    std::vector<std::int32_t> order(x.size() / 2);
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](std::int32_t a, std::int32_t b) {
        if (grid.strip[a] != grid.strip[b]) return grid.strip[a] < grid.strip[b];
        if (grid.bin[a] != grid.bin[b]) return grid.bin[a] < grid.bin[b];
        return a < b;
    });
    return order;
}

void ColumnList::build(const std::vector<double> &x, const std::vector<char> &upper, const Plane &plane, double reach,
                       Workers &workers) {
    const auto n = static_cast<std::int32_t>(x.size() / 2);
    const Grid grid(x, plane, reach);
    const auto least = 2 * kAhead + 1;
    require((!grid.around_x || grid.strips >= least) && (!grid.around_y || grid.bins >= least),
            "a periodic cell must be wider than twice the cutoff for large systems");
    std::vector<std::int32_t> first(static_cast<std::size_t>(grid.strips) * grid.bins + 1, 0), sorted(n);
    const auto cell = [&](std::int32_t i) { return static_cast<std::size_t>(grid.strip[i]) * grid.bins + grid.bin[i]; };
    for (std::int32_t i = 0; i < n; ++i) ++first[cell(i) + 1];
    for (std::size_t c = 0; c + 1 < first.size(); ++c) first[c + 1] += first[c];
    {
        std::vector<std::int32_t> at(first.begin(), first.end() - 1);
        for (std::int32_t i = 0; i < n; ++i) sorted[at[cell(i)]++] = i;
    }
    row.assign(static_cast<std::size_t>(n) + 1, 0);
    same.resize(n);
    count.resize(n);
    const double limit = reach * reach;
    // Each strip's rows apart, joined afterwards.
    std::vector<std::vector<std::int32_t>> found(grid.strips);
    workers.run(grid.strips, [&](int s, int) {
        struct Partner {
            double square;
            std::int32_t j;
        };
        std::vector<Partner> near[2];
        auto &out = found[s];
        for (int b = 0; b < grid.bins; ++b) {
            const std::size_t own = static_cast<std::size_t>(s) * grid.bins + b;
            for (std::int32_t k = first[own]; k < first[own + 1]; ++k) {
                const std::int32_t i = sorted[k];
                near[0].clear();
                near[1].clear();
                for (int ds = 0; ds <= kAhead; ++ds) {
                    int other = s + ds;
                    if (other >= grid.strips) {
                        if (!grid.around_x) break;
                        other -= grid.strips;
                    }
                    for (int db = -kAhead; db <= kAhead; ++db) {
                        int c = b + db;
                        if (c < 0 || c >= grid.bins) {
                            if (!grid.around_y) continue;
                            c += c < 0 ? grid.bins : -grid.bins;
                        }
                        const std::size_t there = static_cast<std::size_t>(other) * grid.bins + c;
                        for (std::int32_t q = first[there]; q < first[there + 1]; ++q) {
                            const std::int32_t j = sorted[q];
                            if (ds == 0 && j <= i) continue;
                            double dx = x[2 * j] - x[2 * i], dy = x[2 * j + 1] - x[2 * i + 1];
                            plane.nearest(dx, dy);
                            const double square = dx * dx + dy * dy;
                            if (square < limit) near[upper[i] != upper[j]].push_back({square, j});
                        }
                    }
                }
                for (auto &list : near)
                    std::sort(list.begin(), list.end(), [](const Partner &a, const Partner &b) {
                        return a.square < b.square || (a.square == b.square && a.j < b.j);
                    });
                same[i] = static_cast<std::int32_t>(near[0].size());
                count[i] = same[i] + static_cast<std::int32_t>(near[1].size());
                for (const auto &list : near)
                    for (const Partner &p : list) out.push_back(p.j);
                while (out.size() % kWidth != 0) out.push_back(i);
            }
        }
    });
    std::int64_t at = 0;
    for (int s = 0; s < grid.strips; ++s)
        for (std::int32_t k = first[static_cast<std::size_t>(s) * grid.bins];
             k < first[static_cast<std::size_t>(s + 1) * grid.bins]; ++k) {
            row[sorted[k]] = at;
            at += (count[sorted[k]] + kWidth - 1) / kWidth * kWidth;
        }
    row[n] = at;
    require(at < bounds::kMostPairs, "there are more than " + std::to_string(bounds::kMostPairs) + " pairs of columns");
    partner.resize(at);
    std::int64_t to = 0;
    for (auto &rows : found) {
        std::copy(rows.begin(), rows.end(), partner.begin() + to);
        to += static_cast<std::int64_t>(rows.size());
        rows = {};
    }
    order = std::move(sorted);
    // Whole strips, at least as many as partners lie ahead; on a ring at least three slices, or one.
    slices.around = grid.around_x;
    slices.first.assign(1, 0);
    int strips_in = 0;
    for (int s = 0; s < grid.strips; ++s) {
        ++strips_in;
        const std::int32_t end = first[static_cast<std::size_t>(s + 1) * grid.bins];
        const bool enough = strips_in >= kAhead && end - slices.first.back() >= kSlice && grid.strips - 1 - s >= kAhead;
        if (enough || s + 1 == grid.strips) {
            slices.first.push_back(end);
            strips_in = 0;
        }
    }
    if (slices.around && slices.count() < 3) slices.first = {0, n};
}

}  // namespace nanohooke::large
