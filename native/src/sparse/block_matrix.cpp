// SPDX-License-Identifier: Apache-2.0
#include "sparse/block_matrix.h"

#include <algorithm>

#include "common/bounds.h"
#include "common/error.h"

namespace nanohooke::sparse {

namespace {

/** What one auxiliary component of every node couples to, row by row, and where a node's couplings are in the rows. */
struct Couplings {
    std::vector<int> first, node;
    std::vector<double> value;
    std::vector<int> column_first, owner, entry;

    Couplings(const BlockMatrix &m, int component) {
        const int size = m.size - m.auxiliary;
        const auto visit = [&](const auto &take) {
            for (int j = 0; j < m.nodes; ++j)
                for (int e = m.first[j]; e < m.first[j + 1]; ++e) {
                    const double *block = &m.values[std::size_t(e) * m.size * m.size];
                    take(m.row[e], j, block + component * m.size, 1);
                    if (m.row[e] != j) take(j, m.row[e], block + component, m.size);
                }
        };
        first.assign(m.nodes + 1, 0);
        visit([&](int k, int, const double *, int) { ++first[k + 1]; });
        for (int k = 0; k < m.nodes; ++k) first[k + 1] += first[k];
        column_first = first;  // the pattern is symmetric
        node.resize(first.back());
        owner.resize(first.back());
        entry.resize(first.back());
        value.resize(std::size_t(first.back()) * size);
        std::vector<int> at(first.begin(), first.end() - 1), column_at(at);
        visit([&](int k, int to, const double *v, int stride) {
            const int place = at[k]++;
            node[place] = to;
            for (int a = 0; a < size; ++a) value[std::size_t(place) * size + a] = v[a * stride];
            owner[column_at[to]] = k;
            entry[column_at[to]++] = place;
        });
    }
};

}  // namespace

BlockMatrix condensed(const BlockMatrix &m) {
    const int size = m.size - m.auxiliary, area = size * size;
    std::vector<Couplings> all;
    for (int c = size; c < m.size; ++c) all.emplace_back(m, c);
    BlockMatrix result;
    result.nodes = m.nodes;
    result.size = size;
    result.first.assign(1, 0);
    // One column of blocks after another, in a dense work array.
    std::vector<double> work(std::size_t(m.nodes) * area, 0.0);
    std::vector<int> seen(m.nodes, -1), rows;
    for (int j = 0; j < m.nodes; ++j) {
        rows.clear();
        const auto block = [&](int row) {
            if (seen[row] != j) {
                seen[row] = j;
                rows.push_back(row);
            }
            return &work[std::size_t(row) * area];
        };
        for (int e = m.first[j]; e < m.first[j + 1]; ++e) {
            double *to = block(m.row[e]);
            for (int a = 0; a < size; ++a)
                for (int b = 0; b < size; ++b) to[a * size + b] += m.values[(std::size_t(e) * m.size + a) * m.size + b];
        }
        for (int c = size; c < m.size; ++c) {
            const Couplings &v = all[c - size];
            for (int t = v.column_first[j]; t < v.column_first[j + 1]; ++t) {
                const int k = v.owner[t];
                const double own = m.values[(std::size_t(m.first[k]) * m.size + c) * m.size + c];
                const double *here = &v.value[std::size_t(v.entry[t]) * size];
                for (int q = v.first[k]; q < v.first[k + 1]; ++q) {
                    if (v.node[q] < j) continue;
                    double *to = block(v.node[q]);
                    for (int a = 0; a < size; ++a)
                        for (int b = 0; b < size; ++b)
                            to[a * size + b] -= v.value[std::size_t(q) * size + a] * here[b] / own;
                }
            }
        }
        std::sort(rows.begin(), rows.end());
        for (int row : rows) {
            double *from = &work[std::size_t(row) * area];
            result.row.push_back(row);
            result.values.insert(result.values.end(), from, from + area);
            std::fill_n(from, area, 0.0);
        }
        if (result.row.size() > bounds::kMostEntries)
            throw Error(NH_UNSUPPORTED, "the matrix of second derivatives has more than 2^31 entries");
        result.first.push_back(static_cast<int>(result.row.size()));
    }
    return result;
}

void multiply(const BlockMatrix &m, const double *x, double *y) {
    const int size = m.size;
    std::fill_n(y, m.order(), 0.0);
    for (int j = 0; j < m.nodes; ++j)
        for (int e = m.first[j]; e < m.first[j + 1]; ++e) {
            const double *block = &m.values[static_cast<std::size_t>(e) * size * size];
            const int i = m.row[e];
            for (int a = 0; a < size; ++a)
                for (int b = 0; b < size; ++b) {
                    const double value = block[a * size + b];
                    y[i * size + a] += value * x[j * size + b];
                    if (i != j) y[j * size + b] += value * x[i * size + a];
                }
        }
}

}  // namespace nanohooke::sparse
