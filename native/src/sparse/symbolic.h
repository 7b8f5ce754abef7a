// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "sparse/block_matrix.h"

namespace nanohooke::sparse {

/**
 * Structure of the Cholesky factor, by nodes: supernodes of consecutive columns with the same rows below, their
 * rows, and the tree along which update matrices are passed on (Liu 1992).
 */
struct Symbolic {
    int nodes = 0;
    /** Supernode s has the columns start[s] .. start[s + 1]. */
    std::vector<int> start;
    /** Its rows, columns first, rising: rows[row_first[s] .. row_first[s + 1]]. */
    std::vector<int> row_first;
    std::vector<int> rows;
    /** Supernode that takes its update, -1 for a root. Always greater than the supernode's own number. */
    std::vector<int> parent;

    int supernodes() const { return static_cast<int>(start.size()) - 1; }
    int columns(int s) const { return start[s + 1] - start[s]; }
    int height(int s) const { return row_first[s + 1] - row_first[s]; }
    /** Floating-point operations of a front's elimination, and of a factorisation, with blocks of the given size. */
    double operations(int supernode, int block_size) const;
    double operations(int block_size) const;
};

/**
 * When a column joins the supernode of its parent although that stores zeros: their share of the joined front, and that
 * of one with fewer than `narrow` columns. Dense kernels gain from width what they lose to zeros, in crystals; the many
 * small fronts of meshes are faster as they are.
 */
struct Amalgamation {
    double zeros = 0.08;
    int narrow = 8;
    double narrow_zeros = 0.35;

    static Amalgamation none() { return {0.0, 0, 0.0}; }
};

/** From the lower triangle's pattern. */
Symbolic analyse(const BlockMatrix &pattern, const Amalgamation &amalgamation = {});

/** Renumbers so that every subtree of the elimination tree is contiguous; `rank` is composed with it in place. */
void postorder(const Graph &graph, std::vector<int> &rank);

}  // namespace nanohooke::sparse
