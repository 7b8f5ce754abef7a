// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <limits>

#include "common/stopwatch.h"
#include "statics/calculation.h"

namespace nanohooke::statics {

namespace {

/** Factorises one block and copies its part of C = (B - L' H^-1 L) / V. */
bool add_block(const Crystal &crystal, const eam::Evaluator &evaluator, const std::vector<int> &rank,
               NewtonModel &model, int name, double shift, TensorOutcome &outcome, Ledger &ledger) {
    const bool definite = model.build(evaluator, crystal.x, crystal.h, rank, shift,
                                      NewtonModel::Verdict::exact, ledger);
    if (!definite || !(model.pivot() > outcome.smallest_pivot)) outcome.smallest_pivot = model.pivot();
    if (!definite) {
        outcome.failed_block = name;
        outcome.failed_atom = model.pivot_atom();
        return false;
    }
    const double factor = kGigapascal / crystal.volume();
    for (int k = 0; k < 36; ++k) outcome.tensor[k] += factor * model.stiffness()[k];
    return true;
}

}  // namespace

TensorOutcome measure_tensor(const Crystal &crystal, const eam::Evaluator &evaluator, const std::vector<int> &rank,
                             NewtonModel &model, const nh_statics_options &options, Ledger &ledger) {
    TensorOutcome outcome;
    outcome.smallest_pivot = std::numeric_limits<double>::infinity();
    outcome.tensor.fill(0.0);
    if (evaluator.planar()) {
        NewtonModel axial(eam::Block::axial, crystal.storage);
        if (add_block(crystal, evaluator, rank, model, NH_BLOCK_IN_PLANE, 0.0, outcome, ledger))
            add_block(crystal, evaluator, rank, axial, NH_BLOCK_AXIAL, 0.0, outcome, ledger);
    } else {
        add_block(crystal, evaluator, rank, model, NH_BLOCK_FULL, diagonal_shift(false, options), outcome, ledger);
    }
    return outcome;
}

Certificate certify(const Crystal &crystal, const eam::Evaluator &evaluator, const std::vector<int> &rank,
                    Ledger &ledger) {
    const double wave_number = 2.0 * std::acos(-1.0) / (3.0 * crystal.h[2][2]);
    sparse::BlockMatrix matrix;
    {
        const Stopwatch watch(ledger.assembly);
        matrix = eam::hessian(evaluator, eam::Block::bloch, rank, wave_number);
    }
    sparse::Cholesky factor(crystal.storage);
    ++ledger.factorisations;
    const bool definite = factor.factorise_exactly(matrix);
    ledger.ordering += factor.seconds_analysis();
    ledger.factorisation += factor.seconds_factorisation();
    Certificate result{definite, factor.pivots().smallest(), -1};
    for (int i = 0; i < crystal.atoms(); ++i)
        if (rank[i] == factor.pivots().at() / matrix.size) result.atom = i;
    return result;
}

}  // namespace nanohooke::statics
