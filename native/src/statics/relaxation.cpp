// SPDX-License-Identifier: Apache-2.0
#include "statics/relaxation.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "common/error.h"
#include "statics/factorised_model.h"
#include "statics/iterative_model.h"
#include "statics/memory.h"

namespace nanohooke::statics {

namespace {

// Steps of the gentle phase between two reports.
constexpr int kReportEvery = 25;
// Age of a model that is to be renewed at the next iteration.
constexpr int kRenew = std::numeric_limits<int>::max() / 2;

double largest(const std::vector<double> &v, std::size_t from, std::size_t to) {
    double most = 0.0;
    for (std::size_t k = from; k < to; ++k) most = std::max(most, std::fabs(v[k]));
    return most;
}

}  // namespace

void Observer::report(int stage, int iteration, double max_force, double max_stress) const {
    if (call_ != nullptr && call_(user_, stage, iteration, max_force, max_stress) != 0)
        throw Error(NH_CANCELLED, "cancelled by the caller");
}

double diagonal_shift(bool planar, const Settings &settings) { return planar ? 0.0 : settings.diagonal_shift; }

std::unique_ptr<NewtonModel> model_of(const Crystal &crystal, eam::Block block, const Settings &settings) {
    if (settings.solver == NH_SOLVER_ITERATIVE) return std::make_unique<IterativeModel>(block, settings.tuning);
    return std::make_unique<FactorisedModel>(block, settings.tuning, crystal.storage);
}

Relaxation::Relaxation(Crystal &crystal, bool planar, const Settings &settings, const Observer &observer, int stage,
                       double saddle_operations, std::unique_ptr<NewtonModel> model, Ledger &ledger)
    : crystal_(crystal),
      planar_(planar),
      settings_(settings),
      observer_(observer),
      stage_(stage),
      saddle_operations_(saddle_operations),
      ledger_(ledger),
      evaluator_(crystal.potential, crystal.atoms(), planar),
      model_(std::move(model)) {}

/** Largest force or stress in units of its tolerance. */
double Relaxation::distance_to_tolerance() const {
    return std::max(largest_force(evaluator_) / settings_.force_tolerance,
                    largest_stress(evaluator_, crystal_) / settings_.stress_tolerance);
}

bool Relaxation::build_model(NewtonModel::Verdict verdict) {
    return model_->build(evaluator_, crystal_.x, crystal_.h, diagonal_shift(planar_, settings_), verdict, ledger_);
}

/** Runs FIRE up to a step count at least, and until the forces are small enough for a try with the Hessian. */
void Relaxation::gentle(int until) {
    if (!fire_) {
        FireSettings fire = settings_.tuning.fire;
        fire.timestep = settings_.fire_timestep;
        fire_.emplace(fire, crystal_, evaluator_);
    }
    double force = largest_force(evaluator_);
    while (fire_steps_ < settings_.fire_max_steps && force > 0.5 * settings_.tuning.saddle_force &&
           (fire_steps_ < until || force > settings_.fire_handover_force)) {
        fire_->step();
        force = largest_force(evaluator_);
        if (++fire_steps_ % kReportEvery == 0)
            observer_.report(stage_, fire_steps_, force, largest_stress(evaluator_, crystal_));
    }
}

/**
 * FIRE steps that cost as much as one factorisation: trying the Hessian that often wastes at most half of the time.
 * From operation counts, not from clocks, so that a result does not depend on the machine's mood.
 */
int Relaxation::steps_per_attempt(double operations) const {
    const double pairs = evaluator_.first_active().back();
    const double ratio = operations / (pairs * settings_.tuning.operations_per_pair);
    return std::max(settings_.tuning.least_steps, std::min(settings_.tuning.most_steps, static_cast<int>(ratio)));
}

/** The step at which the Hessian is tried again, now that it has been. */
int Relaxation::next_attempt() const {
    const int share = static_cast<int>(settings_.tuning.share_of_steps * (fire_steps_ - descent_began_));
    return fire_steps_ + std::max(steps_per_attempt(model_->operations()), share);
}

void Relaxation::restart_descent() {
    fire_.reset();
    descent_began_ = fire_steps_;
}

/**
 * Takes the Newton step at the fixed box if the energy does what the model predicts; else leaves the crystal where it
 * was. A step that goes far or misses its prediction would leave the basin that gentle descent is in.
 */
bool Relaxation::trusted_step() {
    const Motion motion(crystal_, model_->space());
    std::vector<double> zero(model_->size(), 0.0);
    const auto gradient = motion.gradient(zero, evaluator_);
    auto step = gradient;
    model_->solve(step, true, ledger_);
    for (double &v : step) v = -v;
    if (largest(step, 0, model_->displacements()) > settings_.trust_displacement) return false;
    double predicted = 0.0;
    for (int k = 0; k < model_->displacements(); ++k) predicted -= 0.5 * gradient[k] * step[k];
    const Crystal before = crystal_;
    const double energy = evaluator_.energy();
    motion.place(step, crystal_);
    evaluate();
    const double actual = energy - evaluator_.energy();
    if (predicted < settings_.tuning.judgeable || std::fabs(1.0 - actual / predicted) <= settings_.trust_ratio)
        return true;
    crystal_ = before;
    evaluate();
    return false;
}

Descent Relaxation::run() {
    evaluate();
    model_->prepare(evaluator_, crystal_.x, crystal_.h, ledger_);
    Descent outcome = Descent::stopped;
    int until = saddle_operations_ > 0.0 ? steps_per_attempt(saddle_operations_) : 0;
    for (;;) {
        gentle(until);
        const double force = largest_force(evaluator_);
        const bool gentle_left = fire_steps_ < settings_.fire_max_steps && force > settings_.tuning.saddle_force;
        // A wrong no costs some more gentle steps only.
        if (!build_model(gentle_left ? NewtonModel::Verdict::quick : NewtonModel::Verdict::exact)) {
            until = next_attempt();
            if (gentle_left) continue;
            if (largest_force(evaluator_) > settings_.tuning.saddle_force) {
                stopped(NH_STOP_ITERATIONS);
                break;
            }
            if (saddles_ == settings_.tuning.most_saddles || fire_steps_ >= settings_.fire_max_steps) {
                outcome = Descent::saddle;
                break;
            }
            // Symmetry can hold a descent on a saddle; a small seeded push lets it off.
            ++saddles_;
            displace(crystal_, settings_.perturbation, planar_ ? 2 : 3, settings_.seed + saddles_);
            evaluate();
            restart_descent();
            continue;
        }
        until = next_attempt();
        if (gentle_left && !trusted_step()) continue;
        const Newton newton = quasi_newton();
        if (newton == Newton::indefinite) {
            if (fire_steps_ < settings_.fire_max_steps) {
                restart_descent();
                continue;
            }
            stop_ = NH_STOP_ITERATIONS;
        }
        outcome = newton == Newton::converged ? Descent::converged : Descent::stopped;
        break;
    }
    ledger_.fire_steps += fire_steps_;
    ledger_.iterations += iterations_;
    ledger_.evaluations += evaluator_.evaluations();
    ledger_.forces += evaluator_.seconds();
    return outcome;
}

Relaxation::Newton Relaxation::stopped(int reason) {
    stop_ = reason;
    return Newton::stopped;
}

Relaxation::Newton Relaxation::quasi_newton() {
    StepMemory memory(settings_.tuning.memory);
    Motion motion(crystal_, model_->space());
    std::vector<double> at(model_->size(), 0.0);
    auto gradient = motion.gradient(at, evaluator_);
    int age = 0;  // iterations since the model was built
    double least = distance_to_tolerance();
    int idle = 0;  // iterations since it fell markedly
    for (;; ++iterations_) {
        observer_.report(stage_ + 1, iterations_, largest_force(evaluator_), largest_stress(evaluator_, crystal_));
        if (distance_to_tolerance() <= 1.0) return Newton::converged;
        if (iterations_ >= settings_.max_iterations) return stopped(NH_STOP_ITERATIONS);
        if (age >= settings_.refactor_interval) {
            if (!build_model(NewtonModel::Verdict::exact)) return Newton::indefinite;
            motion = Motion(crystal_, model_->space());
            at.assign(model_->size(), 0.0);
            gradient = motion.gradient(at, evaluator_);
            memory.clear();
            age = 0;
        }
        ++age;
        if (distance_to_tolerance() < settings_.tuning.markedly * least) {
            least = distance_to_tolerance();
            idle = 0;
        } else if (++idle >= settings_.tuning.patience) {
            // For instance a piece that was held as an island and has come within reach of the solid since.
            age = kRenew;
            idle = 0;
        }

        auto step = gradient;
        memory.apply(step, [&](std::vector<double> &v) { model_->solve(v, false, ledger_); });
        for (double &v : step) v = -v;
        const double slope = StepMemory::dot(gradient, step);
        if (!(slope < 0.0)) {
            if (memory.empty()) return stopped(NH_STOP_NO_DESCENT);
            memory.clear();
            continue;
        }
        const std::size_t n = model_->displacements();
        double length = 1.0;
        length = std::min(length, settings_.max_step / std::max(largest(step, 0, n), 1e-300));
        length = std::min(length, settings_.max_strain_step / std::max(largest(step, n, step.size()), 1e-300));

        const double energy = evaluator_.energy();
        const double noise = settings_.tuning.energy_noise * std::fabs(energy);
        auto next = at;
        // The pure Newton step has to keep what the model promises, or it is cut and the model renewed: so the cell
        // follows its way in steps that stay in one basin.
        const bool judge = memory.empty();
        bool lower = false, cut = false;
        for (int k = 0; k < settings_.tuning.most_cuts && !lower; ++k) {
            next = at;
            StepMemory::add_scaled(next, length, step);
            motion.place(next, crystal_);
            evaluate();
            const double actual = energy - evaluator_.energy();
            const double predicted = -slope * length * (1.0 - 0.5 * length);
            const bool kept = !judge || predicted < settings_.tuning.judgeable ||
                              std::fabs(1.0 - actual / predicted) <= settings_.trust_ratio;
            lower = kept && actual >= -settings_.tuning.armijo * length * slope - noise;
            if (!lower) {
                cut = cut || !kept;
                length *= settings_.tuning.shorter;
            }
        }
        if (cut) age = kRenew;
        if (!lower) {
            motion.place(at, crystal_);
            evaluate();
            if (!memory.empty()) {
                memory.clear();
            } else if (age > 1) {
                age = kRenew;
            } else {
                return stopped(NH_STOP_NO_DESCENT);
            }
            continue;
        }
        auto next_gradient = motion.gradient(next, evaluator_);
        std::vector<double> moved(next), change(next_gradient);
        StepMemory::add_scaled(moved, -1.0, at);
        StepMemory::add_scaled(change, -1.0, gradient);
        memory.add(std::move(moved), std::move(change));
        at = std::move(next);
        gradient = std::move(next_gradient);
    }
}

}  // namespace nanohooke::statics
