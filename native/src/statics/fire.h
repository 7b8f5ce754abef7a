// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <vector>

#include "eam/forces.h"
#include "statics/crystal.h"

namespace nanohooke::statics {

/**
 * FIRE, the damped dynamics of Bitzek et al. (Phys. Rev. Lett. 97, 170201, 2006) in the form of Guenole et al.
 * (Comput. Mater. Sci. 175, 109584, 2020) with semi-implicit Euler steps: the one behind LAMMPS' `min_style fire`,
 * with its default parameters, so that it takes the same way downhill. The box is fixed.
 */
struct FireSettings {
    double timestep = 0.002;         // ps; LAMMPS: `timestep`
    double largest_timestep = 10.0;  // times timestep (tmax)
    double least_timestep = 0.02;    // times timestep (tmin)
    double grow = 1.1;               // dtgrow
    double shrink = 0.5;             // dtshrink
    double mixing = 0.25;            // alpha0
    double mixing_shrink = 0.99;     // alphashrink
    int delay = 20;                  // delaystep
    double largest_move = 0.1;       // Angstrom and step (dmax)
};

class Fire {
public:
    /** The evaluator must have seen the crystal. The atoms' mass is the potential's. */
    Fire(const FireSettings &settings, Crystal &crystal, eam::Evaluator &evaluator);

    /** One step; the evaluator is left at the new positions. */
    void step();
    int steps() const { return steps_; }

private:
    void restart();

    FireSettings settings_;
    Crystal &crystal_;
    eam::Evaluator &evaluator_;
    std::vector<double> velocity_;
    double acceleration_;  // Angstrom/ps^2 per eV/Angstrom
    double timestep_, mixing_;
    int steps_ = 0, last_restart_ = 0;
};

/** Largest force component (eV/Angstrom). */
double largest_force(const eam::Evaluator &evaluator);
/** Largest stress component (GPa). */
double largest_stress(const eam::Evaluator &evaluator, const Crystal &crystal);

}  // namespace nanohooke::statics
