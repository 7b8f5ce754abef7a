// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "eam/spline.h"

namespace nanohooke::eam {

/** Value and first two derivatives of a tabulated function. */
struct Jet {
    double value, first, second;
};

/** The density that a neighbour makes and the pair's energy. */
struct PairFunctions {
    Jet rho, phi;
};

/** Equally spaced values, the first at 0. */
struct Table {
    double spacing;
    std::vector<double> values;
};

/**
 * Embedded-atom potential of one element:
 * E = sum_i F(rho_i) + sum_{i<j} phi(r_ij), rho_i = sum_j rho(r_ij), with r phi(r) tabulated (Daw and Baskes 1984).
 */
class Potential {
public:
    /** F by density, rho and r phi by distance; the mass is for damped dynamics. Throws Error(NH_BAD_ARGUMENT). */
    Potential(const Table &embedding, const Table &density, const Table &product, double cutoff, double mass);

    double cutoff() const { return cutoff_; }
    /** g/mol. */
    double mass() const { return mass_; }

    /** F, F' and F'' at a density; linear beyond the table, as in LAMMPS. */
    Jet embedding(double density) const;

    /** rho and phi at a distance; beyond the last knot slopes are frozen, as in LAMMPS. */
    PairFunctions pair(double r) const;

    /**
     * One entry of eight per interval of r: the cubics of rho and of r phi side by side, so that both come with
     * one cache line.
     */
    const double *pair_table() const { return pair_.data(); }
    double pair_spacing() const { return spacing_; }
    int pair_intervals() const { return static_cast<int>(pair_.size() / 8); }

private:
    double cutoff_, mass_, spacing_, max_density_ = 0.0;
    Spline embedding_;
    std::vector<double> pair_;
};

}  // namespace nanohooke::eam
