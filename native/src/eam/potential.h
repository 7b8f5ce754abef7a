// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "eam/spline.h"

namespace nanohooke::eam {

/** Value and first two derivatives of a tabulated function. */
struct Jet {
    double value, first, second;
};

/**
 * Embedded-atom potential of one element:
 * E = sum_i F(rho_i) + sum_{i<j} phi(r_ij), rho_i = sum_j rho(r_ij), with r phi(r) tabulated (Daw and Baskes 1984).
 */
class Potential {
public:
    /** Reads setfl text; `source` names it in messages. Throws Error(NH_BAD_FILE). */
    static Potential parse(std::string_view text, const std::string &element, const std::string &source);
    static Potential load(const std::string &path, const std::string &element);

    const std::string &element() const { return element_; }
    double mass() const { return mass_; }
    double lattice_constant() const { return lattice_; }
    double cutoff() const { return cutoff_; }

    /** F, F' and F'' at a density; linear beyond the table, as in LAMMPS. */
    Jet embedding(double density) const;

    /**
     * One entry of eight per interval of r: the cubics of rho and of r phi side by side, so that both come with
     * one cache line.
     */
    const double *pair_table() const { return pair_.data(); }
    double pair_spacing() const { return spacing_; }
    int pair_intervals() const { return static_cast<int>(pair_.size() / 8); }

private:
    std::string element_;
    double mass_ = 0.0, lattice_ = 0.0, cutoff_ = 0.0;
    double spacing_ = 0.0, max_density_ = 0.0;
    Spline embedding_;
    std::vector<double> pair_;
};

}  // namespace nanohooke::eam
