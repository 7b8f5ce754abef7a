// SPDX-License-Identifier: Apache-2.0
#include "statics/iterative_model.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "common/stopwatch.h"

namespace nanohooke::statics {

namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

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
    return hessian_ ? tuning_.try_in_steps * tuning_.operations_per_pair * static_cast<double>(hessian_->pairs()) : 0.0;
}

void IterativeModel::release() {
    hessian_.reset();
    springs_.reset();
}

std::unique_ptr<NewtonModel> IterativeModel::of(eam::Block block) const {
    auto other = std::make_unique<IterativeModel>(block, tuning_);
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
    using Springs = iterative::SpringFactor;
    springs_ = std::make_unique<Springs>(network_, block_, 0.0, pinned_,
                                         block_ == eam::Block::full ? Springs::kMostEntries : Springs::kAny);
}

bool IterativeModel::decide(Verdict verdict, Ledger &ledger) {
    const Stopwatch watch(ledger.solve);
    const auto s = iterative::spectrum(
        *hessian_, springs(), verdict == Verdict::quick ? tuning_.quick_chance : tuning_.chance, tuning_.most_lanczos);
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
    const auto s = iterative::spectrum(hessian, *springs, tuning_.chance, tuning_.most_lanczos);
    ledger.products += s.steps;
    return found(s);
}

void IterativeModel::solve_displacements(double *v, int count, Ledger &ledger) const {
    const Stopwatch watch(ledger.solve);
    const std::size_t length = displacements();
    std::vector<double> b(length), x;
    for (int k = 0; k < count; ++k) {
        b.assign(v + k * length, v + (k + 1) * length);
        const auto done = iterative::solve(*hessian_, springs(), b, x, tuning_.residual, tuning_.most_iterations);
        ledger.products += done.iterations;
        ledger.linear_residual = std::max(ledger.linear_residual, done.residual);
        std::copy(x.begin(), x.end(), v + k * length);
    }
}

}  // namespace nanohooke::statics
