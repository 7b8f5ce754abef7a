// SPDX-License-Identifier: Apache-2.0
#include "large/springs.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "common/error.h"

namespace nanohooke::large {

namespace {

// Differences of places are rounded to this (Angstrom).
constexpr double kGrain = 0x1p-20;
// Share of the stiffness that every column gets beside its springs, so that nothing is singular.
constexpr double kLeast = 1e-7;
// A column whose springs have a softer direction than this share is held by as much: it would go too far.
constexpr double kFloppy = 0.4;
constexpr int kSlice = 8192;

double rounded(double v) { return std::nearbyint(v / kGrain) * kGrain; }

double softest(double xx, double xy, double yy) {
    return 0.5 * (xx + yy) - std::sqrt(0.25 * (xx - yy) * (xx - yy) + xy * xy);
}

}  // namespace

Springs::Springs(const std::vector<double> &x, const std::vector<char> &upper, double period, const Plane &plane,
                 double reach, double stiffness, const sparse::GridCuts &cuts, Workers &workers)
    : workers_(workers), stiffness_(stiffness), factor_(workers) {
    const int n = static_cast<int>(x.size() / 2);
    {
        ColumnList list;
        list.build(x, upper, plane, reach, workers);
        for (int i = 0; i < n; ++i)
            for (int k = 0; k < list.count[i]; ++k) {
                const int j = list.partner[list.row[i] + k];
                double dx = x[2 * j] - x[2 * i], dy = x[2 * j + 1] - x[2 * i + 1];
                plane.nearest(dx, dy);
                dx = rounded(dx);
                dy = rounded(dy);
                double share = 0.0;
                for (int half = upper[i] != upper[j]; 0.5 * half * period < reach; half += 2) {
                    const double rise = 0.5 * half * period, square = dx * dx + dy * dy + rise * rise;
                    if (square < reach * reach) share += (half == 0 ? 1.0 : 2.0) / square;
                }
                share *= stiffness;
                if (share > 0.0) bonds_.push_back({i, j, share * dx * dx, share * dx * dy, share * dy * dy});
            }
    }
    // The same order of bonds around every column, whatever the strips: sums are then equal to the last bit, too.
    std::sort(bonds_.begin(), bonds_.end(), [&](const Bond &a, const Bond &b) {
        const auto key = [&](const Bond &c) {
            double dx = x[2 * c.j] - x[2 * c.i], dy = x[2 * c.j + 1] - x[2 * c.i + 1];
            plane.nearest(dx, dy);
            const bool turned = dx < -kGrain || (dx <= kGrain && dy < 0.0);
            return std::array<double, 2>{rounded(turned ? -dx : dx), rounded(turned ? -dy : dy)};
        };
        const auto ka = key(a), kb = key(b);
        if (ka != kb) return ka < kb;
        return a.i != b.i ? a.i < b.i : a.j < b.j;
    });
    ground_.assign(3 * static_cast<std::size_t>(n), 0.0);
    for (const Bond &b : bonds_)
        for (int end : {b.i, b.j}) {
            ground_[3 * end] += b.xx;
            ground_[3 * end + 1] += b.xy;
            ground_[3 * end + 2] += b.yy;
        }
    for (int i = 0; i < n; ++i) {
        double *g = &ground_[3 * i];
        const double more = softest(g[0], g[1], g[2]) < kFloppy * stiffness ? kFloppy * stiffness : kLeast * stiffness;
        g[0] = g[2] = more;
        g[1] = 0.0;
    }

    sparse::Graph graph;
    graph.first.assign(n + 1, 0);
    for (const Bond &b : bonds_) {
        ++graph.first[b.i + 1];
        ++graph.first[b.j + 1];
    }
    for (int i = 0; i < n; ++i) graph.first[i + 1] += graph.first[i];
    graph.to.resize(graph.first[n]);
    {
        std::vector<int> at(graph.first.begin(), graph.first.end() - 1);
        for (const Bond &b : bonds_) {
            graph.to[at[b.i]++] = b.j;
            graph.to[at[b.j]++] = b.i;
        }
    }
    std::vector<double> places(x.size());
    for (std::size_t q = 0; q < x.size(); ++q) places[q] = rounded(x[q]);
    rank_ = sparse::grid_dissection(graph, places, cuts);
    matrix_.nodes = n;
    matrix_.size = 2;
    matrix_.first.assign(n + 1, 0);
    for (int i = 0; i < n; ++i) ++matrix_.first[rank_[i] + 1];
    for (const Bond &b : bonds_) ++matrix_.first[std::min(rank_[b.i], rank_[b.j]) + 1];
    for (int i = 0; i < n; ++i) matrix_.first[i + 1] += matrix_.first[i];
    matrix_.row.resize(matrix_.first[n]);
    entry_.resize(bonds_.size());
    std::vector<int> at(matrix_.first.begin(), matrix_.first.end() - 1);
    for (int i = 0; i < n; ++i) matrix_.row[at[i]++] = i;
    std::vector<int> bond_at(matrix_.row.size(), -1);
    for (std::size_t k = 0; k < bonds_.size(); ++k) {
        const int r = rank_[bonds_[k].i], c = rank_[bonds_[k].j];
        const int e = at[std::min(r, c)]++;
        matrix_.row[e] = std::max(r, c);
        bond_at[e] = static_cast<int>(k);
    }
    for (int j = 0; j < n; ++j) {
        // A handful a column: rows rise.
        for (int e = matrix_.first[j] + 2; e < matrix_.first[j + 1]; ++e)
            for (int q = e; q > matrix_.first[j] + 1 && matrix_.row[q] < matrix_.row[q - 1]; --q) {
                std::swap(matrix_.row[q], matrix_.row[q - 1]);
                std::swap(bond_at[q], bond_at[q - 1]);
            }
        for (int e = matrix_.first[j] + 1; e < matrix_.first[j + 1]; ++e) {
            if (e > matrix_.first[j] + 1 && matrix_.row[e] == matrix_.row[e - 1])
                throw Error(NH_BAD_ARGUMENT, "a periodic cell is so narrow that two columns are neighbours twice");
            entry_[bond_at[e]] = e;
        }
    }
    matrix_.values.resize(4 * matrix_.row.size());
}

void Springs::hold(const std::vector<char> &held) {
    held_ = held;
    std::fill(matrix_.values.begin(), matrix_.values.end(), 0.0);
    const auto diagonal = [&](int i) { return &matrix_.values[4 * static_cast<std::size_t>(matrix_.first[rank_[i]])]; };
    for (std::size_t k = 0; k < bonds_.size(); ++k) {
        const Bond &b = bonds_[k];
        double *to = &matrix_.values[4 * static_cast<std::size_t>(entry_[k])];
        const double block[4] = {b.xx, b.xy, b.xy, b.yy};
        const int row = rank_[b.i] > rank_[b.j] ? b.i : b.j, column = row == b.i ? b.j : b.i;
        for (int r = 0; r < 2; ++r)
            for (int c = 0; c < 2; ++c)
                if (!held[2 * row + r] && !held[2 * column + c]) to[2 * r + c] = -block[2 * r + c];
        for (int end : {b.i, b.j})
            for (int q = 0; q < 4; ++q) diagonal(end)[q] += block[q];
    }
    for (int i = 0; i < matrix_.nodes; ++i) {
        double *d = diagonal(i);
        d[0] += ground_[3 * i];
        d[3] += ground_[3 * i + 2];
        for (int a = 0; a < 2; ++a)
            if (held[2 * i + a]) {
                d[1] = d[2] = 0.0;
                d[3 * a] = stiffness_;
            }
    }
    if (!factor_.factorise(matrix_)) throw Error(NH_INTERNAL, "a network of springs is not positive definite");
    work_.resize(2 * static_cast<std::size_t>(matrix_.nodes));
}

void Springs::solve(std::vector<double> &v) {
    workers_.run_slices(matrix_.nodes, kSlice, [&](int begin, int end, int) {
        for (int i = begin; i < end; ++i)
            for (int a = 0; a < 2; ++a) work_[2 * rank_[i] + a] = held_[2 * i + a] ? 0.0 : v[2 * i + a];
    });
    factor_.solve(work_.data());
    workers_.run_slices(matrix_.nodes, kSlice, [&](int begin, int end, int) {
        for (int i = begin; i < end; ++i)
            for (int a = 0; a < 2; ++a) v[2 * i + a] = held_[2 * i + a] ? 0.0 : work_[2 * rank_[i] + a];
    });
}

void Springs::multiply(const std::vector<double> &v, std::vector<double> &w) const {
    w.assign(v.size(), 0.0);
    for (const Bond &b : bonds_) {
        const double dx = v[2 * b.i] - v[2 * b.j], dy = v[2 * b.i + 1] - v[2 * b.j + 1];
        const double fx = b.xx * dx + b.xy * dy, fy = b.xy * dx + b.yy * dy;
        w[2 * b.i] += fx;
        w[2 * b.i + 1] += fy;
        w[2 * b.j] -= fx;
        w[2 * b.j + 1] -= fy;
    }
    for (int i = 0; i < matrix_.nodes; ++i) {
        w[2 * i] += ground_[3 * i] * v[2 * i];
        w[2 * i + 1] += ground_[3 * i + 2] * v[2 * i + 1];
    }
}

double Springs::longest_stretch(const std::vector<double> &move) const {
    constexpr int kBonds = 65536;
    const int count = static_cast<int>(bonds_.size());
    std::vector<double> most((count + kBonds - 1) / kBonds + 1, 0.0);
    workers_.run_slices(count, kBonds, [&](int begin, int end, int) {
        double square = 0.0;
        for (int k = begin; k < end; ++k) {
            const Bond &b = bonds_[k];
            const double dx = move[2 * b.i] - move[2 * b.j], dy = move[2 * b.i + 1] - move[2 * b.j + 1];
            square = std::max(square, dx * dx + dy * dy);
        }
        most[begin / kBonds] = square;
    });
    return std::sqrt(*std::max_element(most.begin(), most.end()));
}

void Springs::carry(std::vector<double> &move) {
    for (std::size_t q = 0; q < move.size(); ++q)
        if (!held_[q]) move[q] = 0.0;
    std::vector<double> force;
    multiply(move, force);
    for (double &f : force) f = -f;
    solve(force);
    for (std::size_t q = 0; q < move.size(); ++q)
        if (!held_[q]) move[q] = force[q];
}

}  // namespace nanohooke::large
