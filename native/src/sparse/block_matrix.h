// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

namespace nanohooke::sparse {

/**
 * Lower triangle of a symmetric matrix of small square blocks, one row and column of blocks per node, by columns:
 * entries first[i] .. first[i + 1] have rows row[k] >= i in rising order, the diagonal first. Block k is row-major at
 * values[k * size * size].
 *
 * The last `auxiliary` components of a node are freedoms that only carry a coupling. Eliminating them gives the matrix
 * that is meant, see condensed(); it is denser. Their diagonal entries are not zero and couple to no other one.
 */
struct BlockMatrix {
    int nodes = 0;
    int size = 0;
    int auxiliary = 0;
    std::vector<int> first;
    std::vector<int> row;
    std::vector<double> values;

    int order() const { return nodes * size; }
    double diagonal(int node, int component) const {
        return values[(static_cast<std::size_t>(first[node]) * size + component) * size + component];
    }
};

/** The matrix without its auxiliary components. */
BlockMatrix condensed(const BlockMatrix &matrix);

/** y := A x of the whole symmetric matrix. */
void multiply(const BlockMatrix &matrix, const double *x, double *y);

/** Undirected graph: neighbours of i (without i itself) are to[first[i] .. first[i + 1]]. */
struct Graph {
    std::vector<int> first;
    std::vector<int> to;
    int nodes() const { return static_cast<int>(first.size()) - 1; }
};

}  // namespace nanohooke::sparse
