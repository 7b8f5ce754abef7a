// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "sparse/block_matrix.h"

namespace nanohooke::sparse {

enum class Side : signed char { outside = -1, left = 0, right = 1, separator = 2 };

/**
 * Makes the separator of a part of a graph smaller without letting left touch right. `side` labels all nodes of the
 * graph, those beyond the part as outside; `part` lists the nodes of the part.
 */
class SeparatorRefiner {
public:
    explicit SeparatorRefiner(const Graph &graph);
    void refine(const std::vector<int> &part, std::vector<Side> &side);

private:
    struct Move {
        int node;
        Side from;
    };
    bool pass(const std::vector<int> &part, std::vector<Side> &side);
    void enter_separator(int node, const std::vector<Side> &side);
    void move(int node, Side to, std::vector<Side> &side, std::vector<Move> &log);

    const Graph &graph_;
    std::vector<int> touching_[2];  // neighbours on the left, on the right; of separator nodes
    std::vector<int> separator_;
    std::vector<int> locked_;
    int stamp_ = 0;
    int size_[2] = {0, 0};
};

}  // namespace nanohooke::sparse
