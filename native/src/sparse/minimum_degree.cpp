// SPDX-License-Identifier: Apache-2.0
#include "sparse/minimum_degree.h"

namespace nanohooke::sparse {

void MinimumDegree::order(const std::vector<int> &part, std::vector<int> &order) {
    const int n = static_cast<int>(part.size());
    if (n > kMost) {  // nothing parts it: a nearly complete graph
        order.insert(order.end(), part.begin(), part.end());
        return;
    }
    for (int k = 0; k < n; ++k) place_[part[k]] = k;
    std::vector<int> beyond;
    std::vector<std::vector<int>> near(n);
    for (int k = 0; k < n; ++k)
        for (int e = graph_.first[part[k]]; e < graph_.first[part[k] + 1]; ++e) {
            const int w = graph_.to[e];
            if (place_[w] < 0) {
                place_[w] = n + static_cast<int>(beyond.size());
                beyond.push_back(w);
            }
            near[k].push_back(place_[w]);
        }
    const int all = n + static_cast<int>(beyond.size());
    std::vector<char> adjacent(static_cast<std::size_t>(n) * all, 0), gone(n, 0);
    std::vector<int> degree(n);
    for (int k = 0; k < n; ++k) {
        for (int w : near[k]) adjacent[static_cast<std::size_t>(k) * all + w] = 1;
        degree[k] = static_cast<int>(near[k].size());
    }
    for (int step = 0; step < n; ++step) {
        int chosen = -1;
        for (int k = 0; k < n; ++k)
            if (!gone[k] && (chosen < 0 || degree[k] < degree[chosen])) chosen = k;
        gone[chosen] = 1;
        order.push_back(part[chosen]);
        std::vector<int> clique;
        for (int w = 0; w < all; ++w)
            if (adjacent[static_cast<std::size_t>(chosen) * all + w] && !(w < n && gone[w])) clique.push_back(w);
        for (int u : clique) {
            if (u >= n) continue;
            char *row = &adjacent[static_cast<std::size_t>(u) * all];
            degree[u] -= row[chosen];
            for (int w : clique)
                if (w != u && !row[w]) {
                    row[w] = 1;
                    ++degree[u];
                }
        }
    }
    for (int v : part) place_[v] = -1;
    for (int v : beyond) place_[v] = -1;
}

}  // namespace nanohooke::sparse
