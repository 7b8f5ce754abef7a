// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "sparse/symbolic.h"

namespace nanohooke::sparse {

/**
 * Which thread eliminates which fronts, and the memory for their updates. Branches of the tree are one thread's each,
 * in any order; the crown that joins them is eliminated after them, one front after the other, each by all threads.
 * What is added up where and in which order depends on neither.
 */
struct Schedule {
    /** Fronts order[begin] .. order[end], the root last. */
    struct Branch {
        int begin, end;
        double operations;
    };

    std::vector<std::vector<int>> children;
    /** Children before parents, every subtree contiguous. */
    std::vector<int> order;
    std::vector<Branch> branches;
    /** Branches by falling work. */
    std::vector<int> by_work;
    std::vector<int> crown;
    /** Where a branch's root leaves its update for the crown, by front; -1: on the stack of its thread. */
    std::vector<std::ptrdiff_t> handed_at;
    /** Numbers in all handed updates, and of each kind of thread in stack and largest front's rest. */
    std::size_t handed = 0;
    std::size_t branch_stack = 0, branch_rest = 0, crown_stack = 0, crown_rest = 0;
};

/** For blocks of `size` rows; with one thread all is one branch. */
Schedule schedule(const Symbolic &symbolic, int size, int threads);

/** Numbers in the update of a front. */
std::size_t update_size(const Symbolic &symbolic, int size, int front);

}  // namespace nanohooke::sparse
