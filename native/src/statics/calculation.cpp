// SPDX-License-Identifier: Apache-2.0
#include "statics/calculation.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "common/error.h"
#include "common/stopwatch.h"
#include "eam/cutoff_shell.h"
#include "statics/iterative_model.h"

namespace nanohooke::statics {

namespace {

// Atoms this near to a mirror plane count as lying on it (Angstrom).
constexpr double kPlaneTolerance = 1e-7;
// A three-cell energy lower than three one-cell ones by more than this (eV per cell) is another minimum.
constexpr double kSameEnergy = 1e-6;
// Work of a three-cell factorisation in units of one of the in-plane block: all fronts are four times as large.
constexpr double kThreeCellWork = 4.0 * 4.0 * 4.0;

void describe_islands(const Crystal &crystal, const std::vector<Component> &pieces, nh_statics_result &result) {
    result.islands = static_cast<int>(pieces.size()) - 1;
    result.island_atoms = crystal.atoms() - static_cast<int>(pieces.front().atoms.size());
    result.percolation = pieces.front().percolation();
}

std::vector<Component> find_pieces(const Crystal &crystal, bool planar) {
    eam::Evaluator evaluator(crystal.potential, crystal.atoms(), planar);
    evaluator.evaluate(crystal.x, crystal.h);
    require_finite(evaluator);
    return components(evaluator, crystal.x, crystal.h);
}

/** Snaps atoms onto their mirror planes exactly: what is left of a file's rounding would break pairs of twins. */
void snap_to_planes(Crystal &crystal) {
    const double half = 0.5 * crystal.h[2][2], base = crystal.x[2];
    for (int i = 0; i < crystal.atoms(); ++i) {
        double &z = crystal.x[3 * i + 2];
        z = base + std::round((z - base) / half) * half;
    }
}

/** A tensor from the tables as they are, and one from averages; the latter has a failed block where there is none. */
struct Measurement {
    TensorOutcome sharp, averaged;
};

void record_state(const Crystal &crystal, const eam::Evaluator &evaluator, int cells, nh_statics_result &result) {
    const auto shell = eam::shell_at_cutoff(evaluator, crystal.x, crystal.h);
    result.cutoff_pairs = shell.pairs;
    result.cutoff_energy = shell.energy;
    result.cutoff_pressure = shell.virial / (3.0 * crystal.volume()) * kGigapascal;
    result.energy = evaluator.energy() / cells;
    result.max_force = largest_force(evaluator);
    result.max_stress = largest_stress(evaluator, crystal);
    result.atoms = crystal.atoms();
    result.cells = cells;
}

/** Number of an atom in the crystal that was given; -1 stays: a search without a factor names no atom. */
int given_atom(const Crystal &crystal, int atom) { return atom < 0 ? -1 : crystal.origin[atom]; }

void record_tensor(const Measurement &measurement, const Crystal &crystal, const Mat3 &axes,
                   nh_statics_result &result) {
    const TensorOutcome &measured = measurement.sharp;
    result.smallest_pivot = measured.smallest_pivot;
    result.smallest_ritz = measured.smallest_ritz;
    result.miss_chance = measured.chance;
    result.failed_block = measured.failed_block;
    result.failed_atom = given_atom(crystal, measured.failed_atom);
    if (measured.failed_block != NH_BLOCK_NONE) {
        if (result.outcome != NH_OUTCOME_NOT_CONVERGED) result.outcome = NH_OUTCOME_UNSTABLE;
        return;
    }
    const Tensor tensor = rotated(measured.tensor, axes);
    std::copy(tensor.begin(), tensor.end(), result.tensor);
    if (measurement.averaged.failed_block == NH_BLOCK_NONE) {
        const Tensor averaged = rotated(measurement.averaged.tensor, axes);
        std::copy(averaged.begin(), averaged.end(), result.averaged_tensor);
    }
    if (result.outcome != NH_OUTCOME_NOT_CONVERGED && !positive_definite(tensor)) {
        result.outcome = NH_OUTCOME_SOFT;
        result.failed_block = NH_BLOCK_TENSOR;
    }
}

/**
 * Measures the crystal where it is; `model` as measure_tensor takes it. What is not at rest anyway is not told which
 * atom makes it unstable.
 */
Measurement measure_both(const Crystal &crystal, eam::Evaluator &evaluator, NewtonModel &model, bool rest,
                         const Settings &settings, Ledger &ledger) {
    const auto verdict = rest ? NewtonModel::Verdict::explained : NewtonModel::Verdict::exact;
    Measurement result;
    result.sharp = measure_tensor(crystal, evaluator, model, verdict, settings, ledger);
    result.averaged.failed_block = NH_BLOCK_TENSOR;
    if (settings.table_average > 0.0 && result.sharp.failed_block == NH_BLOCK_NONE) {
        const eam::CurvatureAverage average(evaluator, settings.table_average);
        result.averaged = measure_tensor(crystal, evaluator, model, verdict, settings, ledger);
    }
    return result;
}

void record_ledger(const Ledger &ledger, double total, nh_statics_result &result) {
    result.evaluations = ledger.evaluations;
    result.fire_steps = ledger.fire_steps;
    result.iterations = ledger.iterations;
    result.factorisations = ledger.factorisations;
    result.products = ledger.products;
    result.linear_residual = ledger.linear_residual;
    result.seconds_forces = ledger.forces;
    result.seconds_assembly = ledger.assembly;
    result.seconds_ordering = ledger.ordering;
    result.seconds_factorisation = ledger.factorisation;
    result.seconds_solve = ledger.solve;
    result.seconds_total = total;
}

/** Relaxes one crystal and, where asked, measures it. Leaves it in LAMMPS' frame. */
class Stage {
public:
    Stage(Crystal &crystal, bool planar, int cells, double saddle_operations, std::unique_ptr<NewtonModel> model,
          const Settings &settings, const Observer &observer, Ledger &ledger)
        : crystal_(crystal),
          cells_(cells),
          settings_(settings),
          observer_(observer),
          ledger_(ledger),
          relaxation_(crystal, planar, settings, observer, cells == 1 ? NH_STAGE_GENTLE : NH_STAGE_THREE_CELL_GENTLE,
                      saddle_operations, std::move(model), ledger) {}

    /** True where the crystal is at a stationary point that can be measured. */
    bool relax(nh_statics_result &result) {
        const Descent descent = relaxation_.run();
        record_state(crystal_, relaxation_.evaluator(), cells_, result);
        if (relaxation_.left_saddle()) result.other_minimum = 1;
        result.stop = relaxation_.stop();
        result.outcome = descent == Descent::stopped  ? NH_OUTCOME_NOT_CONVERGED
                         : descent == Descent::saddle ? NH_OUTCOME_UNSTABLE
                                                      : NH_OUTCOME_OK;
        rest_ = descent != Descent::stopped;
        return rest_;
    }

    Measurement measure() {
        observer_.report(cells_ == 1 ? NH_STAGE_TENSOR : NH_STAGE_THREE_CELL_TENSOR, 0,
                         largest_force(relaxation_.evaluator()), largest_stress(relaxation_.evaluator(), crystal_));
        return measure_both(crystal_, relaxation_.evaluator(), relaxation_.model(), rest_, settings_, ledger_);
    }

    Definiteness certificate() {
        observer_.report(NH_STAGE_CERTIFICATE, 0, largest_force(relaxation_.evaluator()),
                         largest_stress(relaxation_.evaluator(), crystal_));
        operations_ = relaxation_.model().operations();
        relaxation_.model().release();
        return certify(crystal_, relaxation_.evaluator(), relaxation_.model(), ledger_);
    }

    /** Of one build of the model, before or after release(). */
    double operations() { return std::max(operations_, relaxation_.model().operations()); }

private:
    Crystal &crystal_;
    int cells_;
    const Settings &settings_;
    const Observer &observer_;
    Ledger &ledger_;
    double operations_ = 0.0;
    bool rest_ = false;
    Relaxation relaxation_;
};

/** For three cells, from the one: its springs are those of three, see StackedSprings. */
std::unique_ptr<NewtonModel> three_cell_model(const Crystal &one, const Settings &settings, Ledger &ledger) {
    if (settings.solver == NH_SOLVER_DIRECT) return model_of(one, eam::Block::full, settings);
    std::shared_ptr<const iterative::SpringNetwork> network;
    std::vector<char> anchored(one.atoms(), 0);
    std::vector<double> z(one.atoms());
    for (int i = 0; i < one.atoms(); ++i) z[i] = one.x[3 * i + 2];
    {
        const Stopwatch watch(ledger.ordering);
        eam::Evaluator evaluator(one.potential, one.atoms(), true);
        evaluator.evaluate(one.x, one.h);
        network = std::make_shared<const iterative::SpringNetwork>(evaluator, one.x, one.h);
        const auto &parts = eam::block_space(eam::Block::in_plane).components;
        for (int freedom : pinned_freedoms(components(evaluator, one.x, one.h), parts, one.x, one.h))
            anchored[freedom / parts.size()] = 1;
    }
    const Stopwatch watch(ledger.factorisation);
    ++ledger.factorisations;
    return std::make_unique<IterativeModel>(
        std::make_unique<iterative::StackedSprings>(std::move(network), std::move(z), one.h[2][2], anchored),
        settings.tuning);
}

/** From the relaxed single cell, tiled and pushed off its symmetry; `operations` as Relaxation takes them. */
void three_cells(Crystal &crystal, double operations, Settings settings, const Observer &observer, Ledger &ledger,
                 nh_statics_result &result) {
    settings.solver = std::max(settings.solver, settings.three_cell_solver);
    result.solver = settings.solver;
    const double one_cell = result.energy;
    auto model = three_cell_model(crystal, settings, ledger);
    crystal = stacked(crystal, iterative::StackedSprings::kCells);
    displace(crystal, settings.perturbation, 3, settings.seed);
    result.path = NH_PATH_THREE_CELL;
    result.failed_block = NH_BLOCK_NONE;
    result.failed_atom = -1;
    Stage stage(crystal, false, 3, operations, std::move(model), settings, observer, ledger);
    stage.relax(result);
    result.one_cell_energy = one_cell;
    if (result.energy < one_cell - kSameEnergy) result.other_minimum = 1;
    const Measurement measured = stage.measure();
    const Mat3 axes = turn_to_restricted_frame(crystal);
    record_tensor(measured, crystal, axes, result);
}

}  // namespace

nh_statics_result blank_result() {
    nh_statics_result r{};
    const double unknown = std::numeric_limits<double>::quiet_NaN();
    r.failed_atom = -1;
    r.certificate = -1;
    r.smallest_pivot = r.certificate_pivot = r.smallest_ritz = r.certificate_ritz = unknown;
    r.energy = r.one_cell_energy = unknown;
    std::fill_n(r.tensor, 36, unknown);
    std::fill_n(r.averaged_tensor, 36, unknown);
    return r;
}

void require_finite(const eam::Evaluator &evaluator) {
    require(std::isfinite(evaluator.energy()), "the energy is not finite: do atoms lie on top of each other?");
}

bool planar_applies(const Crystal &crystal, const Settings &settings) {
    return settings.force_general == 0 && eam::on_mirror_planes(crystal.x, crystal.h, kPlaneTolerance);
}

void calculate(Crystal &crystal, const Settings &settings, const Observer &observer, Extent extent,
               nh_statics_result &result) {
    Ledger ledger;
    double total = 0.0;
    result = blank_result();
    {
        const Stopwatch watch(total);
        const bool planar = planar_applies(crystal, settings);
        if (planar) snap_to_planes(crystal);
        result.path = planar ? NH_PATH_PLANAR : NH_PATH_GENERAL;
        result.solver = settings.solver;
        auto pieces = find_pieces(crystal, planar);
        describe_islands(crystal, pieces, result);
        if (settings.drop_islands != 0 && pieces.size() > 1) {
            std::vector<bool> keep(crystal.atoms(), false);
            for (int i : pieces.front().atoms) keep[i] = true;
            result.dropped_atoms = result.island_atoms;
            crystal = subset(crystal, keep);
        }

        Measurement measured;
        bool stationary, three = false;
        double certificate_chance = 0.0;
        double operations = 0.0;
        {
            Stage stage(crystal, planar, 1, 0.0,
                        model_of(crystal, planar ? eam::Block::in_plane : eam::Block::full, settings), settings,
                        observer, ledger);
            stationary = stage.relax(result);
            operations = kThreeCellWork * stage.operations();
            if (stationary) result.one_cell_energy = result.energy;
            if (extent == Extent::everything) measured = stage.measure();
            if (stationary && extent == Extent::everything) {
                bool certain = measured.sharp.failed_block == NH_BLOCK_NONE;
                if (planar && certain) {
                    const Definiteness certificate = stage.certificate();
                    result.certificate = certificate.definite ? 1 : 0;
                    result.certificate_pivot = certificate.pivot;
                    result.certificate_ritz = certificate.ritz;
                    certificate_chance = certificate.chance;
                    if (!certificate.definite) {
                        certain = false;
                        result.failed_block = NH_BLOCK_BLOCH;
                        result.failed_atom = given_atom(crystal, certificate.atom);
                    }
                }
                three = planar && (settings.cells == NH_CELLS_THREE || (settings.cells == NH_CELLS_AUTO && !certain));
            }
        }
        if (three) {
            three_cells(crystal, operations, settings, observer, ledger, result);
        } else {
            const int bloch = result.failed_block, atom = result.failed_atom;
            const Mat3 axes = turn_to_restricted_frame(crystal);
            if (extent == Extent::everything) {
                record_tensor(measured, crystal, axes, result);
                if (stationary && result.failed_block == NH_BLOCK_NONE) {
                    result.failed_block = bloch;
                    result.failed_atom = atom;
                }
            }
        }
        if (!three) result.miss_chance = std::max(result.miss_chance, certificate_chance);
        box_numbers(crystal.h, result.box);
    }
    record_ledger(ledger, total, result);
}

void measure(Crystal &crystal, const Settings &settings, nh_statics_result &result) {
    Ledger ledger;
    double total = 0.0;
    result = blank_result();
    {
        const Stopwatch watch(total);
        const bool planar = planar_applies(crystal, settings);
        if (planar) snap_to_planes(crystal);
        result.path = planar ? NH_PATH_PLANAR : NH_PATH_GENERAL;
        result.solver = settings.solver;
        eam::Evaluator evaluator(crystal.potential, crystal.atoms(), planar);
        evaluator.evaluate(crystal.x, crystal.h);
        require_finite(evaluator);
        describe_islands(crystal, components(evaluator, crystal.x, crystal.h), result);
        record_state(crystal, evaluator, 1, result);
        const auto model = model_of(crystal, planar ? eam::Block::in_plane : eam::Block::full, settings);
        model->prepare(evaluator, crystal.x, crystal.h, ledger);
        const auto measured = measure_both(crystal, evaluator, *model, true, settings, ledger);
        const Mat3 axes = turn_to_restricted_frame(crystal);
        record_tensor(measured, crystal, axes, result);
        box_numbers(crystal.h, result.box);
        ledger.evaluations = evaluator.evaluations();
        ledger.forces = evaluator.seconds();
    }
    record_ledger(ledger, total, result);
}

}  // namespace nanohooke::statics
