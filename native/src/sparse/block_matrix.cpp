// SPDX-License-Identifier: Apache-2.0
#include "sparse/block_matrix.h"

#include <algorithm>

namespace nanohooke::sparse {

namespace {

/** What the auxiliary component of one node couples to: nodes and `size` numbers for each. */
struct Coupling {
    std::vector<int> node;
    std::vector<double> value;
};

/** Couplings of auxiliary component c (counted in the block) of every node. */
std::vector<Coupling> couplings(const BlockMatrix &m, int c) {
    const int size = m.size - m.auxiliary;
    std::vector<Coupling> result(m.nodes);
    const auto add = [&](int owner, int node, const double *first, int stride) {
        result[owner].node.push_back(node);
        for (int a = 0; a < size; ++a) result[owner].value.push_back(first[a * stride]);
    };
    for (int j = 0; j < m.nodes; ++j)
        for (int e = m.first[j]; e < m.first[j + 1]; ++e) {
            const double *block = &m.values[std::size_t(e) * m.size * m.size];
            add(m.row[e], j, block + c * m.size, 1);
            if (m.row[e] != j) add(j, m.row[e], block + c, m.size);
        }
    return result;
}

}  // namespace

BlockMatrix condensed(const BlockMatrix &m) {
    const int size = m.size - m.auxiliary, area = size * size;
    std::vector<std::vector<std::pair<int, std::vector<double>>>> columns(m.nodes);
    for (int j = 0; j < m.nodes; ++j)
        for (int e = m.first[j]; e < m.first[j + 1]; ++e) {
            std::vector<double> block(area);
            for (int a = 0; a < size; ++a)
                for (int b = 0; b < size; ++b)
                    block[a * size + b] = m.values[(std::size_t(e) * m.size + a) * m.size + b];
            columns[j].emplace_back(m.row[e], std::move(block));
        }
    for (int c = size; c < m.size; ++c) {
        const auto all = couplings(m, c);
        for (int k = 0; k < m.nodes; ++k) {
            const double own = m.values[(std::size_t(m.first[k]) * m.size + c) * m.size + c];
            const Coupling &v = all[k];
            for (std::size_t q = 0; q < v.node.size(); ++q)
                for (std::size_t p = 0; p < v.node.size(); ++p) {
                    if (v.node[p] < v.node[q]) continue;
                    std::vector<double> block(area);
                    for (int a = 0; a < size; ++a)
                        for (int b = 0; b < size; ++b)
                            block[a * size + b] = -v.value[p * size + a] * v.value[q * size + b] / own;
                    columns[v.node[q]].emplace_back(v.node[p], std::move(block));
                }
        }
    }
    BlockMatrix result;
    result.nodes = m.nodes;
    result.size = size;
    result.first.assign(1, 0);
    for (auto &column : columns) {
        std::stable_sort(column.begin(), column.end(),
                         [](const auto &a, const auto &b) { return a.first < b.first; });
        int last = -1;
        for (const auto &[row, block] : column) {
            if (row != last) {
                result.row.push_back(row);
                result.values.resize(result.values.size() + area, 0.0);
            }
            last = row;
            for (int a = 0; a < area; ++a) result.values[result.values.size() - area + a] += block[a];
        }
        result.first.push_back(static_cast<int>(result.row.size()));
    }
    return result;
}

}  // namespace nanohooke::sparse
