// SPDX-License-Identifier: Apache-2.0
#include "sparse/ordering/minimum_degree.h"

namespace nanohooke::sparse {

namespace {

constexpr int kWord = 64;

int ones(std::uint64_t x) {
    x -= x >> 1 & 0x5555555555555555;
    x = (x & 0x3333333333333333) + (x >> 2 & 0x3333333333333333);
    return static_cast<int>(((x + (x >> 4)) & 0x0f0f0f0f0f0f0f0f) * 0x0101010101010101 >> 56);
}

int lowest(std::uint64_t x) { return ones((x & -x) - 1); }

}  // namespace

/** Neighbours of the part's nodes in bits, those beyond the part numbered after it. */
int MinimumDegree::take_neighbours(const std::vector<int> &part) {
    const int n = static_cast<int>(part.size());
    for (int k = 0; k < n; ++k) place_[part[k]] = k;
    beyond_.clear();
    for (int v : part)
        for (int e = graph_.first[v]; e < graph_.first[v + 1]; ++e) {
            const int w = graph_.to[e];
            if (place_[w] >= 0) continue;
            place_[w] = n + static_cast<int>(beyond_.size());
            beyond_.push_back(w);
        }
    const int words = (n + static_cast<int>(beyond_.size()) + kWord - 1) / kWord;
    near_.assign(static_cast<std::size_t>(n) * words, 0);
    degree_.resize(n);
    for (int k = 0; k < n; ++k) {
        std::uint64_t *row = &near_[static_cast<std::size_t>(k) * words];
        for (int e = graph_.first[part[k]]; e < graph_.first[part[k] + 1]; ++e) {
            const int w = place_[graph_.to[e]];
            row[w / kWord] |= std::uint64_t(1) << w % kWord;
        }
        degree_[k] = graph_.first[part[k] + 1] - graph_.first[part[k]];
    }
    for (int v : part) place_[v] = -1;
    for (int v : beyond_) place_[v] = -1;
    return words;
}

void MinimumDegree::order(const std::vector<int> &part, std::vector<int> &order) {
    const int n = static_cast<int>(part.size());
    if (n > kMost) {  // nothing parts it: a nearly complete graph
        order.insert(order.end(), part.begin(), part.end());
        return;
    }
    const int words = take_neighbours(part);
    left_.resize(n);
    for (int k = 0; k < n; ++k) left_[k] = k;
    while (!left_.empty()) {
        std::size_t at = 0;
        for (std::size_t k = 1; k < left_.size(); ++k)
            if (degree_[left_[k]] < degree_[left_[at]]) at = k;
        const int chosen = left_[at];
        left_.erase(left_.begin() + static_cast<std::ptrdiff_t>(at));
        order.push_back(part[chosen]);
        const std::uint64_t *clique = &near_[static_cast<std::size_t>(chosen) * words];
        for (int q = 0; q * kWord < n; ++q)
            for (std::uint64_t rest = clique[q]; rest != 0; rest &= rest - 1) {
                const int u = q * kWord + lowest(rest);
                if (u >= n) break;
                std::uint64_t *row = &near_[static_cast<std::size_t>(u) * words];
                int fresh = -2;  // the chosen one leaves, and a node is not its own neighbour
                for (int w = 0; w < words; ++w) {
                    fresh += ones(clique[w] & ~row[w]);
                    row[w] |= clique[w];
                }
                row[u / kWord] &= ~(std::uint64_t(1) << u % kWord);
                row[chosen / kWord] &= ~(std::uint64_t(1) << chosen % kWord);
                degree_[u] += fresh;
            }
    }
}

}  // namespace nanohooke::sparse
