// SPDX-License-Identifier: Apache-2.0
//
// Statics without a factor of the Hessian against the same with one: products against the assembled matrix, the least
// eigenvalue, and the whole way to minimum and tensor, on every path.
#include <algorithm>
#include <cmath>
#include <vector>

#include "check.h"
#include "eam/derivatives.h"
#include "iterative/krylov.h"
#include "iterative/springs.h"
#include "iterative/stacked_springs.h"
#include "statics/crystal.h"
#include "statics/handles.h"
#include "structures.h"

using namespace nanohooke;
using structures::Structure;

namespace {

nh_eam *potential() {
    static nh_eam *eam = structures::Aluminium().handle();
    return eam;
}

eam::Evaluator evaluated(const Structure &s, bool planar) {
    eam::Evaluator evaluator(potential()->potential, s.atoms(), planar);
    evaluator.evaluate(s.x, statics::box_matrix(s.box));
    return evaluator;
}

std::vector<int> plain(int n) {
    std::vector<int> rank(n);
    for (int i = 0; i < n; ++i) rank[i] = i;
    return rank;
}

void product_is_that_of_the_matrix(const Structure &s, eam::Block block, double wave_number) {
    const auto evaluator = evaluated(s, block != eam::Block::full);
    auto assembled = eam::hessian(evaluator, block, plain(s.atoms()), wave_number);
    const auto matrix = assembled.auxiliary > 0 ? sparse::condensed(assembled) : assembled;
    const int size = matrix.size;
    Random random(3);
    std::vector<double> u(static_cast<std::size_t>(matrix.order())), want(u.size(), 0.0), got;
    for (double &v : u) v = random.uniform(-1.0, 1.0);
    for (int j = 0; j < matrix.nodes; ++j)
        for (int e = matrix.first[j]; e < matrix.first[j + 1]; ++e)
            for (int a = 0; a < size; ++a)
                for (int b = 0; b < size; ++b) {
                    const double v = matrix.values[static_cast<std::size_t>(e) * size * size + a * size + b];
                    want[matrix.row[e] * size + a] += v * u[j * size + b];
                    if (matrix.row[e] != j) want[j * size + b] += v * u[matrix.row[e] * size + a];
                }
    iterative::BlockOperator hessian(evaluator, block, wave_number);
    hessian.apply(u, got);
    double off = 0.0, most = 0.0;
    for (std::size_t q = 0; q < u.size(); ++q) {
        off = std::max(off, std::fabs(got[q] - want[q]));
        most = std::max(most, std::fabs(want[q]));
    }
    CHECK(off <= 1e-12 * most);
}

/** P^-1 H of the springs' own matrix has no other eigenvalue than 1; a shifted diagonal lifts the least. */
void spectrum_and_solution() {
    const auto s = structures::square_pores(10, 2, 2, 1);
    const auto evaluator = evaluated(s, true);
    const auto h = statics::box_matrix(s.box);
    const auto network = std::make_shared<const iterative::SpringNetwork>(evaluator, s.x, h);
    std::vector<char> pinned(2 * static_cast<std::size_t>(s.atoms()), 0);
    pinned[0] = pinned[1] = 1;
    iterative::SpringFactor springs(network, eam::Block::in_plane, 0.0, pinned);
    iterative::BlockOperator hessian(evaluator, eam::Block::in_plane);
    hessian.pin(pinned);
    const auto plain = iterative::spectrum(hessian, springs, 1e-9, 600);
    CHECK(plain.smallest > 0.0 && plain.smallest < plain.largest);
    CHECK(plain.chance <= 1e-9 && plain.steps < 600);
    Random random(5);
    std::vector<double> want(pinned.size()), b, x;
    for (std::size_t q = 0; q < want.size(); ++q) want[q] = pinned[q] ? 0.0 : random.uniform(-1.0, 1.0);
    hessian.apply(want, b);
    const auto done = iterative::solve(hessian, springs, b, x, 1e-11, 2000);
    CHECK(done.definite && done.residual <= 1e-11);
    double off = 0.0;
    for (std::size_t q = 0; q < x.size(); ++q) off = std::max(off, std::fabs(x[q] - want[q]));
    CHECK_NEAR(off, 0.0, 1e-8);
    // Where the springs' factor is too large, their diagonal has to do: more iterations, the same answers.
    iterative::SpringFactor small(network, eam::Block::in_plane, 0.0, pinned, 1000.0);
    CHECK(small.diagonal() && !springs.diagonal());
    const auto longer = iterative::solve(hessian, small, b, x, 1e-12, 5000);
    CHECK(longer.iterations > done.iterations);
    off = 0.0;
    for (std::size_t q = 0; q < x.size(); ++q) off = std::max(off, std::fabs(x[q] - want[q]));
    CHECK_NEAR(off, 0.0, 1e-8);
    const auto rougher = iterative::spectrum(hessian, small, 1e-9, 5000);
    CHECK(rougher.smallest > 0.0 && rougher.chance <= 1e-9 && rougher.steps > plain.steps);
    for (int i = 0; i < s.atoms(); ++i) hessian.shift(i, 0.5);
    const auto lifted = iterative::spectrum(hessian, springs, 1e-9, 600);
    CHECK(lifted.smallest > plain.smallest);
    // One atom that runs away downhill is found by a random start.
    hessian.shift(s.atoms() / 2, -60.0);
    const auto saddle = iterative::spectrum(hessian, springs, 1e-9, 600);
    CHECK(saddle.smallest < 0.0);
}

std::vector<double> drawn(std::size_t n, std::uint64_t seed) {
    Random random(seed);
    std::vector<double> v(n);
    for (double &value : v) value = random.uniform(-1.0, 1.0);
    return v;
}

double dot(const std::vector<double> &a, const std::vector<double> &b) {
    double sum = 0.0;
    for (std::size_t q = 0; q < a.size(); ++q) sum += a[q] * b[q];
    return sum;
}

double largest_difference(const std::vector<double> &a, const std::vector<double> &b) {
    double most = 0.0;
    for (std::size_t q = 0; q < a.size(); ++q) most = std::max(most, std::fabs(a[q] - b[q]));
    return most;
}

constexpr double kAny = iterative::SpringFactor::kAny;

iterative::StackedSprings stacked_springs(const Structure &s, const std::vector<char> &anchored, double most,
                                          double most_turning) {
    std::vector<double> z(s.atoms());
    for (int i = 0; i < s.atoms(); ++i) z[i] = s.x[3 * i + 2];
    const auto network =
        std::make_shared<const iterative::SpringNetwork>(evaluated(s, true), s.x, statics::box_matrix(s.box));
    return {network, z, s.box[2], anchored, most, most_turning};
}

/** With an atom pinned, and one freedom of another: (u, P^-1 w) has the variance (u, P^-1 u). */
void draws_have_no_preferred_direction(iterative::StackedSprings &springs, int atom) {
    const std::size_t n = springs.pinned().size();
    std::vector<char> pinned(n, 0);
    for (int q : {atom, atom + 1, atom + 2, 40}) pinned[q] = 1;
    springs.hold(pinned);
    auto u = drawn(n, 5);
    for (std::size_t q = 0; q < n; ++q) u[q] = pinned[q] ? 0.0 : 0.02 * u[q];
    u[atom + 3] = u[atom - 2] = u[41] = 1.0;
    auto answer = u;
    springs.solve(answer);
    CHECK(answer[atom] == 0.0 && answer[40] == 0.0);
    Random random(9);
    double variance = 0.0;
    constexpr int kDraws = 2000;
    for (int k = 0; k < kDraws; ++k) {
        auto draw = springs.random(random);
        CHECK(draw[atom] == 0.0);
        springs.solve(draw);
        variance += dot(u, draw) * dot(u, draw) / kDraws;
    }
    CHECK_NEAR(variance / dot(u, answer), 1.0, 0.12);
}

/** One cell's springs by waves along z are those of three cells stacked, anchored atoms held by an anchor more. */
void waves_are_the_stack() {
    auto one = structures::square_pores(5, 1, 1, 1);
    for (int i = 0; i < one.atoms(); ++i) one.x[3 * i + 2] += 0.7;  // an origin of no matter
    statics::Crystal crystal{potential()->potential, potential()->storage, one.x, statics::box_matrix(one.box),
                             std::vector<int>(one.atoms())};
    crystal = statics::stacked(crystal, 3);
    eam::Evaluator evaluator(crystal.potential, crystal.atoms(), false);
    evaluator.evaluate(crystal.x, crystal.h);
    const auto network = std::make_shared<const iterative::SpringNetwork>(evaluator, crystal.x, crystal.h);
    const std::size_t n = crystal.x.size();
    const iterative::SpringFactor whole(network, eam::Block::full, 0.0, std::vector<char>(n, 0));
    std::vector<char> anchored(one.atoms(), 0);
    const auto v = drawn(n, 3), w = drawn(n, 4);
    std::vector<double> want(n, 0.0), got;
    whole.multiply(v, want);
    stacked_springs(one, anchored, kAny, kAny).multiply(v, got);
    CHECK_NEAR(largest_difference(got, want), 0.0, 1e-11);

    anchored[7] = 1;
    auto springs = stacked_springs(one, anchored, kAny, kAny);
    auto back = v;
    springs.solve(back);
    springs.multiply(back, got);
    CHECK_NEAR(largest_difference(got, v), 0.0, 1e-5);  // the factor is rounded to single precision ...
    auto other = w;
    springs.solve(other);
    CHECK_NEAR(dot(back, w), dot(other, v), 1e-11);  // ... and symmetric all the same
    auto diagonal = stacked_springs(one, anchored, 0.0, 0.0);
    auto rough = v;
    diagonal.solve(rough);
    diagonal.multiply(rough, got);
    CHECK_NEAR(largest_difference(got, v), 0.0, 1e-12);

    draws_have_no_preferred_direction(springs, 3 * (one.atoms() + 7));
    draws_have_no_preferred_direction(diagonal, 3 * (one.atoms() + 7));
}

nh_statics_result calculate(const Structure &s, int solver, void (*change)(nh_statics_options &)) {
    nh_statics_options options;
    nh_statics_defaults(&options);
    options.solver = solver;
    if (change != nullptr) change(options);
    nh_crystal *c = nullptr;
    CHECK(nh_crystal_create(potential(), s.atoms(), s.x.data(), s.box, &c) == NH_OK);
    nh_statics_result r;
    CHECK(nh_statics_calculate(c, &options, nullptr, nullptr, &r, nullptr) == NH_OK);
    nh_crystal_free(c);
    return r;
}

nh_statics_result same_as_direct(const Structure &s, void (*change)(nh_statics_options &) = nullptr) {
    const auto direct = calculate(s, NH_SOLVER_DIRECT, change);
    const auto iterative = calculate(s, NH_SOLVER_ITERATIVE, change);
    CHECK(direct.outcome == iterative.outcome);
    CHECK(direct.path == iterative.path);
    CHECK(direct.certificate == iterative.certificate);
    CHECK(direct.failed_block == iterative.failed_block);
    CHECK_NEAR(iterative.energy, direct.energy, 1e-7);
    for (int k = 0; k < 6; ++k) CHECK_NEAR(iterative.box[k], direct.box[k], 1e-5);
    for (int k = 0; k < 36; ++k)
        if (std::isfinite(direct.tensor[k])) CHECK_NEAR(iterative.tensor[k], direct.tensor[k], 0.001);
    CHECK(iterative.linear_residual <= 1e-7);
    if (iterative.outcome == NH_OUTCOME_OK) {
        CHECK(iterative.smallest_ritz > 0.0);
        CHECK(iterative.miss_chance <= 1e-8);
    }
    return iterative;
}

}  // namespace

int main() {
    auto flat = structures::square_pores(6, 1, 2, 1);
    structures::shake(flat, 0.1, false, 7);
    for (auto block : {eam::Block::in_plane, eam::Block::axial}) product_is_that_of_the_matrix(flat, block, 0.0);
    product_is_that_of_the_matrix(flat, eam::Block::bloch, 2.0 * std::acos(-1.0) / (3.0 * flat.box[2]));
    auto solid = structures::perfect(3, 3, 2);
    structures::shake(solid, 0.1, true, 7);
    product_is_that_of_the_matrix(solid, eam::Block::full, 0.0);
    spectrum_and_solution();
    waves_are_the_stack();

    same_as_direct(structures::square_pores(20, 4, 1, 1));
    same_as_direct(structures::square_pores(20, 1, 8, 1));
    for (int seed : {3, 4, 6}) {
        same_as_direct(structures::random_pores(structures::Kind::mixed, 0.1 * seed, seed));
        if (check::kSanitized) break;
    }
    // Thin walls: a certificate that fails, three cells, another minimum. One cell by a factor, the three that follow
    // by iterations, then all by either.
    const auto thin = structures::random_pores(structures::Kind::mixed, 0.5, 5);
    const auto followed =
        calculate(thin, NH_SOLVER_DIRECT, [](nh_statics_options &o) { o.three_cell_solver = NH_SOLVER_ITERATIVE; });
    CHECK(followed.path == NH_PATH_THREE_CELL && followed.solver == NH_SOLVER_ITERATIVE);
    CHECK(followed.certificate == 0 && followed.certificate_pivot <= 0.0 && followed.smallest_ritz > 0.0);
    if (!check::kSanitized) {
        const auto three = same_as_direct(thin);
        CHECK(three.path == NH_PATH_THREE_CELL && three.certificate == 0 && three.certificate_ritz < 0.0);
        for (int k = 0; k < 36; ++k) CHECK_NEAR(followed.tensor[k], three.tensor[k], 0.001);
    }
    same_as_direct(structures::square_pores(8, 1, 3, 1), [](nh_statics_options &o) { o.cells = NH_CELLS_THREE; });
    same_as_direct(structures::square_pores(8, 1, 3, 2), [](nh_statics_options &o) { o.force_general = 1; });
    return check::report("iterative_test");
}
