// SPDX-License-Identifier: Apache-2.0
#include "eam/density_gradients.h"

#include <cmath>
#include <utility>

namespace nanohooke::eam {

namespace {

/** Derivative of the density at one end of a pair by the displacement of the other end and of its own. */
struct PairGradient {
    double other[3];
    double own[3];
};

/** `d` points from the atom whose density is meant to the other one. */
PairGradient pair_gradient(const PairStiffness &s, const double *d, Block block, double wave_number) {
    const double a = s.density_slope;
    switch (block) {
        case Block::full: return {{a * d[0], a * d[1], a * d[2]}, {-a * d[0], -a * d[1], -a * d[2]}};
        case Block::in_plane: return {{a * d[0], a * d[1]}, {-a * d[0], -a * d[1]}};
        // The twins at +dz and -dz cancel.
        case Block::axial: return {};
        // Twins sum to cos for x and y and to i sin for z; u_z -> i u_z makes that -sin.
        case Block::bloch: {
            const double c = std::cos(wave_number * d[2]), s_ = std::sin(wave_number * d[2]);
            return {{a * c * d[0], a * c * d[1], -a * s_ * d[2]}, {-a * d[0], -a * d[1], 0.0}};
        }
    }
    return {};
}

}  // namespace

DensityGradients density_gradients(const Evaluator &evaluator, const std::vector<PairStiffness> &stiffness, Block block,
                                   const std::vector<int> &rank, double wave_number) {
    const int n = evaluator.atoms();
    const auto &begin = evaluator.first_active();
    const int size = static_cast<int>(block_space(block).components.size());

    // Pairs of each atom in either direction: pair index, and whether it is seen from its second atom.
    std::vector<int> first(n + 1, 0);
    for (int i = 0; i < n; ++i)
        for (int k = begin[i]; k < begin[i + 1]; ++k) {
            ++first[rank[i] + 1];
            ++first[rank[evaluator.partner(k)] + 1];
        }
    for (int k = 0; k < n; ++k) first[k + 1] += first[k];
    std::vector<std::pair<int, int>> seen(first[n]);  // pair, other node (or ~node where seen from the second atom)
    std::vector<int> at(first.begin(), first.end() - 1);
    for (int i = 0; i < n; ++i)
        for (int k = begin[i]; k < begin[i + 1]; ++k) {
            const int a = rank[i], b = rank[evaluator.partner(k)];
            seen[at[a]++] = {k, b};
            seen[at[b]++] = {k, ~a};
        }

    // Rows with merged images, columns in order of first meeting.
    std::vector<int> row_first(1, 0), column;
    std::vector<double> value;
    column.reserve(seen.size() + n);
    value.reserve((seen.size() + n) * size);
    std::vector<int> where(n, -1);
    const auto slot = [&](int row_begin, int node) {
        if (where[node] < row_begin) {
            where[node] = static_cast<int>(column.size());
            column.push_back(node);
            value.insert(value.end(), size, 0.0);
        }
        return size * static_cast<std::size_t>(where[node]);
    };
    for (int node = 0; node < n; ++node) {
        const int row_begin = row_first.back();
        const std::size_t own = slot(row_begin, node);
        for (int q = first[node]; q < first[node + 1]; ++q) {
            const auto [k, marked] = seen[q];
            const double sign = marked < 0 ? -1.0 : 1.0;
            const double *v = evaluator.pair(k).d;
            // dz of a planar pair keeps its sign: its twin is the same pair seen from the other side.
            const double d[3] = {sign * v[0], sign * v[1], sign * v[2]};
            const std::size_t other = slot(row_begin, marked < 0 ? ~marked : marked);
            const PairGradient g = pair_gradient(stiffness[k], d, block, wave_number);
            for (int a = 0; a < size; ++a) {
                value[other + a] += g.other[a];
                value[own + a] += g.own[a];
            }
        }
        row_first.push_back(static_cast<int>(column.size()));
    }

    // The pattern is symmetric, so writing the transpose row by row sorts it; twice gives the sorted rows themselves.
    DensityGradients result;
    result.size = size;
    result.first = row_first;
    result.node.resize(column.size());
    result.value.resize(value.size());
    result.mirror.resize(column.size());
    std::vector<int> transposed_from(column.size()), transposed_node(column.size());
    at.assign(row_first.begin(), row_first.end() - 1);
    for (int row = 0; row < n; ++row)
        for (int e = row_first[row]; e < row_first[row + 1]; ++e) {
            const int to = at[column[e]]++;
            transposed_from[to] = e;
            transposed_node[to] = row;
        }
    at.assign(row_first.begin(), row_first.end() - 1);
    for (int row = 0; row < n; ++row)
        for (int t = row_first[row]; t < row_first[row + 1]; ++t) {
            // Entry t of the transpose is (column = row, row = transposed_node); its sorted place is next in that row.
            const int to = at[transposed_node[t]]++;
            result.node[to] = row;
            result.mirror[to] = t;
            const std::size_t from = size * static_cast<std::size_t>(transposed_from[t]);
            for (int a = 0; a < size; ++a) result.value[size * static_cast<std::size_t>(to) + a] = value[from + a];
        }
    return result;
}

}  // namespace nanohooke::eam
