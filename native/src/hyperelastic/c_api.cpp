// SPDX-License-Identifier: Apache-2.0
//
// The C border of deformed cells: checks arguments, owns the handles, lets no exception out.
#include <algorithm>
#include <cmath>
#include <memory>
#include <string>

#include "common/error.h"
#include "hyperelastic/deformation.h"
#include "hyperelastic/stability.h"
#include "nanohooke/hyperelastic.h"
#include "statics/handles.h"

using namespace nanohooke;

struct nh_unit_cell {
    hyperelastic::UnitCell cell;
};

namespace {

template <typename T>
T *given(T *pointer, const char *name) {
    require(pointer != nullptr, std::string(name) + " must not be null");
    return pointer;
}

nh_deform_options options_or_defaults(const nh_deform_options *options) {
    nh_deform_options o;
    nh_deform_defaults(&o);
    if (options != nullptr) o = *options;
    require(o.force_tolerance > 0.0, "option force_tolerance must be positive");
    require(o.max_iterations >= 1, "option max_iterations must be at least 1");
    require(o.max_step > 0.0, "option max_step must be positive");
    require(o.largest_step > 0.0 && o.smallest_step > 0.0 && o.smallest_step <= o.largest_step,
            "options smallest_step and largest_step must be positive, the former "
            "not the larger");
    require(std::isfinite(o.reference_energy), "option reference_energy must be finite");
    return o;
}

void require_finite(const double *numbers, std::size_t count, const char *name) {
    for (std::size_t q = 0; q < count; ++q)
        require(std::isfinite(numbers[q]), std::string(name) + " has a number that is not finite");
}

void require_plane(const hyperelastic::UnitCell &cell, const double *f) {
    if (cell.space() != hyperelastic::Space::plane) return;
    require(f[2] == 0.0 && f[5] == 0.0 && f[6] == 0.0 && f[7] == 0.0,
            "a cell for plane deformations takes no F with xz, yz, zx or zy; "
            "create it with NH_SPACE_SOLID");
}

hyperelastic::PointState state_of(const nh_unit_cell *cell, const double *numbers) {
    return {cell->cell, const_cast<double *>(numbers)};
}

}  // namespace

extern "C" {

void nh_deform_defaults(nh_deform_options *o) {
    if (o == nullptr) return;
    *o = {};
    o->force_tolerance = 1e-6;
    o->max_iterations = 12;
    o->max_step = 0.2;
    o->largest_step = 0.02;
    o->smallest_step = 5e-4;
}

int nh_unit_cell_create(const nh_eam *eam, int n, const double *positions, const double *vectors, int space,
                        nh_unit_cell **out) {
    return guarded([&] {
        given(eam, "eam");
        given(positions, "positions");
        given(vectors, "vectors");
        given(out, "out");
        require(n > 0, "a cell needs at least one atom, not " + std::to_string(n));
        require(space == NH_SPACE_SOLID || space == NH_SPACE_PLANE, "space must be 0 (solid) or 1 (plane)");
        require_finite(positions, 3 * static_cast<std::size_t>(n), "positions");
        require_finite(vectors, 9, "vectors");
        Mat3 h;
        for (int k = 0; k < 3; ++k)
            for (int a = 0; a < 3; ++a) h[a][k] = vectors[3 * k + a];
        *out = new nh_unit_cell{{eam->potential,
                                 {positions, positions + 3 * static_cast<std::size_t>(n)},
                                 h,
                                 space == NH_SPACE_PLANE ? hyperelastic::Space::plane : hyperelastic::Space::solid}};
    });
}

void nh_unit_cell_free(nh_unit_cell *cell) { delete cell; }

int nh_unit_cell_get_info(const nh_unit_cell *cell, nh_unit_cell_info *info) {
    return guarded([&] {
        const auto &c = given(cell, "cell")->cell;
        const long long size = hyperelastic::PointState::size(c);
        *given(info, "info") = {c.atoms(), c.freedoms(), c.orbits().inversion ? 1 : 0, size, c.volume()};
    });
}

int nh_unit_cell_start(const nh_unit_cell *cell, int points, double *states) {
    return guarded([&] {
        given(cell, "cell");
        given(states, "states");
        require(points >= 0, "points must not be negative");
        const long long size = hyperelastic::PointState::size(cell->cell);
        for (int k = 0; k < points; ++k) state_of(cell, states + size * k).start();
    });
}

int nh_unit_cell_deform(const nh_unit_cell *cell, const nh_deform_options *options, int points, const double *f,
                        double *states, double *energy, double *stress, double *tangent, int *outcome, int *steps,
                        long long *evaluations) {
    return guarded([&] {
        given(cell, "cell");
        const auto settings = options_or_defaults(options);
        require(points >= 0, "points must not be negative");
        given(f, "f");
        given(states, "states");
        given(energy, "energy");
        given(stress, "stress");
        given(tangent, "tangent");
        given(outcome, "outcome");
        require_finite(f, 9 * static_cast<std::size_t>(points), "f");
        for (int k = 0; k < points; ++k) require_plane(cell->cell, f + 9L * k);
        const long long size = hyperelastic::PointState::size(cell->cell);
        hyperelastic::Deformation deformation(cell->cell, settings);
        for (int k = 0; k < points; ++k) {
            outcome[k] = deformation.deform(state_of(cell, states + size * k), f + 9L * k, energy + k, stress + 9L * k,
                                            tangent + 81L * k);
            if (steps != nullptr) steps[k] = deformation.steps();
        }
        if (evaluations != nullptr) *evaluations = deformation.evaluations();
    });
}

int nh_unit_cell_atoms(const nh_unit_cell *cell, const double *state, const double *f, double *positions,
                       double *vectors) {
    return guarded([&] {
        const auto &c = given(cell, "cell")->cell;
        const auto point = state_of(cell, given(state, "state"));
        given(f, "f");
        const Mat3 gradient{{{f[0], f[1], f[2]}, {f[3], f[4], f[5]}, {f[6], f[7], f[8]}}};
        const auto &orbits = c.orbits();
        const int dim = c.dimension();
        for (int i = 0; positions != nullptr && i < c.atoms(); ++i) {
            double x[3] = {c.positions()[3 * i], c.positions()[3 * i + 1], c.positions()[3 * i + 2]};
            const double sign = orbits.image[i] ? -1.0 : 1.0;
            for (int a = 0; a < dim; ++a) x[a] += sign * point.displacements[dim * orbits.orbit[i] + a];
            multiply(gradient, x, positions + 3 * i);
        }
        const Mat3 h = gradient * c.vectors();
        for (int k = 0; vectors != nullptr && k < 3; ++k)
            for (int a = 0; a < 3; ++a) vectors[3 * k + a] = h[a][k];
    });
}

int nh_unit_cell_softest(const nh_unit_cell *cell, const double *state, const double *f, double *eigenvalue,
                         int *breaking, double *mode) {
    return guarded([&] {
        given(cell, "cell");
        const auto point = state_of(cell, given(state, "state"));
        require_finite(given(f, "f"), 9, "f");
        require_plane(cell->cell, f);
        hyperelastic::CellState scratch(cell->cell);
        const auto softest = hyperelastic::softest_mode(scratch, f, point.displacements);
        *given(eigenvalue, "eigenvalue") = softest.eigenvalue;
        if (breaking != nullptr) *breaking = softest.breaking ? 1 : 0;
        if (mode != nullptr) std::copy(softest.mode.begin(), softest.mode.end(), mode);
    });
}
}
