// SPDX-License-Identifier: Apache-2.0
#include "sparse/symbolic.h"

#include <algorithm>

#include "common/bounds.h"
#include "common/error.h"

namespace nanohooke::sparse {

namespace {

double triangle(double n) { return 0.5 * n * (n + 1.0); }

/** Stored entries of a supernode: columns c, rows r (columns included). */
double stored(double c, double r) { return triangle(c) + c * (r - c); }

/** Rows below the diagonal of every column of the factor, rising; columns whose rows are the same share them. */
class ColumnRows {
public:
    explicit ColumnRows(const BlockMatrix &pattern) : parent_(pattern.nodes, -1) {
        const int n = pattern.nodes;
        first_.resize(n);
        count_.resize(n);
        rows_.reserve(pattern.row.size());
        // Children of a column in a list; columns are its elements.
        std::vector<int> child(n, -1), sibling(n, -1), mark(n, -1), own;
        for (int j = 0; j < n; ++j) {
            // Those of the matrix and of the children, whose first row is this column. The longest child has most.
            int longest = -1;
            for (int c = child[j]; c >= 0; c = sibling[c])
                if (longest < 0 || count_[c] > count_[longest]) longest = c;
            mark[j] = j;
            const std::size_t inherited = longest < 0 ? 0 : first_[longest] + 1;
            const std::size_t many = longest < 0 ? 0 : count_[longest] - 1;
            for (std::size_t k = inherited; k < inherited + many; ++k) mark[rows_[k]] = j;
            own.clear();
            const auto add = [&](int r) {
                if (mark[r] == j) return;
                mark[r] = j;
                own.push_back(r);
            };
            for (int e = pattern.first[j] + 1; e < pattern.first[j + 1]; ++e) add(pattern.row[e]);
            for (int c = child[j]; c >= 0; c = sibling[c])
                if (c != longest)
                    for (std::size_t k = first_[c] + 1; k < first_[c] + count_[c]; ++k) add(rows_[k]);
            count_[j] = many + own.size();
            first_[j] = inherited;
            if (!own.empty()) join(j, inherited, many, own);
            if (count_[j] == 0) continue;
            parent_[j] = rows_[first_[j]];
            sibling[j] = child[parent_[j]];
            child[parent_[j]] = j;
        }
    }

    /** The first row below, -1 where there is none. */
    int parent(int column) const { return parent_[column]; }
    std::size_t count(int column) const { return count_[column]; }
    const int *begin(int column) const { return rows_.data() + first_[column]; }

private:
    void join(int j, std::size_t inherited, std::size_t many, std::vector<int> &own) {
        std::sort(own.begin(), own.end());
        first_[j] = rows_.size();
        rows_.resize(rows_.size() + count_[j]);
        const int *from = rows_.data() + inherited;
        std::merge(from, from + many, own.begin(), own.end(), rows_.data() + first_[j]);
    }

    std::vector<int> parent_, rows_;
    std::vector<std::size_t> first_, count_;
};

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

Symbolic analyse(const BlockMatrix &pattern, const Amalgamation &amalgamation) {
    const int n = pattern.nodes;
    const ColumnRows below(pattern);

    // Supernodes from the right: column j joins the supernode that starts at j + 1 where that costs few zeros.
    std::vector<int> head;  // first column, from the last supernode to the first
    std::vector<double> zeros;
    std::vector<int> width;
    for (int j = n - 1; j >= 0; --j) {
        bool join = false;
        if (!head.empty() && head.back() == j + 1 && below.parent(j) == j + 1) {
            const double c = width.back() + 1.0;
            const double r = c + static_cast<double>(below.count(j + width.back()));
            const double lost = zeros.back() + (r - 1.0) - static_cast<double>(below.count(j));
            const double all = stored(c, r);
            join = lost <= amalgamation.zeros * all ||
                   (width.back() < amalgamation.narrow && lost <= amalgamation.narrow_zeros * all);
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
        const int last = result.start[s + 1] - 1;
        result.rows.insert(result.rows.end(), below.begin(last), below.begin(last) + below.count(last));
        if (result.rows.size() > bounds::kMostEntries)
            throw Error(NH_UNSUPPORTED, "the factor of the second derivatives has more than 2^31 rows");
        result.row_first.push_back(static_cast<int>(result.rows.size()));
    }
    for (int s = 0; s < result.supernodes(); ++s) {
        const int up = below.parent(result.start[s + 1] - 1);
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
