// SPDX-License-Identifier: Apache-2.0
#include "sparse/schedule.h"

#include <algorithm>
#include <numeric>

namespace nanohooke::sparse {

namespace {

// Branches for each thread, about: enough to keep threads equally busy, few enough to leave little to the crown.
constexpr int kBranches = 6;

/** Leaves first. Each subtree is finished before the next one begins, whatever the numbering. */
void order_fronts(const Symbolic &symbolic, Schedule &plan) {
    plan.children.assign(symbolic.supernodes(), {});
    std::vector<int> roots;
    for (int s = 0; s < symbolic.supernodes(); ++s) {
        const int up = symbolic.parent[s];
        (up >= 0 ? plan.children[up] : roots).push_back(s);
    }
    // Parents before children from the right; read backwards it is the order from the leaves.
    while (!roots.empty()) {
        const int s = roots.back();
        roots.pop_back();
        plan.order.push_back(s);
        roots.insert(roots.end(), plan.children[s].begin(), plan.children[s].end());
    }
    std::reverse(plan.order.begin(), plan.order.end());
}

void cut_branches(const Symbolic &symbolic, int size, int threads, Schedule &plan) {
    const int fronts = symbolic.supernodes();
    std::vector<double> work(fronts);
    std::vector<int> count(fronts, 1);
    double all = 0.0;
    for (int s : plan.order) {
        work[s] += symbolic.operations(s, size);
        all += symbolic.operations(s, size);
        if (symbolic.parent[s] >= 0) {
            work[symbolic.parent[s]] += work[s];
            count[symbolic.parent[s]] += count[s];
        }
    }
    const double most = all / (kBranches * threads);
    // From the roots down: a front with too much work below it is crown, what is light enough a branch.
    for (int k = fronts - 1; k >= 0;) {
        const int s = plan.order[k];
        if (work[s] > most && !plan.children[s].empty()) {
            plan.crown.push_back(s);
            --k;
        } else {
            plan.branches.push_back({k + 1 - count[s], k + 1, work[s]});
            if (symbolic.parent[s] >= 0) {
                plan.handed_at[s] = static_cast<std::ptrdiff_t>(plan.handed);
                plan.handed += update_size(symbolic, size, s);
            }
            k -= count[s];
        }
    }
    std::reverse(plan.branches.begin(), plan.branches.end());
    std::reverse(plan.crown.begin(), plan.crown.end());
}

/** Largest stack that fronts in this order need, and the largest update. */
template <typename Fronts>
void measure(const Symbolic &symbolic, int size, const Schedule &plan, const Fronts &fronts, std::size_t &stack,
             std::size_t &rest) {
    std::size_t top = 0;
    for (int s : fronts) {
        for (int child : plan.children[s])
            if (plan.handed_at[child] < 0) top -= update_size(symbolic, size, child);
        rest = std::max(rest, update_size(symbolic, size, s));
        if (plan.handed_at[s] < 0) top += update_size(symbolic, size, s);
        stack = std::max(stack, top);
    }
}

}  // namespace

std::size_t update_size(const Symbolic &symbolic, int size, int front) {
    const std::size_t n = static_cast<std::size_t>(symbolic.height(front) - symbolic.columns(front)) * size;
    return n * n;
}

Schedule schedule(const Symbolic &symbolic, int size, int threads) {
    Schedule plan;
    order_fronts(symbolic, plan);
    plan.handed_at.assign(symbolic.supernodes(), -1);
    if (threads > 1)
        cut_branches(symbolic, size, threads, plan);
    else
        plan.branches.push_back({0, symbolic.supernodes(), 0.0});
    plan.by_work.resize(plan.branches.size());
    std::iota(plan.by_work.begin(), plan.by_work.end(), 0);
    std::stable_sort(plan.by_work.begin(), plan.by_work.end(),
                     [&](int a, int b) { return plan.branches[a].operations > plan.branches[b].operations; });
    for (const Schedule::Branch &b : plan.branches)
        measure(symbolic, size, plan, std::vector<int>(plan.order.begin() + b.begin, plan.order.begin() + b.end),
                plan.branch_stack, plan.branch_rest);
    measure(symbolic, size, plan, plan.crown, plan.crown_stack, plan.crown_rest);
    return plan;
}

}  // namespace nanohooke::sparse
