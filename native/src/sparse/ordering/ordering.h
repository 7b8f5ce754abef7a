// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "sparse/block_matrix.h"

namespace nanohooke::sparse {

/** Where the nodes of a graph lie on a three-dimensional torus, as a hint: fractional coordinates (3n) in [0, 1). */
using Layout = std::vector<double>;

/**
 * Fill-reducing order by nested dissection (George 1973): separators start as two strips that cut the torus where
 * little material is in the way and are then refined on the graph (Fiduccia and Mattheyses 1982, for vertex
 * separators), so that they bend around pores. Result: rank[i] = place of node i. Any layout gives a valid order, a
 * misleading one a bad order.
 */
std::vector<int> nested_dissection(const Graph &graph, const Layout &layout);

}  // namespace nanohooke::sparse
