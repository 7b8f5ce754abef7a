// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>

#include "eam/derivatives.h"
#include "eam/pair_stiffness.h"

namespace nanohooke::eam {

/** Displacements: `own` for both diagonal blocks, `cross` for (first, second). */
inline void displacement_blocks(const PairStiffness &s, const double *d, Block block, double wave_number,
                                double own[3][3], double cross[3][3]) {
    for (int a = 0; a < 3; ++a)
        for (int b = 0; b < 3; ++b) {
            own[a][b] = s.stretch * d[a] * d[b] + (a == b ? s.tension : 0.0);
            cross[a][b] = -own[a][b];
        }
    if (block != Block::bloch) return;
    const double c = std::cos(wave_number * d[2]), sn = std::sin(wave_number * d[2]);
    for (int a = 0; a < 2; ++a) {
        for (int b = 0; b < 2; ++b) cross[a][b] *= c;
        // i sin of the coupling to z, made real by u_z -> i u_z: antisymmetric in (xy, z).
        cross[a][2] = sn * own[a][2];
        cross[2][a] = -sn * own[2][a];
        own[a][2] = own[2][a] = 0.0;
    }
    cross[2][2] *= c;
}

/** Gradient of the density at one end of a pair by the displacements of the other end and of its own. */
struct DensityGradient {
    double other[3];
    double own[3];
};

/** `d` points from the atom whose density is meant to the other one. */
inline DensityGradient density_gradient(const PairStiffness &s, const double *d, double sign, Block block,
                                        double wave_number) {
    const double a = sign * s.density_slope;
    if (block != Block::bloch) return {{a * d[0], a * d[1], a * d[2]}, {-a * d[0], -a * d[1], -a * d[2]}};
    // Mirror twins sum to cos for x and y and to i sin for z; u_z -> i u_z makes that -sin, which is even in dz.
    const double c = std::cos(wave_number * d[2]), sn = std::sin(wave_number * d[2]);
    return {{a * c * d[0], a * c * d[1], -s.density_slope * sn * d[2]}, {-a * d[0], -a * d[1], 0.0}};
}

}  // namespace nanohooke::eam
