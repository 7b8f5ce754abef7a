// SPDX-License-Identifier: Apache-2.0
#include "eam/pair_stiffness.h"

#include <algorithm>
#include <cmath>

namespace nanohooke::eam {

namespace {

/** Second derivatives of rho and phi: at r, or their means over r (1 +- window), which first derivatives give. */
struct Curvature {
    double rho, phi;
};

Curvature curvature(const Potential &potential, double r, double window, const PairFunctions &at) {
    if (window == 0.0) return {at.rho.second, at.phi.second};
    // Not across the cutoff: a jump there is told apart, see CutoffShell.
    const double low = r * (1.0 - window), high = std::min(r * (1.0 + window), potential.cutoff());
    const PairFunctions below = potential.pair(low), above = potential.pair(high);
    return {(above.rho.first - below.rho.first) / (high - low), (above.phi.first - below.phi.first) / (high - low)};
}

}  // namespace

PairStiffness pair_stiffness(const Evaluator &evaluator, int i, int k) {
    const auto &embedding = evaluator.embedding();
    const ActivePair &pair = evaluator.pair(k);
    const double r = std::sqrt(evaluator.distance_squared(k));
    const double inverse_r = 1.0 / r;
    const PairFunctions at = evaluator.potential().pair(r);
    const Curvature second = curvature(evaluator.potential(), r, evaluator.curvature_window(), at);
    const double slope = embedding[i].first + embedding[evaluator.partner(k)].first;
    const double tension = (at.phi.first + slope * at.rho.first) * inverse_r;
    const double curvature = second.phi + slope * second.rho;
    return {pair.weight * tension, pair.weight * (curvature - tension) * inverse_r * inverse_r,
            pair.weight * at.rho.first * inverse_r};
}

std::vector<PairStiffness> pair_stiffness(const Evaluator &evaluator) {
    const auto &first = evaluator.first_active();
    std::vector<PairStiffness> result(first.back());
    for (int i = 0; i < evaluator.atoms(); ++i)
        for (int k = first[i]; k < first[i + 1]; ++k) result[k] = pair_stiffness(evaluator, i, k);
    return result;
}

}  // namespace nanohooke::eam
