// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace nanohooke::eam {

/**
 * Piecewise cubic through equally spaced values, with the slopes that LAMMPS' pair_style eam takes: five-point
 * differences inside, three-point next to the ends, one-sided at the ends. Only C1: the second derivative jumps at
 * the knots.
 *
 * Knot m (from 0) lies at m * spacing; interval m holds a3 a2 a1 a0 of a3 p^3 + a2 p^2 + a1 p + a0, 0 <= p <= 1.
 */
struct Spline {
    double spacing = 0.0;
    std::vector<double> coefficients;

    Spline() = default;
    /** At least five values. */
    Spline(double spacing, const std::vector<double> &values);

    int intervals() const { return static_cast<int>(coefficients.size() / 4); }
};

}  // namespace nanohooke::eam
