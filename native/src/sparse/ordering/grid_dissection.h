// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "sparse/block_matrix.h"

namespace nanohooke::sparse {

/** Where a plane may be cut: at origin + period times a number with few binary digits, the fewer the earlier. */
struct GridCuts {
    double origin[2];
    double period[2];
    /** Edges longer than half of this go round a periodic plane; 0: there are none. */
    double around[2];
};

/**
 * Fill-reducing order of a graph in the plane by nested dissection (George 1973) along lines of a fixed hierarchy, so
 * that parts that are alike up to a shift by some periods are ordered alike: RepeatedCholesky factorises them once.
 * `places` (2 numbers a node) should be exact to the last digit in that sense. Result: rank[i] = place of node i,
 * subtrees of the elimination tree contiguous.
 */
std::vector<int> grid_dissection(const Graph &graph, const std::vector<double> &places, const GridCuts &cuts);

}  // namespace nanohooke::sparse
