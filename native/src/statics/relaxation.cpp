// SPDX-License-Identifier: Apache-2.0
#include "statics/relaxation.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "common/error.h"
#include "statics/memory.h"

namespace nanohooke::statics {

namespace {

constexpr int kMemory = 20;
// FIRE goes on to this share of the force it had when Newton was refused.
constexpr double kTighten = 0.3;
// Below this force (eV/Angstrom) a Hessian that is not positive definite means a saddle.
constexpr double kSaddleForce = 1e-4;
constexpr int kMostSaddles = 3;
// Steps of the gentle phase between two reports.
constexpr int kReportEvery = 25;
// Decrease that a line search asks for, of the one that the slope promises.
constexpr double kArmijo = 1e-4;
// Rounding of the energy, relative.
constexpr double kEnergyNoise = 2e-11;
constexpr int kMostHalvings = 12;
// Predicted decreases below this (eV) are too small to judge the model by.
constexpr double kJudgeable = 1e-6;

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

double diagonal_shift(bool planar, const nh_statics_options &options) {
    return planar ? 0.0 : options.diagonal_shift;
}

Relaxation::Relaxation(Crystal &crystal, bool planar, const nh_statics_options &options, const Observer &observer,
                       int stage, Ledger &ledger)
    : crystal_(crystal), planar_(planar), options_(options), observer_(observer), stage_(stage), ledger_(ledger),
      evaluator_(crystal.potential, crystal.atoms(), planar), model_(planar ? eam::Block::in_plane : eam::Block::full) {
}

bool Relaxation::converged() const {
    return largest_force(evaluator_) <= options_.force_tolerance &&
           largest_stress(evaluator_, crystal_) <= options_.stress_tolerance;
}

bool Relaxation::build_model() {
    return model_.build(evaluator_, crystal_.x, crystal_.h, rank_, diagonal_shift(planar_, options_), ledger_);
}

void Relaxation::gentle(double target_force) {
    if (!fire_) {
        FireSettings settings;
        settings.timestep = options_.fire_timestep;
        fire_.emplace(settings, crystal_, evaluator_);
    }
    double force = largest_force(evaluator_);
    while (force > target_force && fire_steps_ < options_.fire_max_steps) {
        fire_->step();
        force = largest_force(evaluator_);
        if (++fire_steps_ % kReportEvery == 0)
            observer_.report(stage_, fire_steps_, force, largest_stress(evaluator_, crystal_));
    }
}

/** Would a Newton step at the fixed box stay near? */
bool Relaxation::newton_step_is_short() {
    std::vector<double> v(model_.size(), 0.0);
    const auto g = Motion(crystal_, model_.space()).gradient(v, evaluator_);
    v = g;
    model_.solve(v, true, ledger_);
    return largest(v, 0, model_.displacements()) <= options_.trust_displacement;
}

Descent Relaxation::run() {
    evaluate();
    rank_ = fill_reducing_rank(evaluator_, crystal_.x, crystal_.h, ledger_);
    double target = options_.fire_handover_force;
    Descent outcome = Descent::stopped;
    for (;;) {
        gentle(target);
        const double force = largest_force(evaluator_);
        const bool gentle_left = fire_steps_ < options_.fire_max_steps && force > kSaddleForce;
        target = kTighten * std::min(force, target);
        if (!build_model()) {
            if (gentle_left) continue;
            if (saddles_ == kMostSaddles || fire_steps_ >= options_.fire_max_steps) {
                outcome = Descent::saddle;
                break;
            }
            // Symmetry can hold a descent on a saddle; a small seeded push lets it off.
            ++saddles_;
            displace(crystal_, options_.perturbation, planar_ ? 2 : 3, options_.seed + saddles_);
            evaluate();
            fire_.reset();
            target = options_.fire_handover_force;
            continue;
        }
        if (gentle_left && !newton_step_is_short()) continue;
        const Crystal before = crystal_;
        const Newton newton = quasi_newton();
        if (newton == Newton::untrusted && gentle_left) {
            crystal_ = before;
            evaluate();
            continue;
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

Relaxation::Newton Relaxation::quasi_newton() {
    StepMemory memory(kMemory);
    Motion motion(crystal_, model_.space());
    std::vector<double> at(model_.size(), 0.0);
    auto gradient = motion.gradient(at, evaluator_);
    int age = 0;  // iterations since the model was built
    bool judge = true;
    for (;; ++iterations_) {
        observer_.report(stage_ + 1, iterations_, largest_force(evaluator_), largest_stress(evaluator_, crystal_));
        if (converged()) return Newton::converged;
        if (iterations_ >= options_.max_iterations) return Newton::stopped;
        if (age >= options_.refactor_interval) {
            // A matrix that has stopped being definite on the way keeps its predecessor.
            NewtonModel next = model_;
            if (next.build(evaluator_, crystal_.x, crystal_.h, rank_, diagonal_shift(planar_, options_), ledger_))
                model_ = std::move(next);
            motion = Motion(crystal_, model_.space());
            at.assign(model_.size(), 0.0);
            gradient = motion.gradient(at, evaluator_);
            memory.clear();
            age = 0;
            judge = true;
        }
        ++age;

        auto step = gradient;
        memory.apply(step, [&](std::vector<double> &v) { model_.solve(v, false, ledger_); });
        for (double &v : step) v = -v;
        const double slope = StepMemory::dot(gradient, step);
        if (!(slope < 0.0)) {
            if (memory.empty()) return Newton::stopped;
            memory.clear();
            continue;
        }
        const std::size_t n = model_.displacements();
        double length = 1.0;
        length = std::min(length, options_.max_step / std::max(largest(step, 0, n), 1e-300));
        length = std::min(length, options_.max_strain_step / std::max(largest(step, n, step.size()), 1e-300));

        const double energy = evaluator_.energy();
        const double noise = kEnergyNoise * std::fabs(energy);
        auto next = at;
        bool lower = false;
        for (int k = 0; k < kMostHalvings && !lower; ++k) {
            next = at;
            StepMemory::add_scaled(next, length, step);
            motion.place(next, crystal_);
            evaluate();
            if (k == 0 && judge) {
                const double predicted = -slope * length * (1.0 - 0.5 * length);
                const double actual = energy - evaluator_.energy();
                if (predicted > kJudgeable && std::fabs(1.0 - actual / predicted) > options_.trust_ratio)
                    return Newton::untrusted;
                judge = false;
            }
            lower = evaluator_.energy() <= energy + kArmijo * length * slope + noise;
            if (!lower) length *= 0.4;
        }
        if (!lower) {
            motion.place(at, crystal_);
            evaluate();
            if (!memory.empty()) {
                memory.clear();
            } else if (age > 1) {
                age = std::numeric_limits<int>::max() / 2;
            } else {
                return Newton::stopped;
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
