// SPDX-License-Identifier: Apache-2.0
#include "large/descent.h"

#include <algorithm>
#include <cmath>

#include "common/error.h"
#include "common/wall_clock.h"

namespace nanohooke::large {

namespace {

constexpr int kGrain = 16384;
constexpr std::size_t kMemory = 12;
// Rounding of an energy, as a share of it: no step is refused for less.
constexpr double kRounding = 1e-11;
// A balance of forces below this (eV/Angstrom) is one, whatever the reaction.
constexpr double kNoForce = 1e-6;
// Shortening of steps that lead up, and how often at most.
constexpr double kShorter = 0.4;
constexpr int kTries = 8;

}  // namespace

Descent::Descent(Forces &forces, Metric &metric, Workers &workers)
    : forces_(forces),
      metric_(metric),
      workers_(workers),
      held_(static_cast<std::size_t>(forces.parts()) * forces.count(), 0),
      group_(forces.count(), 0) {}

void Descent::hold(const std::vector<char> &held) {
    memory_.clear();
    scale_ = 0.0;
    metric_.hold(held);
    held_ = held;
}

/** body(begin, end) over slices of the freedoms, summed in one order. */
template <class Body>
double Descent::sum(const Body &body) {
    const int n = static_cast<int>(held_.size());
    sums_.assign((n + kGrain - 1) / kGrain, 0.0);
    workers_.run_slices(n, kGrain, [&](int begin, int end, int) { sums_[begin / kGrain] = body(begin, end); });
    double all = 0.0;
    for (double s : sums_) all += s;
    return all;
}

double Descent::dot(const std::vector<double> &a, const std::vector<double> &b) {
    return sum([&](int begin, int end) {
        double s = 0.0;
        for (int q = begin; q < end; ++q) s += a[q] * b[q];
        return s;
    });
}

void Descent::evaluate(const std::vector<double> &x) {
    const WallClock clock(seconds_forces_);
    forces_.evaluate(x);
}

void Descent::precondition(std::vector<double> &v) {
    const WallClock clock(seconds_solve_);
    metric_.solve(v);
}

void Descent::take_forces(std::vector<double> &f) {
    const auto &all = forces_.forces();
    f.resize(all.size());
    sum([&](int begin, int end) {
        for (int q = begin; q < end; ++q) f[q] = held_[q] ? 0.0 : all[q];
        return 0.0;
    });
}

/** step_ := corrected P^-1 times the force. */
void Descent::direction() {
    step_ = force_;
    std::vector<double> along(memory_.size());
    const int count = static_cast<int>(memory_.size());
    // Each sweep takes off one pair and measures the next one.
    double next = count > 0 ? dot(memory_.back().s, step_) : 0.0;
    for (int k = count - 1; k >= 0; --k) {
        along[k] = next / memory_[k].curvature;
        const auto &y = memory_[k].y;
        const auto *s = k > 0 ? memory_[k - 1].s.data() : nullptr;
        next = sum([&](int begin, int end) {
            double t = 0.0;
            for (int q = begin; q < end; ++q) step_[q] -= along[k] * y[q];
            if (s)
                for (int q = begin; q < end; ++q) t += s[q] * step_[q];
            return t;
        });
    }
    precondition(step_);
    const double scale = scale_ > 0.0 ? scale_ : 1.0;
    next = count > 0 ? scale * dot(memory_.front().y, step_) : 0.0;
    if (count == 0) {
        sum([&](int begin, int end) {
            for (int q = begin; q < end; ++q) step_[q] *= scale;
            return 0.0;
        });
    }
    for (int k = 0; k < count; ++k) {
        const double factor = along[k] - next / memory_[k].curvature, own = k == 0 ? scale : 1.0;
        const auto &s = memory_[k].s;
        const auto *y = k + 1 < count ? memory_[k + 1].y.data() : nullptr;
        next = sum([&](int begin, int end) {
            double t = 0.0;
            for (int q = begin; q < end; ++q) step_[q] = own * step_[q] + factor * s[q];
            if (y)
                for (int q = begin; q < end; ++q) t += y[q] * step_[q];
            return t;
        });
    }
}

/** Keeps share * step_ and what it did to the forces, where the curvature is positive. */
void Descent::remember(double share) {
    Pair pair;
    if (memory_.size() == kMemory) {
        pair = std::move(memory_.front());
        memory_.erase(memory_.begin());
    }
    pair.s.resize(step_.size());
    pair.y.resize(step_.size());
    pair.curvature = sum([&](int begin, int end) {
        double t = 0.0;
        for (int q = begin; q < end; ++q) {
            pair.s[q] = share * step_[q];
            pair.y[q] = force_[q] - next_force_[q];
            t += pair.s[q] * pair.y[q];
        }
        return t;
    });
    if (!(pair.curvature > 0.0)) return;
    if (scale_ == 0.0) {
        std::vector<double> solved = pair.y;
        precondition(solved);
        scale_ = pair.curvature / dot(pair.y, solved);
    }
    memory_.push_back(std::move(pair));
}

DescentResult Descent::run(std::vector<double> &x, const DescentOptions &options, const Observer &observer) {
    DescentResult result;
    evaluate(x);
    ++result.evaluations;
    double energy = forces_.energy();
    take_forces(force_);
    std::vector<double> next_x(x.size());
    for (;;) {
        direction();
        double slope = dot(force_, step_);
        if (!(slope > 0.0)) {
            // A memory that points uphill is of no use any more.
            memory_.clear();
            direction();
            slope = dot(force_, step_);
        }
        const auto &all = forces_.forces();
        double out_of_balance = 0.0, reaction = 0.0;
        for (int i = 0; i < forces_.count(); ++i) {
            const std::size_t q = static_cast<std::size_t>(i) * forces_.parts();
            const double along = all[q] * options.axis[0] + all[q + 1] * options.axis[1];
            if (!held_[q] || !held_[q + 1])
                out_of_balance += along;
            else if (group_[i])
                reaction += along;
        }
        result.residual = std::sqrt(std::max(0.0, slope));
        result.imbalance = std::fabs(out_of_balance);
        const bool balanced = result.imbalance <= options.balance * std::fabs(reaction) + kNoForce;
        if (observer && !observer(result.iterations, result.residual, result.imbalance)) {
            result.cancelled = true;
            break;
        }
        if (result.residual <= options.residual && balanced) {
            result.converged = true;
            break;
        }
        if (result.iterations >= options.most_iterations) break;
        // Long waves may go far: what counts is how far neighbours go apart.
        const double longest = metric_.longest_stretch(step_);
        double share = longest > options.longest ? options.longest / longest : 1.0;
        bool lower = false;
        for (int attempt = 0; attempt < kTries && !lower; ++attempt) {
            sum([&](int begin, int end) {
                for (int q = begin; q < end; ++q) next_x[q] = x[q] + share * step_[q];
                return 0.0;
            });
            evaluate(next_x);
            ++result.evaluations;
            lower = forces_.energy() <= energy + kRounding * std::fabs(energy);
            if (!lower) share *= kShorter;
        }
        if (!lower) {
            evaluate(x);
            ++result.evaluations;
            if (memory_.empty()) break;
            memory_.clear();
            ++result.iterations;
            continue;
        }
        take_forces(next_force_);
        remember(share);
        x.swap(next_x);
        force_.swap(next_force_);
        energy = forces_.energy();
        ++result.iterations;
    }
    result.energy = forces_.energy();
    result.largest = 0.0;
    for (double f : force_) result.largest = std::max(result.largest, std::fabs(f));
    return result;
}

}  // namespace nanohooke::large
