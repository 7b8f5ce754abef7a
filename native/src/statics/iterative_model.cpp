// SPDX-License-Identifier: Apache-2.0
#include "statics/iterative_model.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "common/stopwatch.h"

namespace nanohooke::statics {

namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
// The chance of an overlooked instability that is good enough in between, and at the minimum; and the steps after which
// a chance is taken as it is.
constexpr double kQuickChance = 1e-2, kChance = 1e-9;
constexpr int kMostSteps = 600;
// Of a right-hand side that a solution may leave, and iterations after which it is taken as it is.
constexpr double kResidual = 1e-8;
constexpr int kMostIterations = 2000;
// Gentle steps that are worth one more try with the Hessian, in operations a pair.
constexpr double kOperationsPerPair = 60.0 * 300.0;

Definiteness found(const iterative::Spectrum &s) {
    return {s.smallest > 0.0, kUnknown, s.smallest, s.smallest > 0.0 ? s.chance : 0.0};
}

}  // namespace

void IterativeModel::prepare(const eam::Evaluator &evaluator, const std::vector<double> &x, const Mat3 &h,
                             Ledger &ledger) {
    if (stacked_) return;
    const Stopwatch watch(ledger.ordering);
    network_ = std::make_shared<const iterative::SpringNetwork>(evaluator, x, h);
}

double IterativeModel::operations() const {
    return hessian_ ? kOperationsPerPair * static_cast<double>(hessian_->pairs()) : 0.0;
}

void IterativeModel::release() {
    hessian_.reset();
    springs_.reset();
}

std::unique_ptr<NewtonModel> IterativeModel::of(eam::Block block) const {
    auto other = std::make_unique<IterativeModel>(block);
    other->network_ = network_;
    return other;
}

void IterativeModel::form(const eam::Evaluator &evaluator, const std::vector<double> &, const Mat3 &, Ledger &ledger) {
    {
        const Stopwatch watch(ledger.assembly);
        hessian_.reset();
        hessian_ = std::make_unique<iterative::BlockOperator>(evaluator, block_);
        hessian_->pin(pinned_);
    }
    if (stacked_) {
        stacked_->hold(pinned_);
        return;
    }
    if (springs_ && springs_->pinned() == pinned_) return;
    const Stopwatch watch(ledger.factorisation);
    ++ledger.factorisations;
    springs_.reset();
    springs_ = std::make_unique<iterative::SpringFactor>(network_, block_, 0.0, pinned_);
}

bool IterativeModel::decide(Verdict verdict, Ledger &ledger) {
    const Stopwatch watch(ledger.solve);
    const auto s =
        iterative::spectrum(*hessian_, springs(), verdict == Verdict::exact ? kChance : kQuickChance, kMostSteps);
    ledger.products += s.steps;
    known_ = found(s);
    return known_.definite;
}

Definiteness IterativeModel::at_wave_number(const eam::Evaluator &evaluator, const std::vector<double> &, const Mat3 &,
                                            double wave_number, Ledger &ledger) const {
    iterative::BlockOperator hessian(evaluator, eam::Block::bloch, wave_number);
    std::unique_ptr<iterative::SpringFactor> springs;
    {
        const Stopwatch watch(ledger.factorisation);
        ++ledger.factorisations;
        springs = std::make_unique<iterative::SpringFactor>(network_, eam::Block::bloch, wave_number,
                                                            std::vector<char>(hessian.freedoms(), 0));
    }
    const Stopwatch watch(ledger.solve);
    const auto s = iterative::spectrum(hessian, *springs, kChance, kMostSteps);
    ledger.products += s.steps;
    return found(s);
}

void IterativeModel::solve_displacements(double *v, int count, Ledger &ledger) const {
    const Stopwatch watch(ledger.solve);
    const std::size_t length = displacements();
    std::vector<double> b(length), x;
    for (int k = 0; k < count; ++k) {
        b.assign(v + k * length, v + (k + 1) * length);
        const auto done = iterative::solve(*hessian_, springs(), b, x, kResidual, kMostIterations);
        ledger.products += done.iterations;
        ledger.linear_residual = std::max(ledger.linear_residual, done.residual);
        std::copy(x.begin(), x.end(), v + k * length);
    }
}

}  // namespace nanohooke::statics
