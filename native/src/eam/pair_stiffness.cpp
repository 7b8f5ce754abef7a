// SPDX-License-Identifier: Apache-2.0
#include "eam/pair_stiffness.h"

namespace nanohooke::eam {

std::vector<PairStiffness> pair_stiffness(const Evaluator &evaluator) {
    const auto &first = evaluator.first_active();
    const auto &embedding = evaluator.embedding();
    const double per_length = 1.0 / evaluator.potential().pair_spacing();
    const double *table = evaluator.potential().pair_table();
    std::vector<PairStiffness> result(first.back());
    for (int i = 0; i < evaluator.atoms(); ++i)
        for (int k = first[i]; k < first[i + 1]; ++k) {
            const ActivePair &pair = evaluator.pairs()[k];
            const double p = pair.fraction;
            const double *c = table + 8 * static_cast<std::size_t>(pair.interval);
            const double rho1 = ((3.0 * c[0] * p + 2.0 * c[1]) * p + c[2]) * per_length;
            const double rho2 = (6.0 * c[0] * p + 2.0 * c[1]) * per_length * per_length;
            const double z0 = ((c[4] * p + c[5]) * p + c[6]) * p + c[7];
            const double z1 = ((3.0 * c[4] * p + 2.0 * c[5]) * p + c[6]) * per_length;
            const double z2 = (6.0 * c[4] * p + 2.0 * c[5]) * per_length * per_length;
            const double inverse_r = 1.0 / pair.r;
            const double phi1 = (z1 - z0 * inverse_r) * inverse_r;
            const double phi2 = (z2 - 2.0 * phi1) * inverse_r;
            const double slope = embedding[i].first + embedding[pair.j].first;
            const double tension = (phi1 + slope * rho1) * inverse_r;
            const double curvature = phi2 + slope * rho2;
            result[k] = {pair.weight * tension, pair.weight * (curvature - tension) * inverse_r * inverse_r,
                         pair.weight * rho1 * inverse_r};
        }
    return result;
}

}  // namespace nanohooke::eam
