// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "common/mat3.h"

namespace nanohooke::hyperelastic {

/**
 * Atoms that an inversion of the crystal maps on each other. Any homogeneous deformation keeps an inversion, so that
 * atoms which follow it smoothly move oppositely in pairs: half of the freedoms.
 */
struct Orbits {
    /** False: there is no inversion, every atom is an orbit of its own. */
    bool inversion = false;
    std::vector<int> representative;  // atom of each orbit
    std::vector<double> size;         // atoms of each orbit, 1 or 2
    std::vector<int> orbit;           // of each atom
    std::vector<char> image;          // of each atom: it is the other one of its orbit

    int count() const { return static_cast<int>(representative.size()); }
};

/**
 * Looks for an inversion that maps every atom on one to within `tolerance` (Angstrom) and makes x exactly symmetric
 * under it. `h` has the lattice vectors as columns.
 */
Orbits find_inversion(std::vector<double> &x, const Mat3 &h, double tolerance);

/** Every atom an orbit of its own. */
Orbits no_symmetry(int atoms);

}  // namespace nanohooke::hyperelastic
