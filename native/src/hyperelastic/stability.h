// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hyperelastic/cell_state.h"

namespace nanohooke::hyperelastic {

/** The softest vibration of a deformed cell's atoms, all translations of the whole cell left out. */
struct Softest {
    /** Smallest eigenvalue of the energy's second derivatives by positions in the deformed state (eV/Angstrom^2). */
    double eigenvalue;
    /** It breaks the cell's inversion symmetry, which a path with symmetric atoms does not see. */
    bool breaking;
    /** Displacements of all atoms in the deformed state, three components each, of unit length. */
    std::vector<double> mode;
};

/** `f` as 9 numbers; displacements those of the reference, by orbit. Throws Error where there is no such state. */
Softest softest_mode(CellState &state, const double *f, const double *displacements);

}  // namespace nanohooke::hyperelastic
