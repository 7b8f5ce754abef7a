// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include "eam/derivatives.h"
#include "iterative/preconditioner.h"
#include "sparse/cholesky.h"

namespace nanohooke::iterative {

/** Springs between nearest neighbours, all alike: soft long waves as the crystal has them, with few couplings. */
class SpringNetwork {
public:
    /** Of the atoms where the evaluator saw them. */
    SpringNetwork(const eam::Evaluator &evaluator, const std::vector<double> &x, const Mat3 &h);

    struct Spring {
        std::int32_t i, j;
        double d[3];
        double weight;
    };

    int atoms() const { return static_cast<int>(rank_.size()); }
    const std::vector<Spring> &springs() const { return springs_; }
    /** Order of elimination. */
    const std::vector<int> &rank() const { return rank_; }
    /** Of one spring (eV/Angstrom^2). */
    double stiffness() const { return stiffness_; }

private:
    std::vector<Spring> springs_;
    std::vector<int> rank_;
    double stiffness_ = 1.0;
};

/**
 * The springs' matrix P of one block of the Hessian, factorised: what solutions by iterations begin with. Where its
 * factor has more than `most_entries`, as that of a large cube may, P is the diagonal blocks of it alone: solutions
 * take more iterations then, as many times more as the crystal has atoms along an edge. The factor is rounded to single
 * precision, which is not to be seen in how many iterations it takes.
 */
class SpringFactor : public Preconditioner {
public:
    /** `pinned`: freedoms (i * components + a) that are held; `anchored`: such as springs hold at their places. */
    SpringFactor(std::shared_ptr<const SpringNetwork> network, eam::Block block, double wave_number,
                 std::vector<char> pinned, double most_entries = kAny, const std::vector<char> &anchored = {});

    /** Extruded cells: their factors grow hardly faster than they do. */
    static constexpr double kAny = std::numeric_limits<double>::infinity();
    /** Numbers of a cube's factor, or of a slab's, that is still moderate: 1.6 GB. */
    static constexpr double kMostEntries = 4e8;

    void solve(std::vector<double> &v) override { solve(v, 1); }
    /** For vectors that follow each other. */
    void solve(std::vector<double> &v, int count);
    std::vector<double> random(Random &random) override;
    /** y += P v, for a matrix without pinned freedoms. */
    void multiply(const std::vector<double> &v, std::vector<double> &y) const;

    /** Only the diagonal blocks are used. */
    bool diagonal() const { return !blocks_.empty(); }

    const std::vector<char> &pinned() const override { return pinned_; }

private:
    void couple(const SpringNetwork::Spring &spring, double *matrix) const;
    void solve_diagonal(double *v) const;

    std::shared_ptr<const SpringNetwork> network_;
    eam::Block block_;
    double wave_number_;
    int parts_;
    std::vector<char> pinned_;
    std::vector<double> ground_;  // of every freedom
    std::vector<double> blocks_;  // lower factors of the diagonal blocks by atom, row-major
    sparse::Cholesky factor_;
    std::vector<double> work_;
};

}  // namespace nanohooke::iterative
