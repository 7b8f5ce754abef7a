// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "eam/forces.h"

namespace nanohooke::statics {

/** One piece of material: atoms that interact, directly or through others. */
struct Component {
    std::vector<int> atoms;
    /** Periodic offset of each of them when the piece is unfolded, three numbers per atom. */
    std::vector<int> offsets;
    /** Independent lattice translations (in cells) that lead from the piece to itself: 0 to 3 of them. */
    std::vector<std::vector<int>> windings;

    /** Directions in which the piece is continuous: 1 (x) + 2 (y) + 4 (z). */
    int percolation() const;
};

/**
 * Atoms that hang on the main piece by nothing stiffer than `least_stiffness` (eV/Angstrom^2) for a pair: islands, and
 * pieces that meet the solid in the tail of the cutoff only.
 */
std::vector<int> weakly_held(const eam::Evaluator &evaluator, double least_stiffness);

/** All pieces at the evaluator's last state, the main one (most directions, then most atoms) first. */
std::vector<Component> components(const eam::Evaluator &evaluator, const std::vector<double> &x, const Mat3 &h);

/**
 * Degrees of freedom (index i * directions.size() + place in directions) to hold fixed so that no piece can move or
 * turn as a whole without resistance. Energy is blind to those motions, so that holding them changes no result.
 */
std::vector<int> pinned_freedoms(const std::vector<Component> &pieces, const std::vector<int> &directions,
                                 const std::vector<double> &x, const Mat3 &h);

}  // namespace nanohooke::statics
