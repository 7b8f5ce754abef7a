// SPDX-License-Identifier: Apache-2.0
//
// The C border of the statics of many atoms: checks arguments, owns the handles, lets no exception out.
#include <cmath>
#include <string>

#include "common/bounds.h"
#include "common/error.h"
#include "large/crystal.h"
#include "nanohooke/large.h"
#include "statics/handles.h"

using namespace nanohooke;

struct nh_large {
    large::LargeCrystal crystal;
    bool held = false;
};

namespace {

template <typename T>
T *given(T *pointer, const char *name) {
    require(pointer != nullptr, std::string(name) + " must not be null");
    return pointer;
}

void check(const nh_large_options &o) {
    for (double v : {o.plane[0], o.plane[1], o.spring_reach, o.spring_stiffness, o.cut_period[0], o.cut_period[1]})
        require(v >= 0.0 && std::isfinite(v), "lengths, reach, stiffness and periods of cuts must not be negative");
    require(std::isfinite(o.plane[2]) && std::isfinite(o.cut_origin[0]) && std::isfinite(o.cut_origin[1]),
            "the tilt and the origin of cuts must be finite");
    require(o.plane[2] == 0.0 || (o.plane[0] > 0.0 && o.plane[1] > 0.0), "only a cell of two periods may be tilted");
    require(o.periods >= 0 && o.periods <= 16, "there are 1 to 16 periods along z");
    require(o.threads >= 0 && o.threads <= 1024, "there are 1 to 1024 threads, or 0 for one a core");
}

}  // namespace

extern "C" {

double nh_large_memory(int n) {
    // Positions and forces, the list with its slopes (some 22 partners a column), L-BFGS' memory of twelve steps, and
    // the springs' factor as if nothing repeated itself: measured on beams and pores.
    return 3e7 + n * 2600.0;
}

double nh_large_stack_memory(int n) {
    // Pairs in all directions and three freedoms an atom in L-BFGS' memory: 3.2 kB were measured.
    return 3e7 + n * 3600.0;
}

int nh_large_create(const nh_eam *eam, int n, const double *positions, const nh_large_options *options,
                    nh_large **out) {
    return guarded([&] {
        given(eam, "eam");
        given(positions, "positions");
        given(options, "options");
        given(out, "out");
        require(n > 0 && n <= bounds::kMostAtoms / 8, "so many atoms cannot be numbered: " + std::to_string(n));
        check(*options);
        *out = new nh_large{large::LargeCrystal(eam->potential, n, positions, *options)};
    });
}

void nh_large_free(nh_large *large) { delete large; }

int nh_large_facts_of(const nh_large *large, nh_large_facts *facts) {
    return guarded([&] { *given(facts, "facts") = given(large, "large")->crystal.facts(); });
}

int nh_large_hold(nh_large *large, const unsigned char *held) {
    return guarded([&] {
        // Before all that may fail: the springs may have no factor then.
        if (large != nullptr) large->held = false;
        given(large, "large")->crystal.hold(given(held, "held"));
        large->held = true;
    });
}

int nh_large_set_positions(nh_large *large, const double *positions) {
    return guarded([&] { given(large, "large")->crystal.set_positions(given(positions, "positions")); });
}

int nh_large_get_positions(const nh_large *large, double *positions) {
    return guarded([&] { given(large, "large")->crystal.get_positions(given(positions, "positions")); });
}

int nh_large_carry(nh_large *large, const double *displacement) {
    return guarded([&] {
        require(given(large, "large")->held, "nh_large_hold comes first");
        large->crystal.carry(given(displacement, "displacement"));
    });
}

int nh_large_energy(nh_large *large, double *energy, double *forces) {
    return guarded([&] {
        given(large, "large")->crystal.evaluate();
        if (energy != nullptr) *energy = large->crystal.energy();
        if (forces != nullptr) large->crystal.get_forces(forces);
    });
}

int nh_large_relax(nh_large *large, const nh_large_target *target, nh_large_progress progress, void *user,
                   nh_large_result *result) {
    return guarded([&] {
        require(given(large, "large")->held, "nh_large_hold comes first");
        given(target, "target");
        given(result, "result");
        require(target->residual > 0.0 && target->balance > 0.0, "residual and balance must be positive");
        require(target->most_iterations >= 0, "most_iterations must not be negative");
        large::DescentOptions options;
        options.residual = target->residual;
        options.balance = target->balance;
        options.axis[0] = target->axis[0];
        options.axis[1] = target->axis[1];
        options.most_iterations = target->most_iterations;
        const auto done = large->crystal.relax(options, [&](int iteration, double residual, double imbalance) {
            return progress == nullptr || progress(user, iteration, residual, imbalance) == 0;
        });
        if (done.cancelled) throw Error(NH_CANCELLED, "the relaxation was cancelled");
        *result = {done.converged ? 1 : 0, done.iterations, done.evaluations, done.residual,
                   done.imbalance,         done.largest,    done.energy};
    });
}
}
