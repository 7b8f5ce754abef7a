// SPDX-License-Identifier: Apache-2.0
#include <limits>
#include <memory>
#include <string>

#include "check.h"
#include "mesh_matrix.h"
#include "nanohooke/sparse.h"

namespace {

struct Free {
    void operator()(nh_sparse *s) const { nh_sparse_free(s); }
};
using Handle = std::unique_ptr<nh_sparse, Free>;

Handle analysed(const MeshMatrix &m, bool with_coordinates) {
    nh_sparse *s = nullptr;
    CHECK(nh_sparse_analyse(m.nodes, m.size, m.first.data(), m.row.data(),
                            with_coordinates ? m.coordinates.data() : nullptr, &s) == NH_OK);
    return Handle(s);
}

std::vector<double> wave(int n, double step) {
    std::vector<double> x(n);
    for (int i = 0; i < n; ++i) x[i] = std::sin(step * (i + 1));
    return x;
}

double distance(const std::vector<double> &a, const std::vector<double> &b) {
    double most = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) most = std::max(most, std::fabs(a[i] - b[i]));
    return most;
}

void solves_positive_definite_systems() {
    const int shapes[][4] = {{1, 1, 0, 1}, {30, 11, 0, 2}, {7, 40, 0, 3}, {5, 4, 6, 3}, {200, 1, 0, 2}};
    for (const auto &shape : shapes)
        for (bool coordinates : {true, false}) {
            const MeshMatrix m = mesh_matrix(shape[0], shape[1], shape[2], shape[3]);
            const Handle s = analysed(m, coordinates);
            nh_sparse_info info;
            CHECK(nh_sparse_factorise(s.get(), m.values.data(), &info) == NH_OK);
            CHECK(info.definite == 1 && info.smallest_pivot > 0.0);
            std::vector<double> x = wave(m.order(), 0.7), two = m.times(x);
            const std::vector<double> y = wave(m.order(), 0.3), more = m.times(y);
            two.insert(two.end(), more.begin(), more.end());
            CHECK(nh_sparse_solve(s.get(), two.data(), 2) == NH_OK);
            x.insert(x.end(), y.begin(), y.end());
            CHECK_NEAR(distance(two, x), 0.0, 1e-12);
        }
}

/** Threads change no bit of a solution, definite or not, and find the same inertia. */
void threads_change_nothing() {
    // The last is large enough for fronts that all threads share.
    const int shapes[][4] = {{30, 11, 0, 2}, {5, 4, 6, 3}, {200, 1, 0, 2}, {7, 7, 6, 3}};
    for (const auto &shape : shapes)
        for (bool definite : {true, false}) {
            MeshMatrix m = mesh_matrix(shape[0], shape[1], shape[2], shape[3]);
            const bool slow = check::kSanitized && m.order() > 5000;
            const std::size_t area = std::size_t(m.size) * m.size;
            for (int j = 3; j < m.nodes && !definite; j += 11) m.values[std::size_t(m.first[j]) * area] *= -1.0;
            std::vector<double> alone;
            nh_sparse_info first = {};
            for (int threads : {1, 2, 5}) {
                if (slow && threads == 2) continue;
                const Handle s = analysed(m, true);
                CHECK(nh_sparse_use_threads(s.get(), threads) == NH_OK);
                nh_sparse_info info;
                CHECK(nh_sparse_factorise(s.get(), m.values.data(), &info) == NH_OK);
                CHECK(info.definite == (definite ? 1 : 0));
                if (!definite) CHECK(nh_sparse_factorise_indefinite(s.get(), m.values.data(), &info) == NH_OK);
                std::vector<double> b = wave(m.order(), 0.7);
                CHECK(nh_sparse_solve(s.get(), b.data(), 1) == NH_OK);
                if (threads == 1) {
                    alone = b;
                    first = info;
                }
                CHECK(b == alone);
                CHECK(info.negative_pivots == first.negative_pivots && info.replaced_pivots == first.replaced_pivots);
                CHECK(info.smallest_pivot == first.smallest_pivot && info.smallest_at == first.smallest_at);
                // A handle may change its number of threads between factorisations.
                if (slow && threads == 1) continue;
                CHECK(nh_sparse_use_threads(s.get(), 3) == NH_OK);
                CHECK(nh_sparse_factorise_indefinite(s.get(), m.values.data(), &info) == NH_OK);
                b = wave(m.order(), 0.7);
                CHECK(nh_sparse_solve(s.get(), b.data(), 1) == NH_OK);
                CHECK_NEAR(distance(b, alone), 0.0, 1e-10);
            }
        }
}

/** A matrix of known inertia: D A D with signs D has as many negative eigenvalues as the shift makes. */
void solves_indefinite_systems() {
    MeshMatrix m = mesh_matrix(9, 7, 0, 2);
    int negative = 0;
    for (int j = 0; j < m.nodes; j += 5)
        for (int a = 0; a < 2; ++a) {  // a dominant negative diagonal: one negative eigenvalue each (Gershgorin)
            m.values[(std::size_t(m.first[j]) * 2 + a) * 2 + a] *= -1.0;
            ++negative;
        }
    const Handle s = analysed(m, true);
    nh_sparse_info info;
    CHECK(nh_sparse_factorise(s.get(), m.values.data(), &info) == NH_OK);
    CHECK(info.definite == 0);
    CHECK(info.smallest_pivot <= 0.0 && info.smallest_at >= 0 && info.smallest_at < m.order());
    std::vector<double> b(m.order(), 1.0);
    CHECK(nh_sparse_solve(s.get(), b.data(), 1) == NH_BAD_ARGUMENT);
    CHECK(nh_sparse_factorise_indefinite(s.get(), m.values.data(), &info) == NH_OK);
    CHECK(info.definite == 0 && info.replaced_pivots == 0);
    CHECK(info.negative_pivots == negative);
    const std::vector<double> x = wave(m.order(), 0.7);
    b = m.times(x);
    CHECK(nh_sparse_solve(s.get(), b.data(), 1) == NH_OK);
    CHECK_NEAR(distance(b, x), 0.0, 1e-11);
    // The handle serves a definite matrix again.
    const MeshMatrix good = mesh_matrix(9, 7, 0, 2);
    CHECK(nh_sparse_factorise(s.get(), good.values.data(), &info) == NH_OK && info.definite == 1);
    b = good.times(x);
    CHECK(nh_sparse_solve(s.get(), b.data(), 1) == NH_OK);
    CHECK_NEAR(distance(b, x), 0.0, 1e-12);
}

/** [0 1; 1 0] has no pivot on its diagonal: replaced ones and refinement have to do. */
void replaces_zero_pivots() {
    const int first[] = {0, 2, 3}, row[] = {0, 1, 1};
    const double values[] = {0.0, 1.0, 0.0}, singular[] = {0.0, 0.0, 1.0};
    nh_sparse *raw = nullptr;
    CHECK(nh_sparse_analyse(2, 1, first, row, nullptr, &raw) == NH_OK);
    const Handle s(raw);
    nh_sparse_info info;
    CHECK(nh_sparse_factorise_indefinite(s.get(), values, &info) == NH_OK);
    CHECK(info.replaced_pivots == 1 && info.definite == 0);
    double b[] = {3.0, 4.0};
    CHECK(nh_sparse_solve(s.get(), b, 1) == NH_OK);
    CHECK_NEAR(b[0], 4.0, 1e-9);
    CHECK_NEAR(b[1], 3.0, 1e-9);
    CHECK(nh_sparse_factorise_indefinite(s.get(), singular, &info) == NH_OK);
    CHECK(info.replaced_pivots == 1);
    double c[] = {1.0, 1.0};
    CHECK(nh_sparse_solve(s.get(), c, 1) == NH_SINGULAR);
    CHECK(c[0] == 1.0 && c[1] == 1.0);
    CHECK(std::string(nh_last_error()).find("singular") != std::string::npos);
}

void refuses_bad_arguments() {
    const int first[] = {0, 2, 3}, row[] = {0, 1, 1}, gap[] = {0, 0, 1}, unsorted[] = {1, 0, 1}, beyond[] = {0, 2, 1};
    nh_sparse *s = nullptr;
    CHECK(nh_sparse_analyse(0, 1, first, row, nullptr, &s) == NH_BAD_ARGUMENT);
    CHECK(nh_sparse_analyse(2, 0, first, row, nullptr, &s) == NH_BAD_ARGUMENT);
    CHECK(nh_sparse_analyse(2, 1, nullptr, row, nullptr, &s) == NH_BAD_ARGUMENT);
    CHECK(nh_sparse_analyse(2, 1, gap, row, nullptr, &s) == NH_BAD_ARGUMENT);
    CHECK(nh_sparse_analyse(2, 1, first, unsorted, nullptr, &s) == NH_BAD_ARGUMENT);
    CHECK(nh_sparse_analyse(2, 1, first, beyond, nullptr, &s) == NH_BAD_ARGUMENT);
    CHECK(nh_sparse_analyse(2, 1, first, row, nullptr, nullptr) == NH_BAD_ARGUMENT);
    CHECK(s == nullptr);
    CHECK(nh_sparse_analyse(2, 1, first, row, nullptr, &s) == NH_OK);
    const Handle owner(s);
    double b[] = {1.0, 1.0};
    nh_sparse_info info;
    CHECK(nh_sparse_solve(s, b, 1) == NH_BAD_ARGUMENT);
    const double bad[] = {1.0, std::numeric_limits<double>::quiet_NaN(), 1.0};
    CHECK(nh_sparse_factorise(s, bad, &info) == NH_NOT_FINITE);
    CHECK(nh_sparse_factorise_indefinite(s, bad, &info) == NH_NOT_FINITE);
    CHECK(nh_sparse_factorise(s, nullptr, &info) == NH_BAD_ARGUMENT);
    CHECK(nh_sparse_factorise(nullptr, bad, &info) == NH_BAD_ARGUMENT);
    CHECK(nh_sparse_use_threads(s, 0) == NH_BAD_ARGUMENT);
    CHECK(nh_sparse_use_threads(nullptr, 1) == NH_BAD_ARGUMENT);
    nh_sparse_free(nullptr);
}

}  // namespace

int main() {
    solves_positive_definite_systems();
    solves_indefinite_systems();
    threads_change_nothing();
    replaces_zero_pivots();
    refuses_bad_arguments();
    return check::report("sparse_solver_test");
}
