// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "sparse/block_matrix.h"

namespace nanohooke::sparse {

/**
 * Fill-reducing order of a mesh's graph by nested dissection (George 1973): parts are halved across the axis with the
 * smallest separator, which is then refined on the graph. `coordinates` (3n, any unit) say where nodes lie; without
 * them (empty) the distance from a far end of the part, in edges, takes their place. Result: rank[i] = place of node i,
 * subtrees of the elimination tree contiguous.
 */
std::vector<int> dissection_of_mesh(const Graph &graph, const std::vector<double> &coordinates);

}  // namespace nanohooke::sparse
