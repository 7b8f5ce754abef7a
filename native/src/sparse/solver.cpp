// SPDX-License-Identifier: Apache-2.0
#include "sparse/solver.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "common/error.h"
#include "common/stopwatch.h"
#include "sparse/ordering/dissection.h"

namespace nanohooke::sparse {

namespace {

// Refinement of a solution by a factor with replaced pivots: rounds at most, residuals over right-hand side.
constexpr int kRounds = 20;
constexpr double kGood = 1e-13, kEnough = 1e-8;

/** The graph of a pattern, and the block of each edge: -1 - block where it leads from the block's row to its column. */
struct Edges {
    Graph graph;
    std::vector<int> block;

    Edges(int nodes, const int *first, const int *row) {
        graph.first.assign(nodes + 1, 0);
        for (int j = 0; j < nodes; ++j) {
            graph.first[j + 1] += first[j + 1] - first[j] - 1;
            for (int e = first[j] + 1; e < first[j + 1]; ++e) ++graph.first[row[e] + 1];
        }
        for (int j = 0; j < nodes; ++j) graph.first[j + 1] += graph.first[j];
        graph.to.resize(graph.first.back());
        block.resize(graph.first.back());
        std::vector<int> at(graph.first.begin(), graph.first.end() - 1);
        for (int j = 0; j < nodes; ++j)
            for (int e = first[j] + 1; e < first[j + 1]; ++e) {
                const int down = at[j]++, up = at[row[e]]++;
                graph.to[down] = row[e];
                block[down] = e;
                graph.to[up] = j;
                block[up] = -1 - e;
            }
    }
};

double largest(const double *x, int n) {
    double most = 0.0;
    for (int i = 0; i < n; ++i) most = std::max(most, std::fabs(x[i]));
    return most;
}

}  // namespace

Solver::Solver(int nodes, int size, const int *first, const int *row, const std::vector<double> &coordinates)
    : factor_(std::make_shared<Storage>(), Amalgamation::none()) {
    matrix_.nodes = nodes;
    matrix_.size = size;
    order_nodes(first, row, coordinates);
    factor_.analyse(matrix_);
}

void Solver::order_nodes(const int *first, const int *row, const std::vector<double> &coordinates) {
    const Stopwatch watch(seconds_ordering_);
    const int nodes = matrix_.nodes, size = matrix_.size;
    const Edges edges(nodes, first, row);
    const Graph &graph = edges.graph;
    rank_ = dissection_of_mesh(graph, coordinates);
    node_at_.resize(nodes);
    for (int i = 0; i < nodes; ++i) node_at_[rank_[i]] = i;
    // The lower triangle in the new order, by columns. Row after row, so that rows rise in every column.
    matrix_.first.assign(nodes + 1, 0);
    for (int i = 0; i < nodes; ++i) {
        int below = 1;
        for (int q = graph.first[i]; q < graph.first[i + 1]; ++q) below += rank_[graph.to[q]] > rank_[i];
        matrix_.first[rank_[i] + 1] = below;
    }
    for (int j = 0; j < nodes; ++j) matrix_.first[j + 1] += matrix_.first[j];
    const int count = matrix_.first.back();
    matrix_.row.resize(count);
    rank_entries_.resize(count);
    std::vector<int> at(matrix_.first.begin(), matrix_.first.end() - 1);
    for (int r = 0; r < nodes; ++r) {
        const int i = node_at_[r];
        matrix_.row[at[r]] = r;
        rank_entries_[first[i]] = at[r]++;
        for (int q = graph.first[i]; q < graph.first[i + 1]; ++q) {
            const int column = rank_[graph.to[q]];
            if (column >= r) continue;
            const int place = at[column]++, e = edges.block[q];
            matrix_.row[place] = r;
            // Where the caller has it above the diagonal of the new order it is transposed.
            rank_entries_[e < 0 ? -1 - e : e] = e < 0 ? place : -1 - place;
        }
    }
    matrix_.values.assign(static_cast<std::size_t>(count) * size * size, 0.0);
}

void Solver::take(const double *values) {
    const int size = matrix_.size, area = size * size;
    for (std::size_t e = 0; e < rank_entries_.size(); ++e) {
        const double *from = values + e * area;
        const int place = rank_entries_[e];
        double *to = &matrix_.values[static_cast<std::size_t>(place >= 0 ? place : -1 - place) * area];
        double sum = 0.0;
        for (int a = 0; a < size; ++a)
            for (int b = 0; b < size; ++b) {
                const double value = from[a * size + b];
                sum += value * 0.0;  // NaN where the value is not finite
                to[place >= 0 ? a * size + b : b * size + a] = value;
            }
        if (sum != 0.0) throw Error(NH_NOT_FINITE, "block " + std::to_string(e) + " of the matrix is not finite");
    }
}

void Solver::use_threads(int threads) { factor_.share(threads > 1 ? std::make_shared<Workers>(threads) : nullptr); }

bool Solver::factorise(const double *values) {
    ready_ = indefinite_ = false;
    take(values);
    return ready_ = factor_.factorise(matrix_);
}

bool Solver::factorise_indefinite(const double *values) {
    ready_ = false;
    take(values);
    indefinite_ = true;
    return ready_ = factor_.factorise_indefinite(matrix_);
}

long long Solver::factor_entries() const {
    long long sum = 0;
    const Symbolic &symbolic = factor_.symbolic();
    for (int s = 0; s < symbolic.supernodes(); ++s) {
        const long long c = static_cast<long long>(symbolic.columns(s)) * size();
        const long long h = static_cast<long long>(symbolic.height(s)) * size();
        sum += c * (c + 1) / 2 + c * (h - c);
    }
    return sum;
}

void Solver::refine(const double *b, double *x) const {
    const int n = order();
    std::vector<double> residual(n);
    const double scale = largest(b, n);
    double before = 0.0;
    for (int round = 0; round < kRounds; ++round) {
        multiply(matrix_, x, residual.data());
        for (int i = 0; i < n; ++i) residual[i] = b[i] - residual[i];
        const double now = largest(residual.data(), n);
        if (now <= kGood * scale || (round > 0 && now <= kEnough * scale && now > 0.5 * before)) return;
        if (!std::isfinite(now) || (round + 1 == kRounds && !(now <= kEnough * scale)) ||
            (round > 2 && now > 0.9 * before))
            throw Error(NH_SINGULAR, "the matrix is singular to working precision: refinement leaves a residual of " +
                                         std::to_string(now / scale) + " of the right-hand side");
        before = now;
        factor_.solve(residual.data());
        for (int i = 0; i < n; ++i) x[i] += residual[i];
    }
}

void Solver::solve(double *b, int count) const {
    const int n = order(), size = matrix_.size;
    std::vector<double> x(static_cast<std::size_t>(n) * count);
    const auto permute = [&](const auto &move) {
        for (int k = 0; k < count; ++k)
            for (int i = 0; i < matrix_.nodes; ++i)
                for (int a = 0; a < size; ++a)
                    move(b[static_cast<std::size_t>(k) * n + i * size + a],
                         x[static_cast<std::size_t>(k) * n + rank_[i] * size + a]);
    };
    permute([](double &outside, double &inside) { inside = outside; });
    if (indefinite_) {
        const std::vector<double> wanted = x;
        factor_.solve(x.data(), count);
        for (int k = 0; k < count; ++k)
            refine(&wanted[static_cast<std::size_t>(k) * n], &x[static_cast<std::size_t>(k) * n]);
    } else {
        factor_.solve(x.data(), count);
    }
    permute([](double &outside, double &inside) { outside = inside; });
}

}  // namespace nanohooke::sparse
