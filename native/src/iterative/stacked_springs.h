// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "iterative/preconditioner.h"
#include "iterative/springs.h"

namespace nanohooke::iterative {

/**
 * Springs of three cells of an extruded crystal stacked along z, atoms by cells, all freedoms: the network of the
 * single cell, three times. Waves along z part it into the blocks of one cell: what all three do alike, in the plane
 * and along z apart, and what turns by a third from cell to cell, a cosine and a sine with one matrix (as
 * eam::Block::bloch). One cell's factors so do what one of all three would take ten times the memory for. Of the
 * turning waves, which are short ones along z whatever they are in the plane, the diagonal blocks do: a factor saves 2
 * to 15 % of the iterations and takes twice the memory and the time of the other two.
 */
class StackedSprings : public Preconditioner {
public:
    static constexpr int kCells = 3;

    /** `z`: of the atoms of the one cell; `anchored`: whether an atom is one that holds a piece at its place. */
    StackedSprings(std::shared_ptr<const SpringNetwork> network, std::vector<double> z, double height,
                   const std::vector<char> &anchored, double most_entries = SpringFactor::kAny,
                   double most_turning_entries = 0.0);

    /** From now on these freedoms (3 an atom of the stack) are held. */
    void hold(std::vector<char> pinned);

    void solve(std::vector<double> &v) override;
    std::vector<double> random(Random &random) override;
    const std::vector<char> &pinned() const override { return pinned_; }
    /** y = P v, pinned freedoms included. */
    void multiply(const std::vector<double> &v, std::vector<double> &y);

private:
    void to_waves(const std::vector<double> &v);
    void from_waves(std::vector<double> &v) const;
    std::size_t at(int cell, int atom) const { return 3 * (static_cast<std::size_t>(cell) * atoms_ + atom); }

    int atoms_;  // of one cell
    SpringFactor in_plane_, axial_, turning_;
    std::vector<double> cosine_, sine_;  // of every atom's place along z, by atom and cell
    std::vector<char> pinned_;
    // What the blocks work on; the turning one has cosine and sine, one after the other.
    std::vector<double> plane_wave_, axial_wave_, turning_wave_;
};

}  // namespace nanohooke::iterative
