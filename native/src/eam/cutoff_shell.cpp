// SPDX-License-Identifier: Apache-2.0
#include "eam/cutoff_shell.h"

#include <cmath>

namespace nanohooke::eam {

namespace {

constexpr double kShell = 1e-3;

}  // namespace

CutoffShell shell_at_cutoff(const Evaluator &evaluator, const std::vector<double> &x, const Mat3 &h) {
    const double cutoff = evaluator.potential().cutoff();
    const PairFunctions end = evaluator.potential().pair(cutoff);
    const double low = cutoff * (1.0 - kShell), high = cutoff * (1.0 + kShell);
    const PairList &list = evaluator.list();
    CutoffShell shell;
    for (int i = 0; i < list.atoms(); ++i)
        for (int k = list.first[i]; k < list.first[i + 1]; ++k) {
            const Neighbour &neighbour = list.neighbours[k];
            const Image &image = list.images[neighbour.image];
            double square = 0.0;
            for (int a = 0; a < 3; ++a) {
                const double shift = h[a][0] * image.n[0] + h[a][1] * image.n[1] + h[a][2] * image.n[2];
                const double d = x[3 * neighbour.j + a] + shift - x[3 * i + a];
                square += d * d;
            }
            if (square < low * low || square > high * high) continue;
            const double slope = evaluator.embedding()[i].first + evaluator.embedding()[neighbour.j].first;
            shell.pairs += static_cast<int>(image.weight);
            shell.energy += image.weight * (end.phi.value + slope * end.rho.value);
            shell.virial += image.weight * (end.phi.first + slope * end.rho.first) * cutoff;
        }
    return shell;
}

}  // namespace nanohooke::eam
