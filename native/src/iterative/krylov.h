// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "iterative/block_operator.h"
#include "iterative/preconditioner.h"

namespace nanohooke::iterative {

/** How a solution by iterations ended. */
struct Solution {
    int iterations = 0;
    /** sqrt(r P^-1 r) over that of the right-hand side. */
    double residual = 0.0;
    /** False: a direction was met along which the energy has no minimum. */
    bool definite = true;
};

/** x := H^-1 b by preconditioned conjugate gradients (Hestenes and Stiefel 1952), from x = 0. */
Solution solve(BlockOperator &hessian, Preconditioner &springs, const std::vector<double> &b, std::vector<double> &x,
               double tolerance, int most);

/** What Lanczos' method finds of the eigenvalues of P^-1 H. */
struct Spectrum {
    /** Extreme Ritz values: no eigenvalue bounds them from the inside. */
    double smallest = 0.0, largest = 0.0;
    int steps = 0;
    /**
     * The chance, at most, that there is a negative eigenvalue although `smallest` is positive; 0 where the space is
     * exhausted. For a random start without preferred direction Kuczynski and Wozniakowski (SIAM J. Matrix Anal. Appl.
     * 13, 1094, 1992, theorem 4.2) bound the chance that k steps miss the smallest of n eigenvalues by more than a
     * share e of their spread by 1.648 sqrt(n) exp(-sqrt(e) (2 k - 1)).
     */
    double chance = 1.0;
};

/** Goes on until a Ritz value is negative, `chance` is reached, or `most` steps are done. The start is seeded. */
Spectrum spectrum(BlockOperator &hessian, Preconditioner &springs, double chance, int most);

}  // namespace nanohooke::iterative
