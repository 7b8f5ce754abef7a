// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "common/workers.h"
#include "large/column_list.h"
#include "large/forces.h"
#include "sparse/ordering/grid_dissection.h"
#include "sparse/repeated.h"

namespace nanohooke::large {

/**
 * Springs between nearest columns, all alike, at places that do not change: a matrix that has the soft long waves of
 * the crystal where they are, so that its inverse preconditions a descent. It is factorised once for what is held.
 * Differences of places are rounded, so that parts of a lattice that are alike are so to the last bit.
 */
class Springs : public Metric {
public:
    /** Springs join columns whose atoms lie nearer than `reach`; `stiffness` is that of one bond (eV/Angstrom^2). */
    Springs(const std::vector<double> &x, const std::vector<char> &upper, double period, const Plane &plane,
            double reach, double stiffness, const sparse::GridCuts &cuts, Workers &workers);

    /** Factorises for a set of held freedoms (two a column, true: held). */
    void hold(const std::vector<char> &held) override;

    /** v := P^-1 v for the free freedoms, 0 for the held ones. */
    void solve(std::vector<double> &v) override;
    /** Where the free ones are at rest when the held ones move: fills in the free freedoms of `move`. */
    void carry(std::vector<double> &move) override;
    /** w = P v, held freedoms included. */
    void multiply(const std::vector<double> &v, std::vector<double> &w) const;

    /** The longest way of a column against one that a spring joins it with. */
    double longest_stretch(const std::vector<double> &move) const override;

    const sparse::RepeatedCholesky &factor() const { return factor_; }
    int count() const { return matrix_.nodes; }
    /** Of one bond (eV/Angstrom^2). */
    double stiffness() const { return stiffness_; }

private:
    struct Bond {
        int i, j;
        double xx, xy, yy;
    };

    Workers &workers_;
    double stiffness_;
    std::vector<Bond> bonds_;
    std::vector<double> ground_;  // three numbers a column: what holds columns that springs leave floppy
    std::vector<int> rank_;
    std::vector<char> held_;
    sparse::BlockMatrix matrix_;
    std::vector<int> entry_;  // of a bond in the matrix; -1 - e: transposed
    sparse::RepeatedCholesky factor_;
    std::vector<double> work_;
};

}  // namespace nanohooke::large
