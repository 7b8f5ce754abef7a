// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "eam/forces.h"

namespace nanohooke::eam {

/**
 * Second-order coefficients of a pair: with d the pair vector and F' held fixed, the pair's energy has the gradient
 * tension d and the second derivative stretch d (x) d + tension I; density_slope d is the gradient of the density.
 * All carry the pair's weight.
 */
struct PairStiffness {
    double tension;
    double stretch;
    double density_slope;
};

/** Of the k-th pair, one of atom i. */
PairStiffness pair_stiffness(const Evaluator &evaluator, int i, int k);
/** Of all pairs. */
std::vector<PairStiffness> pair_stiffness(const Evaluator &evaluator);

}  // namespace nanohooke::eam
