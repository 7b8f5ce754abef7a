// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>

#include "statics/calculation.h"

namespace nanohooke::statics {

namespace {

/** Builds one block's model and adds its part of C = (B - L' H^-1 L) / V. */
bool add_block(const Crystal &crystal, const eam::Evaluator &evaluator, NewtonModel &model, int name, double shift,
               NewtonModel::Verdict verdict, TensorOutcome &outcome, Ledger &ledger) {
    const bool definite = model.build(evaluator, crystal.x, crystal.h, shift, verdict, ledger);
    const Definiteness known = model.definiteness();
    if (!definite || !(known.pivot > outcome.smallest_pivot)) outcome.smallest_pivot = known.pivot;
    if (!definite || !(known.ritz > outcome.smallest_ritz)) outcome.smallest_ritz = known.ritz;
    outcome.chance = std::max(outcome.chance, known.chance);
    if (!definite) {
        outcome.failed_block = name;
        outcome.failed_atom = known.atom;
        return false;
    }
    const double factor = kGigapascal / crystal.volume();
    for (int k = 0; k < 36; ++k) outcome.tensor[k] += factor * model.stiffness()[k];
    return true;
}

}  // namespace

TensorOutcome measure_tensor(const Crystal &crystal, const eam::Evaluator &evaluator, NewtonModel &model,
                             NewtonModel::Verdict verdict, const Settings &settings, Ledger &ledger) {
    TensorOutcome outcome;
    outcome.smallest_pivot = outcome.smallest_ritz = std::numeric_limits<double>::infinity();
    outcome.tensor.fill(0.0);
    if (evaluator.planar()) {
        if (add_block(crystal, evaluator, model, NH_BLOCK_IN_PLANE, 0.0, verdict, outcome, ledger))
            add_block(crystal, evaluator, *model.of(eam::Block::axial), NH_BLOCK_AXIAL, 0.0, verdict, outcome, ledger);
    } else {
        add_block(crystal, evaluator, model, NH_BLOCK_FULL, diagonal_shift(false, settings), verdict, outcome, ledger);
    }
    return outcome;
}

Definiteness certify(const Crystal &crystal, const eam::Evaluator &evaluator, const NewtonModel &model,
                     Ledger &ledger) {
    const double wave_number = 2.0 * std::acos(-1.0) / (3.0 * crystal.h[2][2]);
    return model.at_wave_number(evaluator, crystal.x, crystal.h, wave_number, ledger);
}

}  // namespace nanohooke::statics
