// SPDX-License-Identifier: Apache-2.0
#include "sparse/symbolic.h"

#include <algorithm>

#include "common/bounds.h"
#include "common/error.h"

namespace nanohooke::sparse {

namespace {

// A child joins its parent when the zeros this stores are below this share of the joined front, or when the joined
// supernode is narrow: dense kernels gain more from width than they lose to zeros.
constexpr double kZeroShare = 0.08;
constexpr int kNarrow = 8;
constexpr double kNarrowZeroShare = 0.35;

double triangle(double n) { return 0.5 * n * (n + 1.0); }

/** Stored entries of a supernode: columns c, rows r (columns included). */
double stored(double c, double r) { return triangle(c) + c * (r - c); }

}  // namespace

double Symbolic::operations(int block_size) const {
    double sum = 0.0;
    for (int s = 0; s < supernodes(); ++s) sum += operations(s, block_size);
    return sum;
}

double Symbolic::operations(int s, int block_size) const {
    const double c = double(columns(s)) * block_size, m = double(height(s)) * block_size - c;
    return c * c * c / 3.0 + c * c * m + c * m * m;
}

Symbolic analyse(const BlockMatrix &pattern) {
    const int n = pattern.nodes;
    // Rows of every column of the factor: those of the matrix and of the children, whose first row is the parent.
    std::vector<std::vector<int>> below(n);
    std::vector<std::vector<int>> children(n);
    std::vector<int> parent(n, -1), mark(n, -1);
    for (int j = 0; j < n; ++j) {
        auto &rows = below[j];
        mark[j] = j;
        const auto add = [&](int r) {
            if (mark[r] == j) return;
            mark[r] = j;
            rows.push_back(r);
        };
        for (int e = pattern.first[j]; e < pattern.first[j + 1]; ++e) add(pattern.row[e]);
        for (int c : children[j])
            for (int r : below[c]) add(r);
        std::sort(rows.begin(), rows.end());
        if (!rows.empty()) {
            parent[j] = rows.front();
            children[rows.front()].push_back(j);
        }
    }

    // Supernodes from the right: column j joins the supernode that starts at j + 1 where that costs few zeros.
    std::vector<int> head;  // first column, from the last supernode to the first
    std::vector<double> zeros;
    std::vector<int> width;
    for (int j = n - 1; j >= 0; --j) {
        bool join = false;
        if (!head.empty() && head.back() == j + 1 && parent[j] == j + 1) {
            const double c = width.back() + 1.0;
            const double r = c + static_cast<double>(below[j + width.back()].size());
            const double lost = zeros.back() + (r - 1.0) - static_cast<double>(below[j].size());
            const double all = stored(c, r);
            join = lost <= kZeroShare * all || (width.back() < kNarrow && lost <= kNarrowZeroShare * all);
            if (join) {
                head.back() = j;
                zeros.back() = lost;
                ++width.back();
            }
        }
        if (!join) {
            head.push_back(j);
            zeros.push_back(0.0);
            width.push_back(1);
        }
    }

    Symbolic result;
    result.nodes = n;
    result.start.assign(head.rbegin(), head.rend());
    result.start.push_back(n);
    result.row_first.assign(1, 0);
    std::vector<int> owner(n);
    for (int s = 0; s + 1 < static_cast<int>(result.start.size()); ++s) {
        for (int j = result.start[s]; j < result.start[s + 1]; ++j) {
            owner[j] = s;
            result.rows.push_back(j);
        }
        // The chain of parents makes the last column's rows hold those of all the others.
        const auto &last = below[result.start[s + 1] - 1];
        result.rows.insert(result.rows.end(), last.begin(), last.end());
        if (result.rows.size() > bounds::kMostEntries)
            throw Error(NH_UNSUPPORTED, "the factor of the second derivatives has more than 2^31 rows");
        result.row_first.push_back(static_cast<int>(result.rows.size()));
    }
    for (int s = 0; s < result.supernodes(); ++s) {
        const int up = parent[result.start[s + 1] - 1];
        result.parent.push_back(up < 0 ? -1 : owner[up]);
    }
    return result;
}

void postorder(const Graph &graph, std::vector<int> &rank) {
    const int n = graph.nodes();
    std::vector<int> node_at(n);
    for (int i = 0; i < n; ++i) node_at[rank[i]] = i;
    // Elimination tree with path compression (Liu 1986).
    std::vector<int> parent(n, -1), ancestor(n, -1);
    for (int j = 0; j < n; ++j) {
        const int node = node_at[j];
        for (int e = graph.first[node]; e < graph.first[node + 1]; ++e) {
            int k = rank[graph.to[e]];
            while (k != -1 && k < j) {
                const int next = ancestor[k];
                ancestor[k] = j;
                if (next == -1) parent[k] = j;
                k = next;
            }
        }
    }
    std::vector<int> first_child(n, -1), next_sibling(n, -1), place(n), stack;
    for (int j = n - 1; j >= 0; --j)
        if (parent[j] >= 0) {
            next_sibling[j] = first_child[parent[j]];
            first_child[parent[j]] = j;
        }
    int count = 0;
    for (int root = 0; root < n; ++root) {
        if (parent[root] >= 0) continue;
        stack.push_back(root);
        while (!stack.empty()) {
            const int j = stack.back();
            if (first_child[j] >= 0) {
                stack.push_back(first_child[j]);
                first_child[j] = next_sibling[first_child[j]];
            } else {
                place[j] = count++;
                stack.pop_back();
            }
        }
    }
    for (int i = 0; i < n; ++i) rank[i] = place[rank[i]];
}

}  // namespace nanohooke::sparse
