// SPDX-License-Identifier: Apache-2.0
#include "sparse/cholesky.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "check.h"
#include "sparse/kernels/dense.h"
#include "sparse/ordering/ordering.h"
#include "structures.h"

namespace nanohooke::sparse {
extern const DenseKernel baseline_kernel;
#ifdef __x86_64__
extern const DenseKernel avx2_kernel, avx512_kernel;
#endif
}  // namespace nanohooke::sparse

using namespace nanohooke::sparse;
using structures::Random;

namespace {

/** Points on a torus, coupled within a distance: a graph like that of an extruded crystal. */
struct Cloud {
    Layout layout;
    Graph graph;
};

Cloud cloud(int n, double reach, std::uint64_t seed) {
    Random random(seed);
    Cloud c;
    for (int i = 0; i < n; ++i) {
        c.layout.push_back(random.uniform(0, 1));
        c.layout.push_back(random.uniform(0, 1));
        c.layout.push_back(0.0);
    }
    c.graph.first.push_back(0);
    for (int i = 0; i < n; ++i) {
        for (int j = 0; j < n; ++j) {
            double square = 0.0;
            for (int a = 0; a < 2; ++a) {
                double d = c.layout[3 * i + a] - c.layout[3 * j + a];
                d -= std::round(d);
                square += d * d;
            }
            if (j != i && square < reach * reach) c.graph.to.push_back(j);
        }
        c.graph.first.push_back(int(c.graph.to.size()));
    }
    return c;
}

/** Diagonally dominant random matrix on a graph; `shift` is added to the diagonal. */
BlockMatrix random_matrix(const Graph &graph, const std::vector<int> &rank, int size, double shift,
                          std::uint64_t seed) {
    Random random(seed);
    const int n = graph.nodes();
    std::vector<std::map<int, std::vector<double>>> columns(n);
    std::vector<double> weight(std::size_t(n) * size, 0.0);
    for (int i = 0; i < n; ++i)
        for (int e = graph.first[i]; e < graph.first[i + 1]; ++e) {
            const int c = rank[i], r = rank[graph.to[e]];
            if (r < c) continue;
            std::vector<double> block(size * size);
            for (int a = 0; a < size; ++a)
                for (int b = 0; b < size; ++b) {
                    block[a * size + b] = random.uniform(-1, 1);
                    weight[r * size + a] += std::fabs(block[a * size + b]);
                    weight[c * size + b] += std::fabs(block[a * size + b]);
                }
            columns[c][r] = block;
        }
    BlockMatrix m;
    m.nodes = n;
    m.size = size;
    m.first.push_back(0);
    for (int c = 0; c < n; ++c) {
        std::vector<double> diagonal(size * size, 0.0);
        for (int a = 0; a < size; ++a) diagonal[a * size + a] = weight[c * size + a] + shift;
        columns[c][c] = diagonal;
        for (const auto &[row, block] : columns[c]) {
            m.row.push_back(row);
            m.values.insert(m.values.end(), block.begin(), block.end());
        }
        m.first.push_back(int(m.row.size()));
    }
    return m;
}

std::vector<double> product(const BlockMatrix &m, const std::vector<double> &x) {
    std::vector<double> y(m.order(), 0.0);
    for (int c = 0; c < m.nodes; ++c)
        for (int e = m.first[c]; e < m.first[c + 1]; ++e)
            for (int a = 0; a < m.size; ++a)
                for (int b = 0; b < m.size; ++b) {
                    const double v = m.values[(std::size_t(e) * m.size + a) * m.size + b];
                    const int r = m.row[e] * m.size + a, k = c * m.size + b;
                    y[r] += v * x[k];
                    if (m.row[e] != c) y[k] += v * x[r];
                }
    return y;
}

void permutation_is_valid(const std::vector<int> &rank) {
    std::vector<int> sorted = rank;
    std::sort(sorted.begin(), sorted.end());
    for (std::size_t k = 0; k < sorted.size(); ++k) CHECK(sorted[k] == int(k));
}

void solves(int n, double reach, int size) {
    const Cloud c = cloud(n, reach, 10 + n);
    auto rank = nested_dissection(c.graph, c.layout);
    postorder(c.graph, rank);
    permutation_is_valid(rank);
    const BlockMatrix m = random_matrix(c.graph, rank, size, 0.5, 3);
    Cholesky factor;
    CHECK(factor.factorise(m));
    CHECK(factor.pivots().smallest() > 0.0);
    Random random(4);
    std::vector<double> x(m.order());
    for (auto &v : x) v = random.uniform(-1, 1);
    auto b = product(m, x);
    factor.solve(b.data());
    double worst = 0.0;
    for (int k = 0; k < m.order(); ++k) worst = std::max(worst, std::fabs(b[k] - x[k]));
    CHECK(worst < 1e-10);

    // Same pattern, other numbers: the analysis is kept and the result is as good.
    const double analysis = factor.seconds_analysis();
    const BlockMatrix other = random_matrix(c.graph, rank, size, 2.0, 9);
    CHECK(factor.factorise(other));
    CHECK(factor.seconds_analysis() == analysis);
    b = product(other, x);
    factor.solve(b.data());
    for (int k = 0; k < m.order(); ++k) CHECK_NEAR(b[k], x[k], 1e-10);
}

/** Half of the digits, and all of the symmetry: (y, A^-1 x) = (x, A^-1 y). */
void rounded_factors() {
    const Cloud c = cloud(400, 0.1, 410);
    auto rank = nested_dissection(c.graph, c.layout);
    postorder(c.graph, rank);
    Random random(4);
    Cholesky factor;
    factor.round_factors();
    for (double shift : {0.5, 2.0}) {
        const BlockMatrix m = random_matrix(c.graph, rank, 3, shift, 3);
        CHECK(factor.factorise(m));
        std::vector<double> x(m.order()), y(m.order());
        for (auto *vector : {&x, &y})
            for (auto &v : *vector) v = random.uniform(-1, 1);
        auto b = product(m, x);
        b.insert(b.end(), y.begin(), y.end());
        auto solved = b;
        factor.solve(solved.data(), 2);
        double worst = 0.0, once = 0.0, twice = 0.0;
        for (int k = 0; k < m.order(); ++k) {
            worst = std::max(worst, std::fabs(solved[k] - x[k]));
            once += solved[k] * y[k];
            twice += solved[m.order() + k] * b[k];
        }
        CHECK(worst < 1e-5 && worst > 1e-9);
        CHECK_NEAR(once, twice, 1e-11);
    }
}

/** Products with single-precision columns, in lengths that vectors do not fill, on any alignment. */
void single_precision_columns(const DenseKernel &kernel) {
    Random random(6);
    const auto draw = [&](auto &values) {
        for (auto &v : values) v = random.uniform(-1, 1);
    };
    for (int rows : {1, 2, 7, 16, 33, 131})
        for (int columns : {1, 3, 4, 9}) {
            const int leading = rows + 5;
            std::vector<float> storage(std::size_t(leading) * columns + 1);
            std::vector<double> x(columns), y(rows);
            draw(storage);
            draw(x);
            draw(y);
            const float *a = storage.data() + 1;
            auto got_x = x, got_y = y;
            kernel.apply_single(rows, columns, a, leading, x.data(), got_y.data());
            kernel.apply_single_transposed(rows, columns, a, leading, y.data(), got_x.data());
            auto want_x = x, want_y = y;
            for (int j = 0; j < columns; ++j)
                for (int i = 0; i < rows; ++i) {
                    want_y[i] -= a[std::size_t(j) * leading + i] * x[j];
                    want_x[j] -= a[std::size_t(j) * leading + i] * y[i];
                }
            for (int i = 0; i < rows; ++i) CHECK_NEAR(got_y[i], want_y[i], 1e-13);
            for (int j = 0; j < columns; ++j) CHECK_NEAR(got_x[j], want_x[j], 1e-13);
        }
}

void reports_indefinite() {
    const Cloud c = cloud(300, 0.12, 77);
    auto rank = nested_dissection(c.graph, c.layout);
    postorder(c.graph, rank);
    BlockMatrix m = random_matrix(c.graph, rank, 3, 0.5, 3);
    // A negative diagonal entry in node 200: elimination only lowers it, so the pivot there cannot be positive.
    m.values[std::size_t(m.first[200]) * 9 + 4] = -1.0;
    Cholesky factor;
    CHECK(!factor.factorise(m));
    CHECK(!factor.positive_definite());
    CHECK(factor.pivots().at() == 200 * 3 + 1);
    CHECK(factor.pivots().smallest() <= -1.0);
    // The same object recovers with a good matrix.
    CHECK(factor.factorise(random_matrix(c.graph, rank, 3, 0.5, 3)));
}

/** With auxiliary freedoms: the solution is that of the condensed matrix, and so is the verdict. */
void auxiliary_freedoms(int n, int size) {
    const Cloud c = cloud(n, 0.12, 31 + n);
    auto rank = nested_dissection(c.graph, c.layout);
    postorder(c.graph, rank);
    BlockMatrix m = random_matrix(c.graph, rank, size, 0.5, 3);
    m.auxiliary = 1;
    for (int j = 0; j < n; ++j)
        for (int e = m.first[j]; e < m.first[j + 1]; ++e)
            for (int a = 0; a < size; ++a) {
                // Auxiliary freedoms do not couple to each other; every third one lowers the matrix a little.
                double *block = &m.values[std::size_t(e) * size * size];
                const bool own = m.row[e] == j, lowers = j % 3 == 0;
                if (a == size - 1) block[size * size - 1] = own ? (lowers ? 400.0 : -1.0) : 0.0;
            }
    const BlockMatrix plain = condensed(m);
    CHECK(plain.size == size - 1 && plain.auxiliary == 0);
    Cholesky factor, direct;
    CHECK(factor.factorise(m));
    CHECK(direct.factorise(plain));
    Random random(4);
    std::vector<double> x(plain.order());
    for (auto &v : x) v = random.uniform(-1, 1);
    const auto right = product(plain, x);
    std::vector<double> b(m.order(), 0.0);
    for (int j = 0; j < n; ++j)
        for (int a = 0; a + 1 < size; ++a) b[j * size + a] = right[j * (size - 1) + a];
    factor.solve(b.data());
    for (int j = 0; j < n; ++j)
        for (int a = 0; a + 1 < size; ++a) CHECK_NEAR(b[j * size + a], x[j * (size - 1) + a], 1e-9);

    // An indefinite part of fixed densities whose densities make it definite: only the condensed matrix tells.
    const int last = n - 1;  // its columns come last, so its neighbours' densities are eliminated before
    BlockMatrix soft = m;
    double *corner = &soft.values[std::size_t(soft.first[last]) * size * size];
    for (int a = 0; a + 1 < size; ++a) corner[a * size + size - 1] = corner[(size - 1) * size + a] = 0.0;
    corner[(size - 1) * size] = corner[size - 1] = 100.0;
    corner[0] = -10.0;
    corner[size * size - 1] = -1.0;
    CHECK(direct.factorise(condensed(soft)));
    CHECK(!factor.factorise(soft));
    BlockMatrix asked = soft;
    CHECK(factor.factorise_exactly(asked));
    CHECK(asked.size == size - 1 && asked.auxiliary == 0);
    CHECK(factor.order() == asked.order());
    // The count of negative eigenvalues tells as much, with the matrix as it is; its factor solves.
    asked = soft;
    CHECK(factor.factorise_exactly(asked, Cholesky::Refusal::alone));
    CHECK(factor.positive_definite() && asked.size == size);
    auto expected = std::vector<double>(plain.order(), 1.0);
    direct.solve(expected.data());
    b.assign(m.order(), 0.0);
    for (int j = 0; j < n; ++j) std::fill_n(&b[j * size], size - 1, 1.0);
    factor.solve(b.data());
    for (int j = 0; j < n; ++j)
        for (int a = 0; a + 1 < size; ++a) CHECK_NEAR(b[j * size + a], expected[j * (size - 1) + a], 1e-9);
    // And one that stays indefinite.
    corner[0] = -2e4;
    CHECK(!direct.factorise(condensed(soft)));
    asked = soft;
    CHECK(!factor.factorise_exactly(asked, Cholesky::Refusal::alone));
    CHECK(!factor.positive_definite() && asked.size == size);
    CHECK(!factor.factorise_exactly(soft));
    CHECK(factor.pivots().smallest() < 0.0);
    CHECK(factor.pivots().at() == last * (size - 1));
}

/** The count's verdict is that of the condensed matrix, however near to singular that is on either side. */
void counted_verdicts() {
    const int n = 80, size = 3;
    const Cloud c = cloud(n, 0.25, 5);
    auto rank = nested_dissection(c.graph, c.layout);
    postorder(c.graph, rank);
    BlockMatrix m = random_matrix(c.graph, rank, size, 0.5, 6);
    m.auxiliary = 1;
    for (int j = 0; j < n; ++j)
        for (int e = m.first[j]; e < m.first[j + 1]; ++e)
            m.values[std::size_t(e) * size * size + size * size - 1] = m.row[e] == j ? (j % 5 == 0 ? 9.0 : -0.5) : 0.0;
    const auto shifted = [&](double shift) {
        BlockMatrix s = m;
        for (int j = 0; j < n; ++j)
            for (int a = 0; a + 1 < size; ++a) s.values[std::size_t(s.first[j]) * size * size + a * size + a] += shift;
        return s;
    };
    Cholesky direct, factor;
    // The shift at which the condensed matrix turns definite.
    double low = -100.0, high = 100.0;
    CHECK(!direct.factorise(condensed(shifted(low))) && direct.factorise(condensed(shifted(high))));
    while (high - low > 1e-12) {
        const double middle = 0.5 * (low + high);
        (direct.factorise(condensed(shifted(middle))) ? high : low) = middle;
    }
    for (double off = 1e-8; off < 60.0; off *= 10.0)
        for (int side : {-1, 1}) {
            BlockMatrix asked = shifted(high + side * off);
            CHECK(factor.factorise_exactly(asked, Cholesky::Refusal::alone) == (side > 0));
        }
}

/** Pivots are squared diagonal entries of the factor: checked where they are known in closed form. */
void known_pivots() {
    BlockMatrix m;  // [[4, 2], [2, 3]] as two nodes: pivots 4 and 3 - 2 * 2 / 4 = 2
    m.nodes = 2;
    m.size = 1;
    m.first = {0, 2, 3};
    m.row = {0, 1, 1};
    m.values = {4, 2, 3};
    Cholesky factor;
    CHECK(factor.factorise(m));
    CHECK_NEAR(factor.pivots().smallest(), 2.0, 1e-15);
    CHECK(factor.pivots().at() == 1);
    m.values = {4, 4, 3};
    CHECK(!factor.factorise(m));
    CHECK_NEAR(factor.pivots().smallest(), -1.0, 1e-15);
    m.values = {4, std::nan(""), 3};
    CHECK(!factor.factorise(m));
}

/** Dissection must beat the given order by far, or it is not doing its work. */
void dissection_helps() {
    const Cloud c = cloud(1500, 0.06, 5);
    std::vector<int> plain(1500);
    std::iota(plain.begin(), plain.end(), 0);
    auto rank = nested_dissection(c.graph, c.layout);
    postorder(c.graph, rank);
    const double bad = analyse(random_matrix(c.graph, plain, 1, 0.5, 3)).operations(2);
    const double good = analyse(random_matrix(c.graph, rank, 1, 0.5, 3)).operations(2);
    CHECK(good < 0.2 * bad);
}

}  // namespace

int main() {
    solves(1, 0.1, 3);
    solves(40, 0.3, 1);
    solves(400, 0.1, 2);
    solves(400, 0.1, 3);
    solves(900, 0.05, 1);
    auxiliary_freedoms(60, 3);
    auxiliary_freedoms(300, 4);
    counted_verdicts();
    reports_indefinite();
    rounded_factors();
    single_precision_columns(baseline_kernel);
#ifdef __x86_64__
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) single_precision_columns(avx2_kernel);
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
        __builtin_cpu_supports("avx512bw"))
        single_precision_columns(avx512_kernel);
#endif
    known_pivots();
    dissection_helps();
    return check::report("cholesky_test");
}
