// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "sparse/cholesky.h"
#include "statics/newton_model.h"

namespace nanohooke::statics {

/** Second derivatives by their sparse factor: exact, and the fastest as long as memory lasts. */
class FactorisedModel : public NewtonModel {
public:
    FactorisedModel(eam::Block block, const Tuning &tuning, std::shared_ptr<sparse::Storage> storage)
        : NewtonModel(block, tuning), storage_(std::move(storage)), factor_(storage_) {}

    void prepare(const eam::Evaluator &evaluator, const std::vector<double> &x, const Mat3 &h, Ledger &ledger) override;
    double operations() const override { return factor_.symbolic().operations(node_size_); }
    Definiteness definiteness() const override;
    std::unique_ptr<NewtonModel> of(eam::Block block) const override;
    Definiteness at_wave_number(const eam::Evaluator &evaluator, const std::vector<double> &x, const Mat3 &h,
                                double wave_number, Ledger &ledger) const override;

protected:
    void form(const eam::Evaluator &evaluator, const std::vector<double> &x, const Mat3 &h, Ledger &ledger) override;
    void shift_diagonal(int atom, double shift) override;
    bool decide(Verdict verdict, Ledger &ledger) override;
    void solve_displacements(double *v, int count, Ledger &ledger) const override;

private:
    std::shared_ptr<sparse::Storage> storage_;
    std::vector<int> rank_;
    sparse::BlockMatrix matrix_;  // empty where it is factorised
    int node_size_ = 0;           // numbers a node has in the factor
    bool explained_ = false;      // the last decision tells a pivot
    sparse::Cholesky factor_;
};

}  // namespace nanohooke::statics
