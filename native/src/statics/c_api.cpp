// SPDX-License-Identifier: Apache-2.0
//
// The C border of the statics: checks arguments, owns the handles, lets no exception out.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <memory>

#include "common/bounds.h"
#include "common/error.h"
#include "nanohooke/statics.h"
#include "statics/calculation.h"
#include "statics/handles.h"

using namespace nanohooke;

namespace {

template <typename T>
T *given(T *pointer, const char *name) {
    require(pointer != nullptr, std::string(name) + " must not be null");
    return pointer;
}

void check_positive(double value, const char *name) {
    require(value > 0.0, std::string("option ") + name + " must be positive");
}

void check(const nh_statics_options &o) {
    check_positive(o.force_tolerance, "force_tolerance");
    check_positive(o.stress_tolerance, "stress_tolerance");
    check_positive(o.max_step, "max_step");
    check_positive(o.max_strain_step, "max_strain_step");
    check_positive(o.fire_timestep, "fire_timestep");
    check_positive(o.fire_handover_force, "fire_handover_force");
    check_positive(o.trust_displacement, "trust_displacement");
    check_positive(o.trust_ratio, "trust_ratio");
    require(o.max_iterations >= 0, "option max_iterations must not be negative");
    require(o.fire_max_steps >= 0, "option fire_max_steps must not be negative");
    require(o.refactor_interval >= 1, "option refactor_interval must be at least 1");
    require(o.cells == NH_CELLS_AUTO || o.cells == NH_CELLS_ONE || o.cells == NH_CELLS_THREE,
            "option cells must be 0 (auto), 1 or 3");
    require(o.solver == NH_SOLVER_DIRECT || o.solver == NH_SOLVER_ITERATIVE,
            "option solver must be 0 (direct) or 1 (iterative)");
    require(o.three_cell_solver == NH_SOLVER_DIRECT || o.three_cell_solver == NH_SOLVER_ITERATIVE,
            "option three_cell_solver must be 0 (direct) or 1 (iterative)");
    require(o.perturbation >= 0.0, "option perturbation must not be negative");
    require(o.diagonal_shift >= 0.0, "option diagonal_shift must not be negative");
    require(o.table_average >= 0.0 && o.table_average < 0.1, "option table_average must lie between 0 and 0.1");
}

statics::Settings options_or_defaults(const nh_statics_options *options) {
    nh_statics_options o;
    nh_statics_defaults(&o);
    if (options != nullptr) o = *options;
    check(o);
    return statics::Settings(o);
}

eam::Evaluator evaluated(const statics::Crystal &crystal) {
    eam::Evaluator evaluator(crystal.potential, crystal.atoms(), false);
    evaluator.evaluate(crystal.x, crystal.h);
    statics::require_finite(evaluator);
    return evaluator;
}

sparse::BlockMatrix full_hessian(const eam::Evaluator &evaluator) {
    std::vector<int> plain(evaluator.atoms());
    for (std::size_t i = 0; i < plain.size(); ++i) plain[i] = static_cast<int>(i);
    return sparse::condensed(eam::hessian(evaluator, eam::Block::full, plain));
}

int run(const nh_crystal *crystal, const nh_statics_options *options, nh_progress progress, void *user,
        statics::Extent extent, nh_statics_result *result, nh_crystal **minimum) {
    return guarded([&] {
        given(crystal, "crystal");
        given(result, "result");
        const auto settings = options_or_defaults(options);
        auto relaxed = std::make_unique<nh_crystal>(*crystal);
        for (int i = 0; i < relaxed->crystal.atoms(); ++i) relaxed->crystal.origin[i] = i;
        nh_statics_result done;
        statics::calculate(relaxed->crystal, settings, statics::Observer(progress, user), extent, done);
        *result = done;
        if (minimum != nullptr) *minimum = relaxed.release();
    });
}

}  // namespace

extern "C" {

int nh_eam_create(int densities, double density_spacing, const double *embedding, int distances,
                  double distance_spacing, const double *density, const double *product, double cutoff, double mass,
                  nh_eam **out) {
    return guarded([&] {
        given(embedding, "embedding");
        given(density, "density");
        given(product, "product");
        given(out, "out");
        require(densities > 0 && distances > 0, "the numbers of densities and distances must be positive");
        const eam::Table f{density_spacing, {embedding, embedding + densities}};
        const eam::Table rho{distance_spacing, {density, density + distances}};
        const eam::Table z{distance_spacing, {product, product + distances}};
        *out = new nh_eam{std::make_shared<const eam::Potential>(f, rho, z, cutoff, mass)};
    });
}

void nh_eam_free(nh_eam *eam) { delete eam; }

int nh_crystal_create(const nh_eam *eam, int n, const double *positions, const double *box, nh_crystal **out) {
    return guarded([&] {
        given(eam, "eam");
        given(positions, "positions");
        given(box, "box");
        given(out, "out");
        require(n > 0, "a crystal needs at least one atom, not " + std::to_string(n));
        require(n <= bounds::kMostAtoms,
                "a crystal has at most " + std::to_string(bounds::kMostAtoms) + " atoms, not " + std::to_string(n));
        for (int k = 0; k < 6; ++k) require(std::isfinite(box[k]), "the box has a number that is not finite");
        for (int k = 0; k < 3; ++k) require(box[k] > 0.0, "the box lengths lx, ly and lz must be positive");
        for (int q = 0; q < 3 * n; ++q)
            require(std::isfinite(positions[q]),
                    "atom " + std::to_string(q / 3) + " has a position that is not finite");
        statics::Crystal crystal{
            eam->potential, eam->storage, {positions, positions + 3 * n}, statics::box_matrix(box), {}};
        for (int i = 0; i < n; ++i) crystal.origin.push_back(i);
        *out = new nh_crystal{std::move(crystal)};
    });
}

void nh_crystal_free(nh_crystal *crystal) { delete crystal; }

int nh_crystal_size(const nh_crystal *crystal, int *n) {
    return guarded([&] { *given(n, "n") = given(crystal, "crystal")->crystal.atoms(); });
}

int nh_crystal_get(const nh_crystal *crystal, double *positions, double *box, int *origin) {
    return guarded([&] {
        const auto &c = given(crystal, "crystal")->crystal;
        if (positions != nullptr) std::copy(c.x.begin(), c.x.end(), positions);
        if (box != nullptr) statics::box_numbers(c.h, box);
        if (origin != nullptr) std::copy(c.origin.begin(), c.origin.end(), origin);
    });
}

void nh_statics_defaults(nh_statics_options *o) {
    if (o == nullptr) return;
    *o = {};
    o->force_tolerance = 1e-6;
    o->stress_tolerance = 1e-6;
    o->max_iterations = 400;
    o->refactor_interval = 20;
    o->max_step = 0.1;
    o->max_strain_step = 0.005;
    o->fire_timestep = 0.002;
    o->fire_max_steps = 20000;
    o->fire_handover_force = 0.05;
    o->trust_displacement = 0.3;
    o->trust_ratio = 0.3;
    o->cells = NH_CELLS_AUTO;
    o->perturbation = 0.02;
    o->seed = 1;
    o->diagonal_shift = 1e-8;
}

int nh_statics_energy(const nh_crystal *crystal, double *energy, double *forces, double *stress) {
    return guarded([&] {
        const auto &c = given(crystal, "crystal")->crystal;
        const auto evaluator = evaluated(c);
        if (energy != nullptr) *energy = evaluator.energy();
        if (forces != nullptr) std::copy(evaluator.forces().begin(), evaluator.forces().end(), forces);
        if (stress != nullptr)
            for (int t = 0; t < 6; ++t)
                stress[t] = evaluator.virial()[kVoigtA[t]][kVoigtB[t]] / c.volume() * statics::kGigapascal;
    });
}

int nh_statics_calculate(const nh_crystal *crystal, const nh_statics_options *options, nh_progress progress, void *user,
                         nh_statics_result *result, nh_crystal **minimum) {
    return run(crystal, options, progress, user, statics::Extent::everything, result, minimum);
}

int nh_statics_relax(const nh_crystal *crystal, const nh_statics_options *options, nh_progress progress, void *user,
                     nh_statics_result *result, nh_crystal **minimum) {
    return run(crystal, options, progress, user, statics::Extent::relax, result, minimum);
}

int nh_statics_tensor(const nh_crystal *crystal, const nh_statics_options *options, nh_statics_result *result) {
    return guarded([&] {
        auto copy = given(crystal, "crystal")->crystal;
        given(result, "result");
        nh_statics_result done;
        statics::measure(copy, options_or_defaults(options), done);
        *result = done;
    });
}

int nh_statics_certificate(const nh_crystal *crystal, const nh_statics_options *options, int *definite, double *pivot) {
    return guarded([&] {
        const auto &c = given(crystal, "crystal")->crystal;
        require(statics::planar_applies(c, options_or_defaults(options)),
                "the certificate is for extruded cells: all atoms on the planes z and z + lz/2, xz = yz = 0");
        eam::Evaluator evaluator(c.potential, c.atoms(), true);
        evaluator.evaluate(c.x, c.h);
        statics::Ledger ledger;
        const auto model = statics::model_of(c, eam::Block::in_plane, options_or_defaults(options));
        model->prepare(evaluator, c.x, c.h, ledger);
        const auto certificate = statics::certify(c, evaluator, *model, ledger);
        if (definite != nullptr) *definite = certificate.definite ? 1 : 0;
        if (pivot != nullptr) *pivot = certificate.pivot;
    });
}

int nh_statics_islands(const nh_crystal *crystal, int *component, int *islands, int *percolation) {
    return guarded([&] {
        const auto &c = given(crystal, "crystal")->crystal;
        const auto pieces = statics::components(evaluated(c), c.x, c.h);
        if (component != nullptr)
            for (std::size_t k = 0; k < pieces.size(); ++k)
                for (int i : pieces[k].atoms) component[i] = static_cast<int>(k);
        if (islands != nullptr) *islands = static_cast<int>(pieces.size()) - 1;
        if (percolation != nullptr) *percolation = pieces.front().percolation();
    });
}

int nh_statics_hessian_size(const nh_crystal *crystal, long long *entries) {
    return guarded([&] {
        const auto matrix = full_hessian(evaluated(given(crystal, "crystal")->crystal));
        // Off-diagonal blocks are stored whole, diagonal ones by their lower triangle.
        *given(entries, "entries") =
            9LL * (static_cast<long long>(matrix.row.size()) - matrix.nodes) + 6LL * matrix.nodes;
    });
}

int nh_statics_hessian(const nh_crystal *crystal, long long entries, int *rows, int *columns, double *values,
                       double *mixed, double *born) {
    return guarded([&] {
        const auto evaluator = evaluated(given(crystal, "crystal")->crystal);
        if (rows != nullptr || columns != nullptr || values != nullptr) {
            given(rows, "rows");
            given(columns, "columns");
            given(values, "values");
            const auto matrix = full_hessian(evaluator);
            long long at = 0;
            for (int j = 0; j < matrix.nodes; ++j)
                for (int e = matrix.first[j]; e < matrix.first[j + 1]; ++e)
                    for (int a = 0; a < 3; ++a)
                        for (int b = 0; b < (matrix.row[e] == j ? a + 1 : 3); ++b, ++at) {
                            require(at < entries, "entries is smaller than nh_statics_hessian_size says");
                            rows[at] = 3 * matrix.row[e] + a;
                            columns[at] = 3 * j + b;
                            values[at] = matrix.values[9 * static_cast<std::size_t>(e) + 3 * a + b];
                        }
        }
        if (mixed != nullptr || born != nullptr) {
            const auto strain = eam::strain_derivatives(evaluator);
            if (mixed != nullptr) std::copy(strain.mixed.begin(), strain.mixed.end(), mixed);
            if (born != nullptr)
                for (int t = 0; t < 6; ++t) std::copy(strain.born[t].begin(), strain.born[t].end(), born + 6 * t);
        }
    });
}
}
