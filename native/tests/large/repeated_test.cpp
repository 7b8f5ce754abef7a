// SPDX-License-Identifier: Apache-2.0
//
// Factors that keep what repeats itself once: solutions against products, and what is shared.
#include "sparse/repeated.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include "check.h"
#include "common/workers.h"
#include "sparse/ordering/grid_dissection.h"

using namespace nanohooke;

namespace {

/** Springs of blocks of two on a grid of nx x ny nodes, eight neighbours each; `around`: the last meets the first. */
struct Grid {
    int nx, ny;
    std::vector<double> places;
    std::vector<int> rank;
    sparse::BlockMatrix matrix;

    Grid(int nx_, int ny_, bool around, double uneven) : nx(nx_), ny(ny_) {
        const int n = nx * ny;
        struct Edge {
            int i, j;
            double block[4];
        };
        std::vector<Edge> edges;
        for (int x = 0; x < nx; ++x)
            for (int y = 0; y < ny; ++y) {
                places.insert(places.end(), {double(x), double(y)});
                const int ways[4][2] = {{1, 0}, {0, 1}, {1, 1}, {1, -1}};
                for (const auto &way : ways) {
                    int to_x = x + way[0], to_y = y + way[1];
                    if (around) to_x = (to_x + nx) % nx, to_y = (to_y + ny) % ny;
                    if (to_x < 0 || to_x >= nx || to_y < 0 || to_y >= ny) continue;
                    const double k = 1.0 + uneven * std::sin(0.37 * (x * ny + y));
                    edges.push_back(
                        {x * ny + y,
                         to_x * ny + to_y,
                         {k * way[0] * way[0], k * way[0] * way[1], k * way[0] * way[1], k * way[1] * way[1]}});
                }
            }
        sparse::Graph graph;
        graph.first.assign(n + 1, 0);
        for (const Edge &e : edges) ++graph.first[e.i + 1], ++graph.first[e.j + 1];
        for (int i = 0; i < n; ++i) graph.first[i + 1] += graph.first[i];
        graph.to.resize(graph.first[n]);
        std::vector<int> at(graph.first.begin(), graph.first.end() - 1);
        for (const Edge &e : edges) graph.to[at[e.i]++] = e.j, graph.to[at[e.j]++] = e.i;
        const double wrap_x = around ? nx : 0.0, wrap_y = around ? ny : 0.0;
        rank = sparse::grid_dissection(graph, places, {{-0.5, -0.5}, {8.0, 8.0}, {wrap_x, wrap_y}});
        std::vector<std::vector<std::pair<int, const Edge *>>> columns(n);
        for (const Edge &e : edges) {
            const int r = rank[e.i], c = rank[e.j];
            columns[std::min(r, c)].emplace_back(std::max(r, c), &e);
        }
        matrix.nodes = n;
        matrix.size = 2;
        matrix.first.assign(1, 0);
        std::vector<double> diagonal(4 * n, 0.0);
        for (const Edge &e : edges)
            for (int end : {e.i, e.j})
                for (int q = 0; q < 4; ++q) diagonal[4 * rank[end] + q] += e.block[q];
        for (int j = 0; j < n; ++j) {
            matrix.row.push_back(j);
            for (int q = 0; q < 4; ++q) matrix.values.push_back(diagonal[4 * j + q] + (q % 3 == 0 ? 1e-3 : 0.0));
            std::sort(columns[j].begin(), columns[j].end());
            for (const auto &[row, edge] : columns[j]) {
                matrix.row.push_back(row);
                for (double v : edge->block) matrix.values.push_back(-v);
            }
            matrix.first.push_back(static_cast<int>(matrix.row.size()));
        }
    }

    std::vector<double> times(const std::vector<double> &x) const {
        std::vector<double> y(x.size(), 0.0);
        for (int j = 0; j < matrix.nodes; ++j)
            for (int e = matrix.first[j]; e < matrix.first[j + 1]; ++e)
                for (int a = 0; a < 2; ++a)
                    for (int b = 0; b < 2; ++b) {
                        const double v = matrix.values[4 * e + 2 * a + b];
                        y[2 * matrix.row[e] + a] += v * x[2 * j + b];
                        if (matrix.row[e] != j) y[2 * j + b] += v * x[2 * matrix.row[e] + a];
                    }
        return y;
    }
};

std::vector<double> wave(int n) {
    std::vector<double> x(n);
    for (int i = 0; i < n; ++i) x[i] = std::sin(0.7 * (i + 1)) + 0.3 * std::cos(0.011 * i);
    return x;
}

void solves(const Grid &grid, int threads, std::vector<double> *bits) {
    Workers workers(threads);
    sparse::RepeatedCholesky factor(workers);
    CHECK(factor.factorise(grid.matrix));
    const std::vector<double> want = wave(2 * grid.matrix.nodes);
    std::vector<double> x = grid.times(want);
    factor.solve(x.data());
    double most = 0.0;
    for (std::size_t i = 0; i < x.size(); ++i) most = std::max(most, std::fabs(x[i] - want[i]));
    CHECK_NEAR(most, 0.0, 1e-8);
    if (bits->empty()) *bits = x;
    CHECK(std::memcmp(bits->data(), x.data(), x.size() * sizeof(double)) == 0);
}

void solutions() {
    for (const Grid &grid : {Grid(1, 1, false, 0.0), Grid(3, 2, false, 0.0), Grid(40, 23, false, 0.0),
                             Grid(31, 64, false, 0.2), Grid(24, 24, true, 0.0), Grid(90, 17, true, 0.1)}) {
        std::vector<double> bits;
        for (int threads : {1, 2, 4}) solves(grid, threads, &bits);
    }
}

/** Of an even grid far fewer numbers are kept than of an uneven one, and both mean the same number of them. */
void repetitions() {
    Workers workers(1);
    const Grid even(192, 64, false, 0.0), uneven(192, 64, false, 0.2);
    sparse::RepeatedCholesky one(workers), other(workers);
    CHECK(one.factorise(even.matrix));
    CHECK(other.factorise(uneven.matrix));
    CHECK(one.factor_entries() == other.factor_entries());
    CHECK(other.kinds() == other.fronts());
    CHECK(one.kinds() < one.fronts() / 8);
    CHECK(one.kept_entries() < other.kept_entries() / 2);
}

/** Not positive definite is an answer, and the next matrix of the same pattern is none the worse for it. */
void indefinite() {
    Workers workers(2);
    Grid grid(20, 20, false, 0.0);
    sparse::RepeatedCholesky factor(workers);
    const double was = grid.matrix.values[4 * grid.matrix.first[211]];
    grid.matrix.values[4 * grid.matrix.first[211]] = -1.0;
    CHECK(!factor.factorise(grid.matrix));
    grid.matrix.values[4 * grid.matrix.first[211]] = was;
    std::vector<double> bits;
    CHECK(factor.factorise(grid.matrix));
    solves(grid, 2, &bits);
}

}  // namespace

int main() {
    solutions();
    repetitions();
    indefinite();
    return check::report("repeated_test");
}
