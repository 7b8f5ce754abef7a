// SPDX-License-Identifier: Apache-2.0
//
// The C interface of large crystals: a small beam held at its ends, its springs, and bad input.
#include "nanohooke/large.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <string>

#include "check.h"
#include "structures.h"

namespace {

constexpr double a = structures::kLattice;

struct Beam {
    int nx, ny;
    std::vector<double> x;
    std::vector<int> column;

    Beam(int nx_, int ny_, bool pores) : nx(nx_), ny(ny_) {
        for (int i = 0; i < 2 * nx; ++i)
            for (int j = 0; j < 2 * ny; ++j) {
                if (pores && i / 2 % 5 == 4 && i / 2 <= nx - 6 && j / 2 % 5 == 2) continue;
                x.insert(x.end(), {i * a / 2, j * a / 2, (i + j) % 2 * a / 2});
                column.push_back(i);
            }
    }
    int atoms() const { return static_cast<int>(column.size()); }
    std::vector<unsigned char> ends() const {
        std::vector<unsigned char> held;
        for (int i : column) held.push_back(i < 4 ? 3 : i >= 2 * nx - 4 ? 7 : 0);
        return held;
    }
};

struct Free {
    void operator()(nh_large *l) const { nh_large_free(l); }
    void operator()(nh_eam *e) const { nh_eam_free(e); }
};
using Handle = std::unique_ptr<nh_large, Free>;

nh_eam *aluminium() {
    static const std::unique_ptr<nh_eam, Free> eam(structures::Aluminium().handle());
    return eam.get();
}

nh_large_options options(int threads) {
    nh_large_options o{};
    o.period = a;
    o.threads = threads;
    return o;
}

Handle made(const Beam &beam, int threads = 2) {
    const nh_large_options o = options(threads);
    nh_large *large = nullptr;
    CHECK(nh_large_create(aluminium(), beam.atoms(), beam.x.data(), &o, &large) == NH_OK);
    return Handle(large);
}

const nh_large_target kTarget{1e-7, 1e-6, {0.0, 1.0}, 200};

nh_large_result relaxed(nh_large *large) {
    nh_large_result result{};
    CHECK(nh_large_relax(large, &kTarget, nullptr, nullptr, &result) == NH_OK);
    CHECK(result.converged == 1);
    CHECK(result.residual <= kTarget.residual);
    return result;
}

/** Held atoms stay, free ones find a state without forces, and work is the change of energy. */
void bends() {
    const Beam beam(30, 10, true);
    const Handle large = made(beam);
    const auto held = beam.ends();
    CHECK(nh_large_hold(large.get(), held.data()) == NH_OK);
    const nh_large_result flat = relaxed(large.get());
    std::vector<double> move(beam.x.size(), 0.0), x(beam.x.size()), f(beam.x.size());
    double force[3], energy[3];
    for (int step = 0; step < 3; ++step) {
        for (int i = 0; i < beam.atoms(); ++i)
            if (held[i] & 4) move[3 * i + 1] = -0.2;
        CHECK(nh_large_carry(large.get(), move.data()) == NH_OK);
        energy[step] = relaxed(large.get()).energy;
        CHECK(nh_large_get_positions(large.get(), x.data()) == NH_OK);
        CHECK(nh_large_energy(large.get(), nullptr, f.data()) == NH_OK);
        force[step] = 0.0;
        double left = 0.0, most = 0.0;
        for (int i = 0; i < beam.atoms(); ++i) {
            if (held[i] & 4)
                force[step] += f[3 * i + 1];
            else if (held[i])
                left += f[3 * i + 1];
            else
                most = std::max({most, std::fabs(f[3 * i]), std::fabs(f[3 * i + 1])});
            if (held[i]) {
                CHECK_NEAR(x[3 * i], beam.x[3 * i], 0.0);
                CHECK_NEAR(x[3 * i + 1], beam.x[3 * i + 1] - ((held[i] & 4) ? 0.2 * (step + 1) : 0.0), 1e-12);
            }
        }
        CHECK_NEAR(left, -force[step], 2e-6 * force[step] + 1e-6);
        CHECK(most < 1e-6);
    }
    CHECK(energy[0] > flat.energy && force[0] > 0.0);
    // Simpson's rule over two steps of 0.2, by the forces at their ends and in the middle.
    const double work = energy[2] - energy[0];
    CHECK_NEAR(work, 0.2 / 3.0 * (force[0] + 4.0 * force[1] + force[2]), 2e-4 * work);
    nh_large_facts facts;
    CHECK(nh_large_facts_of(large.get(), &facts) == NH_OK);
    CHECK(facts.threads == 2 && facts.kinds < facts.fronts && facts.kept_entries > 0);
}

/** From another start and with other threads the same state. */
void one_minimum() {
    const Beam beam(24, 10, false);
    const auto held = beam.ends();
    double first = 0.0;
    for (int way = 0; way < 3; ++way) {
        const Handle large = made(beam, 1 + way);
        CHECK(nh_large_hold(large.get(), held.data()) == NH_OK);
        if (way == 2) {
            std::vector<double> x = beam.x;
            for (int i = 0; i < beam.atoms(); ++i)
                if (!held[i]) x[3 * i] += 0.05 * std::sin(1.7 * i), x[3 * i + 1] += 0.05 * std::cos(2.3 * i);
            CHECK(nh_large_set_positions(large.get(), x.data()) == NH_OK);
        }
        const double energy = relaxed(large.get()).energy;
        if (way == 0) first = energy;
        CHECK_NEAR(energy, first, way == 1 ? 0.0 : 1e-9);
    }
}

void stops_when_asked() {
    const Beam beam(24, 10, false);
    const Handle large = made(beam);
    const auto held = beam.ends();
    nh_large_result result{};
    CHECK(nh_large_relax(large.get(), &kTarget, nullptr, nullptr, &result) == NH_BAD_ARGUMENT);  // nothing is held
    CHECK(nh_large_hold(large.get(), held.data()) == NH_OK);
    int told = 0;
    const auto stop = [](void *user, int iteration, double, double) {
        ++*static_cast<int *>(user);
        return iteration >= 2 ? 1 : 0;
    };
    CHECK(nh_large_relax(large.get(), &kTarget, +stop, &told, &result) == NH_CANCELLED);
    CHECK(told == 3);
    nh_large_target few = kTarget;
    few.most_iterations = 1;
    CHECK(nh_large_relax(large.get(), &few, nullptr, nullptr, &result) == NH_OK);
    CHECK(result.converged == 0 && result.iterations == 1);
}

void refuses() {
    Beam beam(8, 8, false);
    nh_large *large = nullptr;
    nh_large_options o = options(1);
    const auto refused = [&](const char *word) {
        CHECK(nh_large_create(aluminium(), beam.atoms(), beam.x.data(), &o, &large) == NH_BAD_ARGUMENT);
        CHECK(std::string(nh_last_error()).find(word) != std::string::npos);
        CHECK(large == nullptr);
    };
    o.period = -1.0;
    refused("period");
    o = options(1);
    o.plane[0] = 10.0;
    refused("twice the cutoff");
    o = options(1);
    o.plane[2] = 1.0;
    refused("tilted");
    o = options(-1);
    refused("threads");
    o = options(1);
    beam.x[14] += 0.1;
    refused("mirror planes");
    beam.x[14] = std::numeric_limits<double>::quiet_NaN();
    refused("finite");
    CHECK(nh_large_create(nullptr, 1, beam.x.data(), &o, &large) == NH_BAD_ARGUMENT);
    CHECK(nh_large_create(aluminium(), 0, beam.x.data(), &o, &large) == NH_BAD_ARGUMENT);
}

/** Atoms on top of each other are told, and the handle lives on. */
void collisions() {
    const Beam beam(8, 8, false);
    const Handle large = made(beam);
    std::vector<double> x = beam.x;
    x[3 * 40] = x[3 * 42];
    x[3 * 40 + 1] = x[3 * 42 + 1];
    const double z = x[3 * 40 + 2] - x[3 * 42 + 2];
    double energy = 0.0;
    CHECK(nh_large_set_positions(large.get(), x.data()) == NH_OK);
    CHECK(z != 0.0 || nh_large_energy(large.get(), &energy, nullptr) == NH_NOT_FINITE);
    CHECK(nh_large_set_positions(large.get(), beam.x.data()) == NH_OK);
    CHECK(nh_large_energy(large.get(), &energy, nullptr) == NH_OK);
    CHECK(energy < 0.0);
}

/** Three periods with all freedoms do what one does, from it or from atoms pushed out of plane and period. */
void a_stack_bends_as_its_period() {
    const Beam beam(25, 5, true);
    const int n = beam.atoms();
    const auto held = beam.ends();
    std::vector<double> stacked;
    std::vector<unsigned char> all;
    for (int p = 0; p < 3; ++p)
        for (int i = 0; i < n; ++i) {
            for (int c = 0; c < 3; ++c) stacked.push_back(beam.x[3 * i + c] + (c == 2 ? p * a : 0.0));
            all.push_back(held[i]);
        }
    nh_large_options o = options(2);
    o.periods = 3;
    nh_large *made_stack = nullptr;
    CHECK(nh_large_create(aluminium(), 3 * n, stacked.data(), &o, &made_stack) == NH_OK);
    const Handle one = made(beam), three(made_stack);
    CHECK(nh_large_hold(one.get(), held.data()) == NH_OK);
    CHECK(nh_large_hold(three.get(), all.data()) == NH_OK);
    std::vector<double> move(9 * static_cast<std::size_t>(n), 0.0);
    for (int q = 0; q < 3 * n; ++q)
        if (beam.column[q % n] >= 2 * beam.nx - 4) move[3 * q + 1] = -1.5;
    CHECK(nh_large_carry(one.get(), move.data()) == NH_OK);
    CHECK(nh_large_carry(three.get(), move.data()) == NH_OK);
    const auto single = relaxed(one.get()), stack = relaxed(three.get());
    CHECK_NEAR(stack.energy, 3.0 * single.energy, 1e-7);
    CHECK(stack.evaluations <= single.evaluations + 3);
    std::vector<double> x(3 * n), f(3 * n), y(9 * n), g(9 * n);
    const auto compare = [&](double tolerance) {
        CHECK(nh_large_get_positions(one.get(), x.data()) == NH_OK);
        CHECK(nh_large_get_positions(three.get(), y.data()) == NH_OK);
        CHECK(nh_large_energy(one.get(), nullptr, f.data()) == NH_OK);
        CHECK(nh_large_energy(three.get(), nullptr, g.data()) == NH_OK);
        double off = 0.0, force = 0.0;
        for (int q = 0; q < 9 * n; ++q) {
            const int r = q % (3 * n);
            off = std::max(off, std::fabs(y[q] - x[r] - (q % 3 == 2 ? q / (3 * n) * a : 0.0)));
            force = std::max(force, std::fabs(g[q] - f[r]));
        }
        CHECK_NEAR(off, 0.0, tolerance);
        CHECK_NEAR(force, 0.0, tolerance);
    };
    compare(1e-6);
    structures::Random random(4);
    for (int q = 0; q < 9 * n; ++q)
        if (all[q / 3] == 0) y[q] += random.uniform(-0.02, 0.02);
    CHECK(nh_large_set_positions(three.get(), y.data()) == NH_OK);
    nh_large_result again{};
    const nh_large_target loose{1e-6, 1e-6, {0.0, 1.0}, 400};
    CHECK(nh_large_relax(three.get(), &loose, nullptr, nullptr, &again) == NH_OK);
    CHECK(again.converged == 1);
    CHECK_NEAR(again.energy, 3.0 * single.energy, 1e-7);
    compare(1e-5);
    // What is refused is held no more than what was held before it.
    std::vector<unsigned char> uneven = all;
    uneven[n + 1] ^= 1;
    CHECK(nh_large_hold(three.get(), uneven.data()) == NH_BAD_ARGUMENT);
    CHECK(std::string(nh_last_error()).find("every period") != std::string::npos);
    CHECK(nh_large_relax(three.get(), &loose, nullptr, nullptr, &again) == NH_BAD_ARGUMENT);
    CHECK(nh_large_carry(three.get(), move.data()) == NH_BAD_ARGUMENT);
    CHECK(std::string(nh_last_error()).find("nh_large_hold") != std::string::npos);
    CHECK(nh_large_hold(three.get(), all.data()) == NH_OK);
    CHECK(nh_large_relax(three.get(), &loose, nullptr, nullptr, &again) == NH_OK);
    CHECK_NEAR(again.energy, 3.0 * single.energy, 1e-7);
    // A stack is no stack where an atom is missing from its place.
    stacked[3 * n] += 0.1;
    CHECK(nh_large_create(aluminium(), 3 * n, stacked.data(), &o, &made_stack) == NH_BAD_ARGUMENT);
    CHECK(nh_large_create(aluminium(), 3 * n - 1, stacked.data(), &o, &made_stack) == NH_BAD_ARGUMENT);
}

}  // namespace

int main() {
    a_stack_bends_as_its_period();
    bends();
    one_minimum();
    stops_when_asked();
    refuses();
    collisions();
    return check::report("large_test");
}
