// SPDX-License-Identifier: Apache-2.0
#include "eam/neighbours.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <string>

#include "common/bounds.h"
#include "common/error.h"

namespace nanohooke::eam {

namespace {

// Atoms this far (Angstrom) out of a mirror plane are still taken to lie on it.
constexpr double kPlaneTolerance = 1e-6;

std::string thin_cell(const char *what) {
    return std::string(what) + " more than " + std::to_string(bounds::kMostPeriods) +
           " periods of the cell away from its neighbours";
}

int floor_divide(int a, int b) { return a >= 0 ? a / b : -((b - 1 - a) / b); }

/** Neighbouring bins of one period of the cell, along one direction. */
struct Stretch {
    int first, last, period;
};

/** The bins within reach of one, along one direction. */
std::vector<Stretch> within_reach(int home, int count, int reach) {
    std::vector<Stretch> row;
    for (int to = home - reach; to <= home + reach; ++to) {
        const int period = floor_divide(to, count), bin = to - period * count;
        if (row.empty() || row.back().period != period)
            row.push_back({bin, bin, period});
        else
            row.back().last = bin;
    }
    return row;
}

/** Atoms sorted into bins of the periodic cell, with the translation that brings each one inside. */
struct Bins {
    int count[3];
    int reach[3];
    std::vector<double> inside;
    std::vector<int> wrap;
    std::vector<int> first, atoms, bin;
    /** x, y and z of the atoms inside, bin by bin. */
    std::vector<double> sorted[3];
    /** Of every row of bins along x: least and most y of its atoms, least and most z. */
    std::vector<double> extent;

    /** Throws where atoms or cell cannot be numbered, see bounds. */
    Bins(const std::vector<double> &x, const Mat3 &h, double distance) {
        const int n = static_cast<int>(x.size() / 3);
        const Mat3 to_fraction = inverse(h);
        double height[3];
        for (int a = 0; a < 3; ++a) {
            const double *row = to_fraction[a];
            height[a] = 1.0 / std::sqrt(row[0] * row[0] + row[1] * row[1] + row[2] * row[2]);
        }
        require_countable(n, h, height, distance);
        choose_counts(n, height, distance);
        for (int a = 0; a < 3; ++a) reach[a] = static_cast<int>(std::ceil(distance * count[a] / height[a]));
        inside.resize(x.size());
        wrap.resize(x.size());
        bin.resize(n);
        first.assign(static_cast<std::size_t>(count[0]) * count[1] * count[2] + 1, 0);
        for (int i = 0; i < n; ++i) {
            double s[3];
            multiply(to_fraction, &x[3 * i], s);
            int b[3];
            for (int a = 0; a < 3; ++a) {
                if (!(std::fabs(s[a]) < bounds::kMostTurns))
                    throw Error(std::isfinite(s[a]) ? NH_BAD_ARGUMENT : NH_NOT_FINITE,
                                "atom " + std::to_string(i) + " lies " + std::to_string(s[a]) +
                                    " periods of the cell from its corner; wrap the atoms into the box");
                wrap[3 * i + a] = static_cast<int>(std::floor(s[a]));
                s[a] -= wrap[3 * i + a];
                b[a] = std::min(static_cast<int>(s[a] * count[a]), count[a] - 1);
            }
            multiply(h, s, &inside[3 * i]);
            bin[i] = (b[2] * count[1] + b[1]) * count[0] + b[0];
            ++first[bin[i] + 1];
        }
        for (std::size_t b = 0; b + 1 < first.size(); ++b) first[b + 1] += first[b];
        atoms.resize(n);
        std::vector<int> at(first.begin(), first.end() - 1);
        for (int i = 0; i < n; ++i) atoms[at[bin[i]]++] = i;
        for (int a = 0; a < 3; ++a) {
            sorted[a].resize(n);
            for (int k = 0; k < n; ++k) sorted[a][k] = inside[3 * atoms[k] + a];
        }
        for (int row = 0; row < count[1] * count[2]; ++row)
            for (int a = 1; a < 3; ++a) {
                const double *begin = sorted[a].data() + first[row * count[0]];
                const double *end = sorted[a].data() + first[(row + 1) * count[0]];
                // A row without atoms is far from everything.
                constexpr double kFar = std::numeric_limits<double>::infinity();
                extent.push_back(begin == end ? kFar : *std::min_element(begin, end));
                extent.push_back(begin == end ? kFar : *std::max_element(begin, end));
            }
    }

    /** Whether all atoms of a row of bins are out of reach of the origin, when they are moved by this. */
    bool is_far(int row, const double *move, double limit) const {
        const double *box = &extent[4 * std::size_t(row)];
        const double dy = std::max({0.0, box[0] + move[1], -(box[1] + move[1])});
        const double dz = std::max({0.0, box[2] + move[2], -(box[3] + move[2])});
        return dy * dy + dz * dz >= limit;
    }

    /**
     * The atoms in a stretch of a row of bins that, moved by this, are within reach of the origin, without those before
     * `own`.
     *
     * @param close receives their numbers in the order of bins
     * @return how many
     */
    int find_close(int row, const Stretch &stretch, const double *move, double limit, int own,
                   std::vector<int> &close) const {
        const int begin = first[row * count[0] + stretch.first], end = first[row * count[0] + stretch.last + 1];
        if (close.size() < std::size_t(end - begin)) close.resize(end - begin);
        const double *x = sorted[0].data(), *y = sorted[1].data(), *z = sorted[2].data();
        int kept = 0;
        // Branch-free: whether one is close is close to random.
        for (int k = begin; k < end; ++k) {
            const double dx = x[k] + move[0], dy = y[k] + move[1], dz = z[k] + move[2];
            close[kept] = k;
            kept += int(dx * dx + dy * dy + dz * dz < limit) & int(atoms[k] >= own);
        }
        return kept;
    }

private:
    /** Before anything is numbered: cells and densities whose pairs could not be. */
    static void require_countable(int n, const Mat3 &h, const double *height, double distance) {
        const double volume = std::fabs(determinant(h));
        for (int a = 0; a < 3; ++a)
            if (!(height[a] > 0.0) || !std::isfinite(height[a]) || !std::isfinite(volume))
                throw Error(NH_NOT_FINITE, "the cell has no volume, or one that is no finite number");
        for (int a = 0; a < 3; ++a)
            if (distance > bounds::kMostPeriods * height[a])
                throw Error(NH_BAD_ARGUMENT,
                            thin_cell("the cell is so thin that an atom reaches") + "; lengths are in Angstrom");
        constexpr double kSphere = 4.18879020478639;
        const double pairs = 0.5 * n * (n / volume) * kSphere * distance * distance * distance;
        if (!(pairs < static_cast<double>(bounds::kMostPairs)))
            throw Error(NH_BAD_ARGUMENT, "so many atoms in so small a cell have more than " +
                                             std::to_string(bounds::kMostPairs) +
                                             " pairs within reach; lengths are in Angstrom");
    }

    /** Bins half as wide as the reach, or wider where the cell is mostly vacuum. */
    void choose_counts(int n, const double *height, double distance) {
        const double most = static_cast<double>(std::min(bounds::kMostBins, bounds::kBinsPerAtom * (n + 1)));
        double wanted[3];
        for (int a = 0; a < 3; ++a) wanted[a] = std::max(1.0, std::floor(height[a] / (0.5 * distance)));
        while (wanted[0] * wanted[1] * wanted[2] > most) {
            double &largest = *std::max_element(wanted, wanted + 3);
            largest = std::ceil(0.5 * largest);
        }
        for (int a = 0; a < 3; ++a) count[a] = static_cast<int>(wanted[a]);
    }
};

/** Bins of one y and z: they lie one behind the other in memory, and so do their atoms. */
struct Row {
    int number;
    /** Of the cell along y and z. */
    int period[2];
};

/** The rows within reach of each row. */
std::vector<std::vector<Row>> rows_within_reach(const Bins &bins) {
    std::vector<std::vector<Row>> near(std::size_t(bins.count[1]) * bins.count[2]);
    for (std::size_t home = 0; home < near.size(); ++home)
        for (const Stretch &z : within_reach(int(home) / bins.count[1], bins.count[2], bins.reach[2]))
            for (int bz = z.first; bz <= z.last; ++bz)
                for (const Stretch &y : within_reach(int(home) % bins.count[1], bins.count[1], bins.reach[1]))
                    for (int by = y.first; by <= y.last; ++by)
                        near[home].push_back({bz * bins.count[1] + by, {y.period, z.period}});
    return near;
}

bool upper_half(const int *n) {
    if (n[2] != 0) return n[2] > 0;
    if (n[1] != 0) return n[1] > 0;
    return n[0] > 0;
}

/** Numbers images on first use. */
class ImageTable {
public:
    explicit ImageTable(std::vector<Image> &images) : images_(images) { images_.clear(); }

    int find(const int *n, double weight) {
        for (int a = 0; a < 3; ++a)
            if (std::abs(n[a]) > kMost)
                throw Error(NH_BAD_ARGUMENT, thin_cell("an atom lies") + "; wrap the atoms into the box");
        const int key = ((n[2] + kMost) * kSide + n[1] + kMost) * kSide + n[0] + kMost;
        const std::size_t slot = 2 * static_cast<std::size_t>(key) + (weight > 1.5);
        if (index_.size() <= slot) index_.resize(slot + 1, -1);
        if (index_[slot] < 0) {
            index_[slot] = static_cast<int>(images_.size());
            images_.push_back({{n[0], n[1], n[2]}, weight});
        }
        return index_[slot];
    }

private:
    static constexpr int kMost = bounds::kMostPeriods, kSide = 2 * kMost + 1;
    std::vector<Image> &images_;
    std::vector<int> index_;
};

}  // namespace

void PairList::build(const std::vector<double> &x, const Mat3 &h, double distance, bool planar_) {
    planar = planar_;
    const int n = static_cast<int>(x.size() / 3);
    const Bins bins(x, h, distance);
    ImageTable table(images);
    const double limit = distance * distance;
    first.assign(1, 0);
    neighbours.clear();

    std::vector<std::vector<Stretch>> along_x;
    for (int home = 0; home < bins.count[0]; ++home)
        along_x.push_back(within_reach(home, bins.count[0], bins.reach[0]));
    const std::vector<std::vector<Row>> rows = rows_within_reach(bins);

    std::vector<int> close;
    for (int i = 0; i < n; ++i) {
        const double *xi = &bins.inside[3 * i];
        for (const Row &row : rows[bins.bin[i] / bins.count[0]])
            for (const Stretch &stretch : along_x[bins.bin[i] % bins.count[0]]) {
                const int shift[3] = {stretch.period, row.period[0], row.period[1]};
                double move[3];
                for (int a = 0; a < 3; ++a)
                    move[a] = h[a][0] * shift[0] + h[a][1] * shift[1] + h[a][2] * shift[2] - xi[a];
                if (bins.is_far(row.number, move, limit)) continue;
                const int count = bins.find_close(row.number, stretch, move, limit, i, close);
                for (int c = 0; c < count; ++c) {
                    const int j = bins.atoms[close[c]];
                    if (j == i && !upper_half(shift)) continue;
                    double weight = 1.0;
                    // Of an atom and its own images the mirror makes twins of pairs that are both met here.
                    if (planar && j != i) {
                        const double dz = bins.sorted[2][close[c]] + move[2];
                        if (dz < -kPlaneTolerance) continue;
                        if (dz > kPlaneTolerance) weight = 2.0;
                    }
                    // Positions are used as given, so the translation also undoes the wrapping of both atoms.
                    int net[3];
                    for (int a = 0; a < 3; ++a) net[a] = shift[a] - bins.wrap[3 * j + a] + bins.wrap[3 * i + a];
                    neighbours.push_back({j, table.find(net, weight)});
                }
            }
        if (neighbours.size() > static_cast<std::size_t>(bounds::kMostPairs))
            throw Error(NH_BAD_ARGUMENT, "more than " + std::to_string(bounds::kMostPairs) + " pairs are within reach");
        first.push_back(static_cast<std::int32_t>(neighbours.size()));
    }
}

bool on_mirror_planes(const std::vector<double> &x, const Mat3 &h, double tolerance) {
    if (std::fabs(h[0][2]) > tolerance || std::fabs(h[1][2]) > tolerance) return false;
    const double half = 0.5 * h[2][2];
    for (std::size_t i = 2; i < x.size(); i += 3) {
        const double planes = (x[i] - x[2]) / half;
        if (std::fabs(planes - std::round(planes)) * half > tolerance) return false;
    }
    return true;
}

}  // namespace nanohooke::eam
