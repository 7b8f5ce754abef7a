// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "eam/derivatives.h"
#include "statics/crystal.h"

namespace nanohooke::statics {

/**
 * Coordinates of a relaxation around a reference crystal: x = (I + eps) X + u, h = (I + eps) H, with eps symmetric.
 * A vector of coordinates holds u (i * components + a) and then the strains of the block.
 */
class Motion {
public:
    Motion(const Crystal &reference, const eam::BlockSpace &space) : reference_(reference), space_(space) {}

    int size() const {
        return reference_.atoms() * static_cast<int>(space_.components.size()) +
               static_cast<int>(space_.strains.size());
    }

    /** Moves `crystal` (same atoms as the reference) to the coordinates. */
    void place(const std::vector<double> &coordinates, Crystal &crystal) const;

    /** Gradient of the energy by the coordinates, from the evaluator's forces and virial at that place. */
    std::vector<double> gradient(const std::vector<double> &coordinates, const eam::Evaluator &evaluator) const;

private:
    std::array<double, 6> strain(const std::vector<double> &coordinates) const;

    Crystal reference_;
    eam::BlockSpace space_;
};

}  // namespace nanohooke::statics
