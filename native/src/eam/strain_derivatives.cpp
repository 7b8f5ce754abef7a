// SPDX-License-Identifier: Apache-2.0
#include "common/mat3.h"
#include "eam/derivatives.h"
#include "eam/pair_stiffness.h"

namespace nanohooke::eam {

namespace {

/** Symmetric generator of the engineering strain t. */
Mat3 generator(int t) {
    Mat3 e;
    e[kVoigtA[t]][kVoigtB[t]] += t < 3 ? 1.0 : 0.5;
    if (t >= 3) e[kVoigtB[t]][kVoigtA[t]] += 0.5;
    return e;
}

/** Strain t leaves a planar structure's mirror symmetry alone (even) or not (odd). */
bool odd(int t) { return t == 3 || t == 4; }

}  // namespace

StrainDerivatives strain_derivatives(const Evaluator &evaluator) {
    const int n = evaluator.atoms();
    const bool planar = evaluator.planar();
    const auto &first = evaluator.first_active();

    StrainDerivatives result;
    result.mixed.assign(18 * static_cast<std::size_t>(n), 0.0);
    for (auto &row : result.born) row.fill(0.0);
    std::vector<std::array<double, 6>> density(n, std::array<double, 6>{});
    Mat3 tension_sum;

    for (int i = 0; i < n; ++i) {
        double *mi = &result.mixed[18 * static_cast<std::size_t>(i)];
        for (int k = first[i]; k < first[i + 1]; ++k) {
            const ActivePair &pair = evaluator.pair(k);
            const PairStiffness s = pair_stiffness(evaluator, i, k);
            const double *d = pair.d;
            double product[6];
            for (int t = 0; t < 6; ++t) product[t] = d[kVoigtA[t]] * d[kVoigtB[t]];
            for (int t = 0; t < 6; ++t) {
                for (int u = t; u < 6; ++u) result.born[t][u] += s.stretch * product[t] * product[u];
                density[i][t] += s.density_slope * product[t];
                density[evaluator.partner(k)][t] += s.density_slope * product[t];
            }
            for (int a = 0; a < 3; ++a)
                for (int b = 0; b < 3; ++b) tension_sum[a][b] += s.tension * d[a] * d[b];
            if (evaluator.partner(k) == i) continue;
            double *mj = &result.mixed[18 * static_cast<std::size_t>(evaluator.partner(k))];
            for (int a = 0; a < 3; ++a) {
                const double along = s.stretch * d[a];
                for (int t = 0; t < 6; ++t) {
                    double value = along * product[t];
                    if (a == kVoigtA[t]) value += (t < 3 ? 1.0 : 0.5) * s.tension * d[kVoigtB[t]];
                    if (t >= 3 && a == kVoigtB[t]) value += 0.5 * s.tension * d[kVoigtA[t]];
                    mj[6 * a + t] += value;
                    mi[6 * a + t] -= value;
                }
            }
        }
    }

    for (int t = 0; t < 6; ++t)
        for (int u = t; u < 6; ++u) {
            const Mat3 m = generator(t) * generator(u) * tension_sum;
            result.born[t][u] += m[0][0] + m[1][1] + m[2][2];
        }
    if (planar)
        for (auto &row : density) row[3] = row[4] = 0.0;
    for (int i = 0; i < n; ++i)
        for (int t = 0; t < 6; ++t)
            for (int u = t; u < 6; ++u)
                result.born[t][u] += evaluator.embedding_curvature(i) * density[i][t] * density[i][u];

    // mixed += sum_k F''_k v_k (x) w_k, with v_k the density's gradient: through the pairs, both ways.
    for (int i = 0; i < n; ++i)
        for (int k = first[i]; k < first[i + 1]; ++k) {
            const ActivePair &pair = evaluator.pair(k);
            const int j = evaluator.partner(k);
            if (j == i) continue;
            const double fi = evaluator.embedding_curvature(i), fj = evaluator.embedding_curvature(j);
            double *mi = &result.mixed[18 * static_cast<std::size_t>(i)];
            double *mj = &result.mixed[18 * static_cast<std::size_t>(j)];
            const double slope = pair_stiffness(evaluator, i, k).density_slope;
            for (int t = 0; t < 6; ++t) {
                const double both = slope * (fi * density[i][t] + fj * density[j][t]);
                for (int a = 0; a < 3; ++a) {
                    mj[6 * a + t] += both * pair.d[a];
                    mi[6 * a + t] -= both * pair.d[a];
                }
            }
        }

    for (int t = 0; t < 6; ++t)
        for (int u = 0; u < t; ++u) result.born[t][u] = result.born[u][t];
    if (planar) {
        // What is odd in z cancels between mirror twins.
        for (int t = 0; t < 6; ++t)
            for (int u = 0; u < 6; ++u)
                if (odd(t) != odd(u)) result.born[t][u] = 0.0;
        for (int i = 0; i < n; ++i)
            for (int a = 0; a < 3; ++a)
                for (int t = 0; t < 6; ++t)
                    if ((a == 2) != odd(t)) result.mixed[18 * static_cast<std::size_t>(i) + 6 * a + t] = 0.0;
    }
    return result;
}

}  // namespace nanohooke::eam
