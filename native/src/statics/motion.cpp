// SPDX-License-Identifier: Apache-2.0
#include "statics/motion.h"

namespace nanohooke::statics {

std::array<double, 6> Motion::strain(const std::vector<double> &q) const {
    std::array<double, 6> eps{};
    const std::size_t n = q.size() - space_.strains.size();
    for (std::size_t t = 0; t < space_.strains.size(); ++t) eps[space_.strains[t]] = q[n + t];
    return eps;
}

void Motion::place(const std::vector<double> &q, Crystal &crystal) const {
    const Mat3 f = deformation(strain(q));
    const int parts = static_cast<int>(space_.components.size());
    for (int i = 0; i < reference_.atoms(); ++i) {
        multiply(f, &reference_.x[3 * i], &crystal.x[3 * i]);
        for (int a = 0; a < parts; ++a) crystal.x[3 * i + space_.components[a]] += q[i * parts + a];
    }
    crystal.h = f * reference_.h;
}

std::vector<double> Motion::gradient(const std::vector<double> &q, const eam::Evaluator &evaluator) const {
    std::vector<double> g(q.size());
    const int parts = static_cast<int>(space_.components.size());
    // With d = (I + eps) D + du for a pair, dE/d eps = sum g d (x) D = (sum g d (x) (d - du)) (I + eps)^-T, and
    // sum g d (x) du = - sum of forces (x) u.
    Mat3 w = evaluator.virial();
    const auto &force = evaluator.forces();
    for (int i = 0; i < reference_.atoms(); ++i)
        for (int a = 0; a < parts; ++a) {
            const int b = space_.components[a];
            const double u = q[i * parts + a];
            g[i * parts + a] = -force[3 * i + b];
            for (int c = 0; c < 3; ++c) w[c][b] += force[3 * i + c] * u;
        }
    const Mat3 slope = w * transpose(inverse(deformation(strain(q))));
    const std::size_t n = q.size() - space_.strains.size();
    for (std::size_t t = 0; t < space_.strains.size(); ++t) {
        const int a = kVoigtA[space_.strains[t]], b = kVoigtB[space_.strains[t]];
        g[n + t] = 0.5 * (slope[a][b] + slope[b][a]);
    }
    return g;
}

}  // namespace nanohooke::statics
