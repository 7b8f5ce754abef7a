// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "iterative/krylov.h"
#include "iterative/springs.h"
#include "iterative/stacked_springs.h"
#include "statics/newton_model.h"

namespace nanohooke::statics {

/**
 * Second derivatives as products alone: solutions by conjugate gradients in the metric of a network of springs, which
 * is factorised once; whether they are positive definite by Lanczos' method. A few kB an atom, whatever their number.
 */
class IterativeModel : public NewtonModel {
public:
    IterativeModel(eam::Block block, const Tuning &tuning) : NewtonModel(block, tuning) {}
    /** Of three stacked cells, with springs of the one. */
    IterativeModel(std::unique_ptr<iterative::StackedSprings> springs, const Tuning &tuning)
        : NewtonModel(eam::Block::full, tuning), stacked_(std::move(springs)) {}

    void prepare(const eam::Evaluator &evaluator, const std::vector<double> &x, const Mat3 &h, Ledger &ledger) override;
    double operations() const override;
    Definiteness definiteness() const override { return known_; }
    void release() override;
    std::unique_ptr<NewtonModel> of(eam::Block block) const override;
    Definiteness at_wave_number(const eam::Evaluator &evaluator, const std::vector<double> &x, const Mat3 &h,
                                double wave_number, Ledger &ledger) const override;

protected:
    void form(const eam::Evaluator &evaluator, const std::vector<double> &x, const Mat3 &h, Ledger &ledger) override;
    void shift_diagonal(int atom, double shift) override { hessian_->shift(atom, shift); }
    void discard() override { hessian_.reset(); }
    bool decide(Verdict verdict, Ledger &ledger) override;
    void solve_displacements(double *v, int count, Ledger &ledger) const override;

private:
    iterative::Preconditioner &springs() const {
        return stacked_ ? static_cast<iterative::Preconditioner &>(*stacked_) : *springs_;
    }

    std::unique_ptr<iterative::StackedSprings> stacked_;
    std::shared_ptr<const iterative::SpringNetwork> network_;
    std::unique_ptr<iterative::SpringFactor> springs_;
    std::unique_ptr<iterative::BlockOperator> hessian_;
    Definiteness known_;
};

}  // namespace nanohooke::statics
