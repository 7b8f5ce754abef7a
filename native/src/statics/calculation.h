// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "nanohooke/statics.h"
#include "statics/crystal.h"
#include "statics/relaxation.h"

namespace nanohooke::statics {

/** A result with nothing known yet. */
nh_statics_result blank_result();

/** Throws Error(NH_BAD_ARGUMENT) where atoms lie on top of each other. */
void require_finite(const eam::Evaluator &evaluator);

/** Takes the planar path: all atoms on mirror planes, and the general path is not forced. */
bool planar_applies(const Crystal &crystal, const Settings &settings);

/**
 * The tensor of a crystal at a minimum, in its own axes; or the block that is not positive definite. `model` is that
 * of the in-plane block for planar evaluators and of the full one else.
 */
struct TensorOutcome {
    int failed_block = NH_BLOCK_NONE;
    int failed_atom = -1;
    double smallest_pivot;
    /** As in Definiteness, the worst of all blocks. */
    double smallest_ritz, chance = 0.0;
    Tensor tensor;
};
TensorOutcome measure_tensor(const Crystal &crystal, const eam::Evaluator &evaluator, NewtonModel &model,
                             NewtonModel::Verdict verdict, const Settings &settings, Ledger &ledger);

/**
 * The block of the Hessian at wave number k_z = 1/3 of a reciprocal lattice vector: it is positive definite exactly
 * when three cells stacked along z keep the period of one.
 */
Definiteness certify(const Crystal &crystal, const eam::Evaluator &evaluator, const NewtonModel &model, Ledger &ledger);

enum class Extent { relax, everything };

/** Relaxes `crystal` in place and fills in the result, as nh_statics_relax and nh_statics_calculate describe. */
void calculate(Crystal &crystal, const Settings &settings, const Observer &observer, Extent extent,
               nh_statics_result &result);

/** Tensor of the crystal as it is (nh_statics_tensor). */
void measure(Crystal &crystal, const Settings &settings, nh_statics_result &result);

}  // namespace nanohooke::statics
