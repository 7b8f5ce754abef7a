// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "sparse/block_matrix.h"

namespace nanohooke::sparse {

/** Plain minimum degree on small parts of a graph; what lies outside counts, since it will be eliminated later. */
class MinimumDegree {
public:
    /** Nodes of the largest part that is ordered; larger ones stay as they are. */
    static constexpr int kMost = 100;

    explicit MinimumDegree(const Graph &graph) : graph_(graph), place_(graph.nodes(), -1) {}

    /** Appends the part's nodes. */
    void order(const std::vector<int> &part, std::vector<int> &order);

private:
    const Graph &graph_;
    std::vector<int> place_;
};

}  // namespace nanohooke::sparse
