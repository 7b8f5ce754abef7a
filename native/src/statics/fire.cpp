// SPDX-License-Identifier: Apache-2.0
#include "statics/fire.h"

#include <algorithm>
#include <cmath>

namespace nanohooke::statics {

namespace {

// 1 eV / (g/mol Angstrom) in Angstrom/ps^2: the constant of LAMMPS' metal units.
constexpr double kForceToAcceleration = 1.0 / 1.0364269e-4;

double dot(const std::vector<double> &a, const std::vector<double> &b) {
    double sum = 0.0;
    for (std::size_t k = 0; k < a.size(); ++k) sum += a[k] * b[k];
    return sum;
}

}  // namespace

Fire::Fire(const FireSettings &settings, Crystal &crystal, eam::Evaluator &evaluator)
    : settings_(settings),
      crystal_(crystal),
      evaluator_(evaluator),
      velocity_(crystal.x.size(), 0.0),
      acceleration_(kForceToAcceleration / crystal.potential->mass()),
      timestep_(settings.timestep),
      mixing_(settings.mixing) {}

/** Turned uphill: half a step back, then a start from rest with a shorter step. */
void Fire::restart() {
    last_restart_ = steps_;
    if (steps_ >= settings_.delay) {
        mixing_ = settings_.mixing;
        if (timestep_ * settings_.shrink >= settings_.least_timestep * settings_.timestep)
            timestep_ *= settings_.shrink;
    }
    if (steps_ > 1) {
        for (std::size_t k = 0; k < velocity_.size(); ++k) crystal_.x[k] -= 0.5 * timestep_ * velocity_[k];
        evaluator_.evaluate(crystal_.x, crystal_.h);
    }
    std::fill(velocity_.begin(), velocity_.end(), 0.0);
}

void Fire::step() {
    ++steps_;
    const double power = dot(velocity_, evaluator_.forces());
    const bool downhill = power > 0.0;
    double keep = 1.0, towards = 0.0;
    if (downhill) {
        const double speed = dot(velocity_, velocity_);
        const double force = dot(evaluator_.forces(), evaluator_.forces());
        keep = 1.0 - mixing_;
        towards = force > 1e-20 ? mixing_ * std::sqrt(speed / force) : 0.0;
        if (steps_ - last_restart_ > settings_.delay) {
            timestep_ = std::min(timestep_ * settings_.grow, settings_.largest_timestep * settings_.timestep);
            mixing_ *= settings_.mixing_shrink;
        }
    } else {
        restart();
    }

    const auto &force = evaluator_.forces();
    // No atom may go too far in one step; from rest, the speed is what the forces give within the step.
    double fastest = 0.0;
    for (std::size_t k = 0; k < velocity_.size(); ++k)
        fastest = std::max(fastest, std::fabs(downhill ? velocity_[k] : timestep_ * acceleration_ * force[k]));
    const double dt = timestep_ * fastest > settings_.largest_move ? settings_.largest_move / fastest : timestep_;
    for (std::size_t k = 0; k < velocity_.size(); ++k) {
        velocity_[k] += dt * acceleration_ * force[k];
        if (downhill) velocity_[k] = keep * velocity_[k] + towards * force[k];
        crystal_.x[k] += dt * velocity_[k];
    }
    evaluator_.evaluate(crystal_.x, crystal_.h);
}

double largest_force(const eam::Evaluator &evaluator) {
    double most = 0.0;
    for (double f : evaluator.forces()) most = std::max(most, std::fabs(f));
    return most;
}

double largest_stress(const eam::Evaluator &evaluator, const Crystal &crystal) {
    return max_abs(evaluator.virial()) / crystal.volume() * kGigapascal;
}

}  // namespace nanohooke::statics
