// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "common/mat3.h"
#include "eam/forces.h"

namespace nanohooke::eam {

/**
 * Pairs whose distance is the cutoff within a thousandth: a strain of that size takes them across it. Where the tables
 * do not end at zero there, energy and stress jump then.
 */
struct CutoffShell {
    int pairs = 0;
    /** What the energy loses when all of them cross (eV), and the trace of the virial (eV). */
    double energy = 0.0;
    double virial = 0.0;
};

/** Of the evaluator's last state, whose positions and box are given again. */
CutoffShell shell_at_cutoff(const Evaluator &evaluator, const std::vector<double> &x, const Mat3 &h);

}  // namespace nanohooke::eam
