// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "eam/derivatives.h"

namespace nanohooke::iterative {

/**
 * Products with a block of the Hessian where the evaluator's atoms were when it was made, pair by pair: exact, without
 * a matrix. The embedding's part goes through the change of every density, as in eam::hessian. Freedoms are numbered
 * i * components + a.
 */
class BlockOperator {
public:
    BlockOperator(const eam::Evaluator &evaluator, eam::Block block, double wave_number = 0.0);

    /** Freedoms that stay at rest (non-zero). */
    void pin(const std::vector<char> &pinned) { pinned_ = pinned; }
    /** Adds to the diagonal of an atom (eV/Angstrom^2). */
    void shift(int atom, double by);

    /** y = H u; pinned freedoms of u are taken for 0, those of y are. */
    void apply(const std::vector<double> &u, std::vector<double> &y);

    int freedoms() const { return atoms_ * parts_; }
    int atoms() const { return atoms_; }
    int parts() const { return parts_; }
    long long products() const { return products_; }
    long long pairs() const { return static_cast<long long>(pairs_.size()); }

private:
    /** Its vector is that of the partner's image from the atom: two numbers in place of three. */
    struct Pair {
        double tension, stretch, slope;
        std::int32_t partner;
        std::int32_t image;
    };

    void vector(int i, const Pair &pair, double *d) const {
        const double *from = &x_[3 * std::size_t(i)], *to = &x_[3 * std::size_t(pair.partner)];
        const double *move = &translations_[3 * std::size_t(pair.image)];
        for (int a = 0; a < 3; ++a) d[a] = to[a] + move[a] - from[a];
    }

    void full(const double *u, double *y);
    void in_plane(const double *u, double *y);
    void axial(const double *u, double *y);
    void bloch(const double *u, double *y);

    eam::Block block_;
    int atoms_, parts_;
    std::vector<std::int32_t> first_;
    std::vector<Pair> pairs_;
    std::vector<double> x_, translations_;
    std::vector<std::int32_t> phase_;  // of pairs along z, for Block::bloch alone
    std::vector<double> curvature_;    // F'' of every atom
    std::vector<double> cosine_, sine_;
    std::vector<double> shift_, density_, masked_;
    std::vector<char> pinned_;
    long long products_ = 0;
};

}  // namespace nanohooke::iterative
