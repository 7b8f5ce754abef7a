// SPDX-License-Identifier: Apache-2.0
#include "eam/pair_stiffness.h"

#include <algorithm>
#include <cmath>

namespace nanohooke::eam {

std::vector<PairStiffness> pair_stiffness(const Evaluator &evaluator) {
    const auto &first = evaluator.first_active();
    const auto &embedding = evaluator.embedding();
    const double per_length = 1.0 / evaluator.potential().pair_spacing();
    const int last = evaluator.potential().pair_intervals() - 1;
    const double *table = evaluator.potential().pair_table();
    std::vector<PairStiffness> result(first.back());
    for (int i = 0; i < evaluator.atoms(); ++i)
        for (int k = first[i]; k < first[i + 1]; ++k) {
            const ActivePair &pair = evaluator.pair(k);
            const double r = std::sqrt(evaluator.distance_squared(k));
            double p = r * per_length;
            const int m = std::min(static_cast<int>(p), last);
            p -= m;
            // Behind the last knot slopes are frozen, as in LAMMPS.
            const double inside = p <= 1.0 ? 1.0 : 0.0;
            p = std::min(p, 1.0);
            const double *c = table + 8 * static_cast<std::size_t>(m);
            const double rho1 = ((3.0 * c[0] * p + 2.0 * c[1]) * p + c[2]) * per_length;
            const double rho2 = inside * (6.0 * c[0] * p + 2.0 * c[1]) * per_length * per_length;
            const double z0 = ((c[4] * p + c[5]) * p + c[6]) * p + c[7];
            const double z1 = ((3.0 * c[4] * p + 2.0 * c[5]) * p + c[6]) * per_length;
            const double z2 = inside * (6.0 * c[4] * p + 2.0 * c[5]) * per_length * per_length;
            const double inverse_r = 1.0 / r;
            const double phi1 = (z1 - z0 * inverse_r) * inverse_r;
            const double phi2 = (z2 - 2.0 * phi1) * inverse_r;
            const double slope = embedding[i].first + embedding[evaluator.partner(k)].first;
            const double tension = (phi1 + slope * rho1) * inverse_r;
            const double curvature = phi2 + slope * rho2;
            result[k] = {pair.weight * tension, pair.weight * (curvature - tension) * inverse_r * inverse_r,
                         pair.weight * rho1 * inverse_r};
        }
    return result;
}

}  // namespace nanohooke::eam
