// SPDX-License-Identifier: Apache-2.0
//
// Energy and forces of columns: against the exact kernel of small cells, finite differences, and themselves.
#include "large/columns.h"

#include <cmath>
#include <cstring>

#include "aluminium.h"
#include "check.h"
#include "common/error.h"
#include "eam/forces.h"
#include "structures.h"

using namespace nanohooke;
using structures::Structure;

namespace nanohooke::large {
extern const ColumnKernel baseline_column_kernel;
#ifdef __x86_64__
extern const ColumnKernel avx2_column_kernel;
#endif
}  // namespace nanohooke::large

namespace {

struct Case {
    std::vector<double> x;
    std::vector<char> upper;
};

Case columns_of(const Structure &s) {
    Case c;
    for (int i = 0; i < s.atoms(); ++i) {
        c.x.insert(c.x.end(), {s.x[3 * i], s.x[3 * i + 1]});
        c.upper.push_back(s.x[3 * i + 2] > 1.0);
    }
    return c;
}

Mat3 box_matrix(const double *b) { return Mat3{{{b[0], b[3], b[4]}, {0, b[1], b[5]}, {0, 0, b[2]}}}; }

/** All that this machine can run. */
std::vector<const large::ColumnKernel *> kernels() {
    std::vector<const large::ColumnKernel *> all{&large::baseline_column_kernel, &large::column_kernel()};
#ifdef __x86_64__
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) all.push_back(&large::avx2_column_kernel);
#endif
    return all;
}

void compare(const Structure &s, const large::Plane &plane, const Mat3 &h, int threads) {
    const Case c = columns_of(s);
    Workers workers(threads);
    eam::Evaluator exact(structures::aluminium(), s.atoms(), true);
    exact.evaluate(s.x, h);
    for (const large::ColumnKernel *kernel : kernels()) {
        large::Columns columns(structures::aluminium(), c.upper, s.box[2], plane, workers, *kernel);
        columns.evaluate(c.x);
        CHECK_NEAR(columns.energy(), exact.energy(), 1e-10 * s.atoms());
        for (int i = 0; i < s.atoms(); ++i)
            for (int a = 0; a < 2; ++a) CHECK_NEAR(columns.forces()[2 * i + a], exact.forces()[3 * i + a], 1e-11);
    }
}

void equals_the_exact_kernel() {
    Structure s = structures::square_pores(10, 2, 1, 1);
    structures::shake(s, 0.2, false, 5);
    for (double tilt : {0.0, 3.7, -9.0}) {
        s.box[3] = tilt;
        compare(s, {s.box[0], s.box[1], tilt}, box_matrix(s.box), 1);
        compare(s, {s.box[0], s.box[1], tilt}, box_matrix(s.box), 3);
    }
    s.box[3] = 0.0;
    // Thin periods: more than one rise within the cutoff of every pair.
    for (double period : {3.0, 2.1}) {
        for (int i = 0; i < s.atoms(); ++i) s.x[3 * i + 2] = s.x[3 * i + 2] > 0.25 * s.box[2] ? 0.5 * period : 0.0;
        s.box[2] = period;
        compare(s, {s.box[0], s.box[1], 0.0}, box_matrix(s.box), 2);
    }
}

template <class Body>
bool throws(const Body &body) {
    try {
        body();
    } catch (const Error &) {
        return true;
    }
    return false;
}

/** What has no energy is an error, whichever instructions it is found with; so is a period with too many rises. */
void refuses() {
    const Structure s = structures::perfect(6, 4, 1);
    Case c = columns_of(s);
    Workers workers(1);
    for (const large::ColumnKernel *kernel : kernels()) {
        large::Columns columns(structures::aluminium(), c.upper, s.box[2], {}, workers, *kernel);
        std::vector<double> x = c.x;
        int other = 1;
        while (c.upper[other] != c.upper[0]) ++other;
        x[0] = x[2 * other];
        x[1] = x[2 * other + 1];
        CHECK(throws([&] { columns.evaluate(x); }));
        x[0] = std::nan("");
        CHECK(throws([&] { columns.evaluate(x); }));
        columns.evaluate(c.x);
        CHECK(std::isfinite(columns.energy()));
        CHECK(throws([&] { large::Columns(structures::aluminium(), c.upper, 0.3, {}, workers, *kernel); }));
    }
}

/** Free directions are cells so wide that no atom meets an image. */
void free_surfaces() {
    Structure s = structures::square_pores(10, 2, 1, 1);
    structures::shake(s, 0.2, false, 6);
    const double lx = s.box[0], ly = s.box[1];
    s.box[0] += 20.0;
    s.box[1] += 20.0;
    compare(s, {0.0, 0.0, 0.0}, box_matrix(s.box), 2);
    s.box[0] = lx;
    compare(s, {lx, 0.0, 0.0}, box_matrix(s.box), 2);
    s.box[0] += 20.0;
    s.box[1] = ly;
    compare(s, {0.0, ly, 0.0}, box_matrix(s.box), 2);
}

void forces_are_derivatives() {
    Structure s = structures::perfect(6, 4, 1);
    structures::shake(s, 0.15, false, 7);
    const Case c = columns_of(s);
    Workers workers(2);
    large::Columns columns(structures::aluminium(), c.upper, s.box[2], {}, workers);
    columns.evaluate(c.x);
    const std::vector<double> forces = columns.forces();
    double sum[2] = {};
    for (std::size_t q = 0; q < forces.size(); ++q) sum[q % 2] += forces[q];
    CHECK_NEAR(sum[0], 0.0, 1e-11);
    CHECK_NEAR(sum[1], 0.0, 1e-11);
    for (std::size_t q = 0; q < forces.size(); q += 17) {
        std::vector<double> x = c.x;
        double energy[2];
        for (int way = 0; way < 2; ++way) {
            x[q] = c.x[q] + (way == 0 ? -1e-5 : 1e-5);
            columns.evaluate(x);
            energy[way] = columns.energy();
        }
        CHECK_NEAR(forces[q], -(energy[1] - energy[0]) / 2e-5, 1e-6);
    }
}

/** The same bits for any number of threads; a moved crystal gets a new list and the same energy. */
void threads_and_lists() {
    Structure s = structures::perfect(80, 40, 1);
    structures::shake(s, 0.1, false, 8);
    Case c = columns_of(s);
    std::vector<double> first;
    for (int threads : {1, 2, 5}) {
        Workers workers(threads);
        large::Columns columns(structures::aluminium(), c.upper, s.box[2], {s.box[0], s.box[1], 0.0}, workers);
        columns.evaluate(c.x);
        if (first.empty()) first = columns.forces();
        CHECK(std::memcmp(first.data(), columns.forces().data(), first.size() * sizeof(double)) == 0);
        const double energy = columns.energy();
        std::vector<double> moved = c.x;
        for (double &v : moved) v += 7.3;
        columns.evaluate(moved);
        CHECK(columns.lists() == 2);
        CHECK_NEAR(columns.energy(), energy, 1e-8);
        for (std::size_t q = 0; q < first.size(); q += 31) CHECK_NEAR(columns.forces()[q], first[q], 1e-10);
    }
}

}  // namespace

int main() {
    equals_the_exact_kernel();
    refuses();
    free_surfaces();
    forces_are_derivatives();
    threads_and_lists();
    return check::report("columns_test");
}
