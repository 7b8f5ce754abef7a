// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "nanohooke/statics.h"
#include "statics/fire.h"

namespace nanohooke::statics {

/**
 * The constants of the way down to a minimum that no caller sets, each with why it is there; where each comes from, and
 * what halving and doubling it does, is in docs/relaxation.md, measured by statics_sensitivity. "Verdict": it is part
 * of what counts as stable.
 */
struct Tuning {
    // ---- Gentle phase: FIRE as LAMMPS has it.
    FireSettings fire;
    /** What one pair of a force evaluation costs, in operations of a factorisation: an estimate. */
    double operations_per_pair = 300.0;
    /** FIRE steps between two tries with the Hessian are those that cost as much as a try, within these bounds:
     *  fewer change little, and a crystal that is ready is not kept waiting for more. */
    int least_steps = 50, most_steps = 600;
    /** A long descent is tried less often: after this share of the steps that it has taken, which is what a minimum
     * that is ready waits at most. */
    double share_of_steps = 0.1;
    /** Verdict. Below this force (eV/Angstrom) a Hessian that is not positive definite means a saddle. */
    double saddle_force = 5e-6;
    /** Verdict. Saddles left by a push before the search ends on one. */
    int most_saddles = 8;

    // ---- Newton's steps and L-BFGS on atoms and cell.
    /** Predicted decreases below this (eV) are too near to the energy's rounding to judge the model by. */
    double judgeable = 1e-6;
    /** Steps that L-BFGS remembers (Nocedal and Wright 2006, section 7.2: 3 to 20). */
    int memory = 20;
    /** Share of the promised decrease that a line search asks for (Nocedal and Wright 2006, section 3.1). */
    double armijo = 1e-4;
    /** Rounding of an energy, relative, with a margin: a step may raise it by so much. */
    double energy_noise = 2e-11;
    /** A step that does not lower the energy is cut to this share, so many times at the most. */
    double shorter = 0.4;
    int most_cuts = 12;
    /** A model is renewed after `patience` iterations in which the distance to the tolerances did not fall to
     * `markedly` of what it was: for instance where a piece that was held as an island has come within reach of the
     * solid. */
    double markedly = 0.7;
    int patience = 5;

    // ---- Whether the Hessian is positive definite, pieces that the solid hardly holds apart.
    /** Verdict. Largest forces (eV/Angstrom) below which weakly held pieces, and at rest all atoms, may get a shift. */
    double quiet = 1e-3, rest = 1e-5;
    /** Verdict. Those shifts (eV/Angstrom^2; first neighbours have some 2): 1e-6 changes tensors by 0.001 GPa. */
    double weak_shift = 1e-3, rest_shift = 1e-6;
    /** Verdict. Stiffness of a pair (eV/Angstrom^2) that counts as no hold. */
    double weak_stiffness = 0.02;
    /** Stands in for an indefinite stiffness of the cell in Newton's steps (GPa): of the order of C44. */
    double substitute_stiffness = 20.0;

    // ---- Equations by iterations.
    /** Chance of an overlooked instability that is good enough on the way, and at the minimum (Kuczynski and
     * Wozniakowski 1992), and Lanczos' steps after which it is taken as it is. */
    double quick_chance = 1e-2, chance = 1e-9;
    int most_lanczos = 600;
    /** Share of a right-hand side that a solution may leave, and iterations after which it is taken as it is. */
    double residual = 1e-8;
    int most_iterations = 2000;
    /** Gentle steps that a try with the Hessian is worth: the products that Lanczos' method takes. */
    double try_in_steps = 60.0;
};

/** All settings of a calculation: the caller's, and the constants that are no caller's. */
struct Settings : nh_statics_options {
    explicit Settings(const nh_statics_options &options) : nh_statics_options(options) {}
    Tuning tuning;
};

}  // namespace nanohooke::statics
