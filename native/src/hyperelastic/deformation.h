// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "hyperelastic/cell_state.h"
#include "nanohooke/hyperelastic.h"

namespace nanohooke::hyperelastic {

/** Numbers that a point keeps between two deformations, see nh_unit_cell_start(). */
class PointState {
public:
    /** How many. */
    static long long size(const UnitCell &cell);
    /** The first so many strains are told to the atoms in advance; that along z of a plane mostly stays as it is. */
    static int followed(const UnitCell &cell) { return cell.space() == Space::plane ? 3 : 6; }
    PointState(const UnitCell &cell, double *numbers);

    /** The undeformed reference, with no knowledge of how atoms follow. */
    void start();

    /** Green strain, in the cell's own order of strains, at which the atoms were last at rest. */
    double *strain;
    double *displacements;
    /** d displacements / d strain, [freedom][followed strain]. */
    double *response;
    /** The last deformation could not be reached; 0 or 1. */
    double *stuck;

private:
    long long size_;
};

/** What atoms at rest say about a strain. */
struct RestState {
    /** eV. */
    double energy = 0.0;
    /** Second Piola-Kirchhoff stress times the volume (eV), in the cell's order of strains, and d stress / d strain. */
    std::array<double, 6> stress{};
    std::array<double, 36> moduli{};
};

/** Makes atoms of one cell follow deformations. Scratch memory for one thread. */
class Deformation {
public:
    Deformation(const UnitCell &cell, const nh_deform_options &options);

    /**
     * Leads a point from its state to the deformation gradient f (9 numbers, row by row), in as many steps as it takes,
     * and returns an nh_deform_outcome. `w` [GPa], `p` (9) and `a` (81) may not be null.
     */
    int deform(PointState state, const double *f, double *w, double *p, double *a);

    int evaluations() const { return cell_state_.evaluations(); }
    /** Steps of the last deform(). */
    int steps() const { return steps_; }

private:
    enum class Rest { found, lost };

    Rest relax(const double *strain, double tolerance, PointState &state, RestState &rest);
    /** Whether the atoms are farther from the state before, and from what it made expect, than a smooth way leads. */
    bool jumped(const double *strain, const PointState &state) const;
    void take_step(std::vector<double> &s);
    void finish(const double *strain, const std::vector<double> &s, PointState &state, RestState &rest);
    bool walk(const double *target, PointState &state, RestState &rest);
    void metric(const double *strain, double *c) const;
    void report(const double *f, const RestState &rest, double *w, double *p, double *a) const;

    const UnitCell &cell_;
    nh_deform_options options_;
    CellState cell_state_;
    int freedoms_, strains_, followed_;
    int steps_ = 0;
    std::vector<double> right_, s_, expected_;
};

}  // namespace nanohooke::hyperelastic
