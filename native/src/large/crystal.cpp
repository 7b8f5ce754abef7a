// SPDX-License-Identifier: Apache-2.0
#include "large/crystal.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <thread>

#include "common/error.h"
#include "common/wall_clock.h"

namespace nanohooke::large {

namespace {

// Atoms this far out of a mirror plane are still taken to lie on it (Angstrom).
constexpr double kPlaneTolerance = 1e-6;
// Springs reach this much further than the nearest neighbour: between the first and the second shell.
constexpr double kSpringReach = 1.2;
// Spring lengths of a period of cuts where the caller names none.
constexpr double kCutPeriod = 8.0;

int threads(int asked) {
    return asked > 0 ? asked : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

/** Calls body(i, j, squared distance, weight) for the pairs of atoms nearer than a reach. */
template <class Body>
void pairs(const std::vector<double> &x, const std::vector<char> &upper, const Plane &plane, double period,
           double reach, Workers &workers, const Body &body) {
    ColumnList list;
    list.build(x, upper, plane, reach, workers);
    for (std::size_t i = 0; i < upper.size(); ++i)
        for (int k = 0; k < list.count[i]; ++k) {
            const std::int32_t j = list.partner[list.row[i] + k];
            double dx = x[2 * j] - x[2 * i], dy = x[2 * j + 1] - x[2 * i + 1];
            plane.nearest(dx, dy);
            for (int half = upper[i] != upper[j]; 0.5 * half * period < reach; half += 2) {
                const double rise = 0.5 * half * period, square = dx * dx + dy * dy + rise * rise;
                if (square < reach * reach) body(static_cast<std::int32_t>(i), j, square, half == 0 ? 1.0 : 2.0);
            }
        }
}

}  // namespace

LargeCrystal::LargeCrystal(std::shared_ptr<const eam::Potential> potential, int n, const double *positions,
                           const nh_large_options &options)
    : workers_(threads(options.threads)) {
    const double period = options.period;
    require(std::isfinite(period) && period > 0.0, "the period along z must be positive");
    const Plane plane{options.plane[0], options.plane[1], options.plane[2]};
    const int periods = std::max(1, options.periods), all = n;
    require(n % periods == 0, "a stack of periods has as many atoms in each");
    n /= periods;
    for (int i = n; i < all; ++i)
        for (int a = 0; a < 3; ++a) {
            const double below = positions[3 * static_cast<std::size_t>(i % n) + a] + (a == 2 ? i / n * period : 0.0);
            require(std::fabs(positions[3 * static_cast<std::size_t>(i) + a] - below) < kPlaneTolerance,
                    "atom " + std::to_string(i) + " does not lie where its period repeats the first one");
        }
    std::vector<double> x(2 * static_cast<std::size_t>(n));
    std::vector<char> upper(n);
    for (int i = 0; i < n; ++i) {
        for (int a = 0; a < 3; ++a)
            if (!std::isfinite(positions[3 * i + a]))
                throw Error(NH_BAD_ARGUMENT, "atom " + std::to_string(i) + " has a place that is not finite");
        x[2 * i] = positions[3 * i];
        x[2 * i + 1] = positions[3 * i + 1];
        const double halves = (positions[3 * i + 2] - positions[2]) / (0.5 * period), whole = std::nearbyint(halves);
        if (!(std::fabs(halves - whole) * 0.5 * period < kPlaneTolerance))
            throw Error(NH_BAD_ARGUMENT,
                        "atom " + std::to_string(i) + " does not lie on one of the two mirror planes along z");
        upper[i] = std::fmod(std::fabs(whole), 2.0) > 0.5;
    }
    const double cutoff = potential->cutoff();
    order_ = strip_order(x, plane, cutoff);
    x_.resize(x.size());
    z_.resize(n);
    std::vector<char> sorted(n);
    for (int k = 0; k < n; ++k) {
        const std::int32_t i = order_[k];
        x_[2 * k] = x[2 * i];
        x_[2 * k + 1] = x[2 * i + 1];
        z_[k] = positions[3 * i + 2];
        sorted[k] = upper[i];
    }
    columns_ = std::make_unique<Columns>(potential, sorted, period, plane, workers_);
    columns_->evaluate(x_);
    forces_ = columns_.get();

    const WallClock clock(seconds_springs_);
    reach_ = options.spring_reach;
    if (!(reach_ > 0.0)) {
        double least = cutoff * cutoff;
        // Below half of the cutoff there is a neighbour in every metal; elsewhere all pairs are looked at.
        for (double within : {0.5 * cutoff, cutoff}) {
            pairs(x_, sorted, plane, period, within, workers_,
                  [&](std::int32_t, std::int32_t, double square, double) { least = std::min(least, square); });
            if (least < cutoff * cutoff) break;
        }
        reach_ = kSpringReach * std::sqrt(least);
    }
    stiffness_ =
        options.spring_stiffness > 0.0 ? options.spring_stiffness : mean_stiffness(x_, sorted, plane, period, reach_);
    sparse::GridCuts cuts{};
    for (int a = 0; a < 2; ++a) {
        cuts.origin[a] = options.cut_origin[a];
        cuts.period[a] = options.cut_period[a] > 0.0 ? options.cut_period[a] : kCutPeriod * reach_;
        cuts.around[a] = options.plane[a];
    }
    springs_ = std::make_unique<Springs>(x_, sorted, period, plane, reach_, stiffness_, cuts, workers_);
    if (periods == 1) {
        descent_ = std::make_unique<Descent>(*columns_, *springs_, workers_);
        return;
    }
    columns_.reset();
    parts_ = 3;
    std::vector<double> space(3 * static_cast<std::size_t>(all));
    order_.resize(all);
    for (int k = 0; k < all; ++k) {
        order_[k] = order_[k % n] + k / n * n;
        for (int a = 0; a < 2; ++a) space[3 * static_cast<std::size_t>(k) + a] = x_[2 * (k % n) + a];
        space[3 * static_cast<std::size_t>(k) + 2] = z_[k % n] + k / n * period;
    }
    x_ = std::move(space);
    z_ = {};
    stack_ = std::make_unique<Stack>(std::move(potential), x_, plane, periods * period);
    stack_springs_ = std::make_unique<StackSprings>(*springs_, periods);
    forces_ = stack_.get();
    descent_ = std::make_unique<Descent>(*stack_, *stack_springs_, workers_);
}

/** Of the second derivatives along the bonds, with the embedding as linear: positive for every metal at rest. */
double LargeCrystal::mean_stiffness(const std::vector<double> &x, const std::vector<char> &upper, const Plane &plane,
                                    double period, double reach) {
    double sum = 0.0, bonds = 0.0;
    const auto &slope = columns_->embedding_slopes();
    pairs(x, upper, plane, period, reach, workers_, [&](std::int32_t i, std::int32_t j, double square, double weight) {
        const auto pair = columns_->potential().pair(std::sqrt(square));
        sum += weight * std::max(0.0, pair.phi.second + (slope[i] + slope[j]) * pair.rho.second);
        bonds += weight;
    });
    return sum > 0.0 ? sum / bonds : 1.0;
}

void LargeCrystal::hold(const unsigned char *held) {
    const WallClock clock(seconds_springs_);
    const int n = count();
    std::vector<char> freedoms(x_.size()), group(n);
    for (int k = 0; k < n; ++k) {
        const unsigned char bits = held[order_[k]];
        char *own = &freedoms[static_cast<std::size_t>(k) * parts_];
        own[0] = bits & 1;
        own[1] = (bits >> 1) & 1;
        if (parts_ == 3) own[2] = own[0] && own[1];
        group[k] = (bits >> 2) & 1;
    }
    descent_->hold(freedoms);
    descent_->group(group);
}

void LargeCrystal::set_positions(const double *positions) {
    for (int k = 0; k < count(); ++k)
        for (int a = 0; a < parts_; ++a) {
            const double place = positions[3 * static_cast<std::size_t>(order_[k]) + a];
            if (!std::isfinite(place)) throw Error(NH_BAD_ARGUMENT, "a place is not finite");
            x_[static_cast<std::size_t>(k) * parts_ + a] = place;
        }
}

void LargeCrystal::get_positions(double *positions) const {
    for (int k = 0; k < count(); ++k) {
        double *to = positions + 3 * static_cast<std::size_t>(order_[k]);
        const double *from = &x_[static_cast<std::size_t>(k) * parts_];
        to[0] = from[0];
        to[1] = from[1];
        to[2] = parts_ == 3 ? from[2] : z_[k];
    }
}

void LargeCrystal::carry(const double *displacement) {
    std::vector<double> move(x_.size());
    for (int k = 0; k < count(); ++k)
        for (int a = 0; a < parts_; ++a)
            move[static_cast<std::size_t>(k) * parts_ + a] = displacement[3 * static_cast<std::size_t>(order_[k]) + a];
    (stack_springs_ ? static_cast<Metric &>(*stack_springs_) : *springs_).carry(move);
    for (std::size_t q = 0; q < x_.size(); ++q) x_[q] += move[q];
}

void LargeCrystal::evaluate() { forces_->evaluate(x_); }

void LargeCrystal::get_forces(double *forces) const {
    const auto &f = forces_->forces();
    for (int k = 0; k < count(); ++k) {
        double *to = forces + 3 * static_cast<std::size_t>(order_[k]);
        const double *from = &f[static_cast<std::size_t>(k) * parts_];
        to[0] = from[0];
        to[1] = from[1];
        to[2] = parts_ == 3 ? from[2] : 0.0;
    }
}

DescentResult LargeCrystal::relax(const DescentOptions &options, const Descent::Observer &observer) {
    return descent_->run(x_, options, observer);
}

nh_large_facts LargeCrystal::facts() const {
    nh_large_facts f{};
    f.threads = workers_.count();
    f.spring_reach = reach_;
    f.spring_stiffness = stiffness_;
    f.factor_entries = springs_->factor().factor_entries();
    f.kept_entries = springs_->factor().kept_entries();
    f.fronts = springs_->factor().fronts();
    f.kinds = springs_->factor().kinds();
    f.seconds_forces = descent_->seconds_forces();
    f.seconds_solve = descent_->seconds_solve();
    f.seconds_springs = seconds_springs_;
    f.evaluations = forces_->evaluations();
    return f;
}

}  // namespace nanohooke::large
