// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "common/error.h"
#include "eam/derivatives.h"
#include "eam/pair_coupling.h"
#include "eam/pair_stiffness.h"

namespace nanohooke::eam {

namespace {

/** An axial displacement at k = 0 changes no density to first order; all others come with the densities. */
int auxiliaries(Block block) { return block == Block::axial ? 0 : 1; }

constexpr int kMost = 4;  // components of a node: three displacements and the density

/**
 * What one pair adds: to the diagonal block of either atom and to the block (first atom, second atom), as square
 * matrices of `size`.
 */
struct PairBlocks {
    double first[kMost * kMost];
    double second[kMost * kMost];
    double cross[kMost * kMost];
};

PairBlocks pair_blocks(const PairStiffness &s, const double *d, double first_root, double second_root, Block block,
                       double wave_number) {
    const auto &components = block_space(block).components;
    const int parts = static_cast<int>(components.size());
    double own[3][3], cross[3][3];
    displacement_blocks(s, d, block, wave_number, own, cross);
    PairBlocks r{};
    const int size = parts + auxiliaries(block);
    for (int a = 0; a < parts; ++a)
        for (int b = 0; b < parts; ++b) {
            r.first[a * size + b] = r.second[a * size + b] = own[components[a]][components[b]];
            r.cross[a * size + b] = cross[components[a]][components[b]];
        }
    if (auxiliaries(block) == 0) return r;
    const auto at_first = density_gradient(s, d, 1.0, block, wave_number);
    const auto at_second = density_gradient(s, d, -1.0, block, wave_number);
    for (int a = 0; a < parts; ++a) {
        const int c = components[a], row = parts * size + a, column = a * size + parts;
        r.first[row] = r.first[column] = first_root * at_first.own[c];
        r.second[row] = r.second[column] = second_root * at_second.own[c];
        r.cross[row] = first_root * at_first.other[c];
        r.cross[column] = second_root * at_second.other[c];
    }
    return r;
}

/** Pairs of one atom in either direction: blocks by node, for the columns of the matrix. */
struct PairColumns {
    struct Entry {
        int node;
        int pair;
        bool reversed;
    };
    std::vector<int> first;
    std::vector<Entry> entries;

    PairColumns(const Evaluator &evaluator, const std::vector<int> &rank) {
        const int n = evaluator.atoms();
        const auto &begin = evaluator.first_active();
        first.assign(n + 1, 0);
        for (int i = 0; i < n; ++i)
            for (int k = begin[i]; k < begin[i + 1]; ++k) {
                const int j = evaluator.partner(k);
                ++first[rank[i] + 1];
                if (j != i) ++first[rank[j] + 1];
            }
        for (int k = 0; k < n; ++k) first[k + 1] += first[k];
        entries.resize(first[n]);
        std::vector<int> at(first.begin(), first.end() - 1);
        for (int i = 0; i < n; ++i)
            for (int k = begin[i]; k < begin[i + 1]; ++k) {
                const int j = evaluator.partner(k);
                entries[at[rank[i]]++] = {rank[j], k, false};
                if (j != i) entries[at[rank[j]]++] = {rank[i], k, true};
            }
    }
};

/** Accumulates one column of blocks after another in a dense work array. */
template <int size>
class ColumnBuilder {
public:
    static constexpr int kArea = size * size;

    explicit ColumnBuilder(sparse::BlockMatrix &matrix)
        : matrix_(matrix), work_(static_cast<std::size_t>(matrix.nodes) * kArea), owner_(matrix.nodes, -1) {}

    void start(int column) {
        column_ = column;
        rows_.clear();
    }

    double *block(int row) {
        double *at = &work_[static_cast<std::size_t>(row) * kArea];
        if (owner_[row] != column_) {
            owner_[row] = column_;
            rows_.push_back(row);
            std::fill_n(at, kArea, 0.0);
        }
        return at;
    }

    void finish() {
        std::sort(rows_.begin(), rows_.end());
        for (int row : rows_) {
            const double *at = &work_[static_cast<std::size_t>(row) * kArea];
            matrix_.row.push_back(row);
            matrix_.values.insert(matrix_.values.end(), at, at + kArea);
        }
        matrix_.first.push_back(static_cast<int>(matrix_.row.size()));
    }

private:
    sparse::BlockMatrix &matrix_;
    std::vector<double> work_;
    std::vector<int> owner_;
    std::vector<int> rows_;
    int column_ = -1;
};

template <int size>
void add_pairs(const std::vector<PairBlocks> &blocks, const PairColumns &pairs, int i, ColumnBuilder<size> &column) {
    constexpr int area = size * size;
    double *diagonal = column.block(i);
    for (int e = pairs.first[i]; e < pairs.first[i + 1]; ++e) {
        const auto &entry = pairs.entries[e];
        const PairBlocks &b = blocks[entry.pair];
        const double *own = entry.reversed ? b.second : b.first;
        for (int a = 0; a < area; ++a) diagonal[a] += own[a];
        if (entry.node == i) {
            // An image of the atom itself: both ends and both crossings fall on the diagonal.
            for (int r = 0; r < size; ++r)
                for (int c = 0; c < size; ++c)
                    diagonal[r * size + c] += b.second[r * size + c] + b.cross[r * size + c] + b.cross[c * size + r];
        } else if (entry.node > i) {
            double *to = column.block(entry.node);
            // Row = the other atom, column = i: the transpose of (first, second) where i is the first.
            for (int r = 0; r < size; ++r)
                for (int c = 0; c < size; ++c)
                    to[r * size + c] += entry.reversed ? b.cross[r * size + c] : b.cross[c * size + r];
        }
    }
}

template <int size>
sparse::BlockMatrix assemble(const Evaluator &evaluator, Block block, const std::vector<int> &rank,
                             double wave_number) {
    const auto stiffness = pair_stiffness(evaluator);
    const int n = evaluator.atoms();
    const auto &first = evaluator.first_active();
    std::vector<double> root(n);
    for (int i = 0; i < n; ++i) root[i] = std::sqrt(std::fabs(evaluator.embedding_curvature(i)));
    std::vector<PairBlocks> blocks(stiffness.size());
    for (int i = 0; i < n; ++i)
        for (int k = first[i]; k < first[i + 1]; ++k)
            blocks[k] =
                pair_blocks(stiffness[k], evaluator.pair(k).d, root[i], root[evaluator.partner(k)], block, wave_number);
    const PairColumns pairs(evaluator, rank);

    sparse::BlockMatrix matrix;
    matrix.nodes = evaluator.atoms();
    matrix.size = size;
    matrix.auxiliary = auxiliaries(block);
    matrix.first.assign(1, 0);
    ColumnBuilder<size> column(matrix);
    for (int i = 0; i < n; ++i) {
        column.start(i);
        add_pairs<size>(blocks, pairs, i, column);
        column.finish();
    }
    if (matrix.auxiliary > 0)
        for (int i = 0; i < n; ++i)
            matrix.values[(static_cast<std::size_t>(matrix.first[rank[i]]) + 1) * size * size - 1] =
                evaluator.embedding_curvature(i) < 0.0 ? 1.0 : -1.0;
    return matrix;
}

}  // namespace

const BlockSpace &block_space(Block block) {
    static const BlockSpace full{{0, 1, 2}, {0, 1, 2, 3, 4, 5}};
    static const BlockSpace in_plane{{0, 1}, {0, 1, 2, 5}};
    static const BlockSpace axial{{2}, {3, 4}};
    static const BlockSpace bloch{{0, 1, 2}, {}};
    switch (block) {
        case Block::in_plane:
            return in_plane;
        case Block::axial:
            return axial;
        case Block::bloch:
            return bloch;
        default:
            return full;
    }
}

sparse::BlockMatrix hessian(const Evaluator &evaluator, Block block, const std::vector<int> &rank, double wave_number) {
    if (evaluator.planar() == (block == Block::full))
        throw Error(NH_INTERNAL, "the full Hessian needs a full pair list, the others a planar one");
    switch (block) {
        case Block::axial:
            return assemble<1>(evaluator, block, rank, wave_number);
        case Block::in_plane:
            return assemble<3>(evaluator, block, rank, wave_number);
        default:
            return assemble<4>(evaluator, block, rank, wave_number);
    }
}

sparse::Graph coupling_graph(const Evaluator &evaluator) {
    const int n = evaluator.atoms();
    std::vector<std::vector<int>> near(n);
    const auto &begin = evaluator.first_active();
    for (int i = 0; i < n; ++i)
        for (int k = begin[i]; k < begin[i + 1]; ++k) {
            const int j = evaluator.partner(k);
            if (j == i) continue;
            near[i].push_back(j);
            near[j].push_back(i);
        }
    sparse::Graph graph;
    graph.first.assign(1, 0);
    for (auto &list : near) {
        std::sort(list.begin(), list.end());  // an atom may be met by several images
        list.erase(std::unique(list.begin(), list.end()), list.end());
        graph.to.insert(graph.to.end(), list.begin(), list.end());
        graph.first.push_back(static_cast<int>(graph.to.size()));
    }
    return graph;
}

}  // namespace nanohooke::eam
