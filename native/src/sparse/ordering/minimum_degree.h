// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
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
    int take_neighbours(const std::vector<int> &part);

    const Graph &graph_;
    std::vector<int> place_, beyond_, degree_, left_;
    // Rows of bits: which nodes of the part and beyond it a node is next to, of those not yet eliminated.
    std::vector<std::uint64_t> near_;
};

}  // namespace nanohooke::sparse
