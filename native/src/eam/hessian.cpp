// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "common/error.h"
#include "eam/density_gradients.h"
#include "eam/derivatives.h"

namespace nanohooke::eam {

namespace {

/** What one pair adds: `own` to the diagonal blocks of both atoms, `cross` to the block (first atom, second atom). */
struct PairBlocks {
    double own[9];
    double cross[9];
};

PairBlocks pair_blocks(const PairStiffness &s, const double *d, Block block, double wave_number) {
    double k[3][3];
    for (int a = 0; a < 3; ++a)
        for (int b = 0; b < 3; ++b) k[a][b] = s.stretch * d[a] * d[b] + (a == b ? s.tension : 0.0);
    PairBlocks r{};
    switch (block) {
        case Block::full:
            for (int a = 0; a < 9; ++a) {
                r.own[a] = k[a / 3][a % 3];
                r.cross[a] = -r.own[a];
            }
            break;
        case Block::in_plane:
            for (int a = 0; a < 4; ++a) {
                r.own[a] = k[a / 2][a % 2];
                r.cross[a] = -r.own[a];
            }
            break;
        case Block::axial:
            r.own[0] = k[2][2];
            r.cross[0] = -k[2][2];
            break;
        case Block::bloch: {
            const double c = std::cos(wave_number * d[2]), sn = std::sin(wave_number * d[2]);
            r.own[8] = k[2][2];
            r.cross[8] = -c * k[2][2];
            for (int a = 0; a < 2; ++a) {
                for (int b = 0; b < 2; ++b) {
                    r.own[3 * a + b] = k[a][b];
                    r.cross[3 * a + b] = -c * k[a][b];
                }
                // i sin of the coupling to z, made real by u_z -> i u_z: antisymmetric in (xy, z).
                r.cross[3 * a + 2] = sn * k[a][2];
                r.cross[6 + a] = -sn * k[2][a];
            }
            break;
        }
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
void add_embedding(const DensityGradients &v, const std::vector<double> &curvature, int i,
                   ColumnBuilder<size> &column) {
    for (int e = v.first[i]; e < v.first[i + 1]; ++e) {
        const int k = v.node[e];
        const int at = v.mirror[e];  // (k, i); what follows in row k are the nodes above i
        double c[size];
        for (int b = 0; b < size; ++b) c[b] = curvature[k] * v.value[static_cast<std::size_t>(at) * size + b];
        for (int q = at; q < v.first[k + 1]; ++q) {
            const double *w = &v.value[static_cast<std::size_t>(q) * size];
            double *to = column.block(v.node[q]);
            for (int a = 0; a < size; ++a)
                for (int b = 0; b < size; ++b) to[a * size + b] += w[a] * c[b];
        }
    }
}

template <int size>
void add_pairs(const std::vector<PairBlocks> &blocks, const PairColumns &pairs, int i, ColumnBuilder<size> &column) {
    constexpr int area = size * size;
    double *diagonal = column.block(i);
    for (int e = pairs.first[i]; e < pairs.first[i + 1]; ++e) {
        const auto &entry = pairs.entries[e];
        const PairBlocks &b = blocks[entry.pair];
        for (int a = 0; a < area; ++a) diagonal[a] += b.own[a];
        if (entry.node == i) {
            // An image of the atom itself: both ends and both crossings fall on the diagonal.
            for (int r = 0; r < size; ++r)
                for (int c = 0; c < size; ++c)
                    diagonal[r * size + c] += b.own[r * size + c] + b.cross[r * size + c] + b.cross[c * size + r];
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
    std::vector<PairBlocks> blocks(stiffness.size());
    for (std::size_t k = 0; k < stiffness.size(); ++k)
        blocks[k] = pair_blocks(stiffness[k], evaluator.pair(k).d, block, wave_number);
    const PairColumns pairs(evaluator, rank);

    DensityGradients gradients;
    std::vector<double> curvature(evaluator.atoms());
    // An axial displacement at k = 0 changes no density to first order.
    if (block != Block::axial) {
        gradients = density_gradients(evaluator, stiffness, block, rank, wave_number);
        for (int i = 0; i < evaluator.atoms(); ++i) curvature[rank[i]] = evaluator.embedding()[i].second;
    }

    sparse::BlockMatrix matrix;
    matrix.nodes = evaluator.atoms();
    matrix.size = size;
    matrix.first.assign(1, 0);
    ColumnBuilder<size> column(matrix);
    for (int i = 0; i < matrix.nodes; ++i) {
        column.start(i);
        add_pairs<size>(blocks, pairs, i, column);
        if (block != Block::axial) add_embedding<size>(gradients, curvature, i, column);
        column.finish();
    }
    return matrix;
}

}  // namespace

const BlockSpace &block_space(Block block) {
    static const BlockSpace full{{0, 1, 2}, {0, 1, 2, 3, 4, 5}};
    static const BlockSpace in_plane{{0, 1}, {0, 1, 2, 5}};
    static const BlockSpace axial{{2}, {3, 4}};
    static const BlockSpace bloch{{0, 1, 2}, {}};
    switch (block) {
        case Block::in_plane: return in_plane;
        case Block::axial: return axial;
        case Block::bloch: return bloch;
        default: return full;
    }
}

sparse::BlockMatrix hessian(const Evaluator &evaluator, Block block, const std::vector<int> &rank,
                            double wave_number) {
    if (evaluator.planar() == (block == Block::full))
        throw Error(NH_INTERNAL, "the full Hessian needs a full pair list, the others a planar one");
    switch (block_space(block).components.size()) {
        case 1: return assemble<1>(evaluator, block, rank, wave_number);
        case 2: return assemble<2>(evaluator, block, rank, wave_number);
        default: return assemble<3>(evaluator, block, rank, wave_number);
    }
}

sparse::Graph coupling_graph(const Evaluator &evaluator) {
    const int n = evaluator.atoms();
    std::vector<std::vector<int>> near(n);
    std::vector<int> seen(n, -1);
    const auto &begin = evaluator.first_active();
    for (int i = 0; i < n; ++i)
        for (int k = begin[i]; k < begin[i + 1]; ++k) {
            const int j = evaluator.partner(k);
            if (j == i || seen[j] == i) continue;
            seen[j] = i;
            near[i].push_back(j);
            near[j].push_back(i);
        }
    sparse::Graph graph;
    graph.first.assign(1, 0);
    std::fill(seen.begin(), seen.end(), -1);
    for (int i = 0; i < n; ++i) {
        seen[i] = i;
        const auto add = [&](int j) {
            if (seen[j] == i) return;
            seen[j] = i;
            graph.to.push_back(j);
        };
        for (int k : near[i]) {
            add(k);
            for (int j : near[k]) add(j);
        }
        graph.first.push_back(static_cast<int>(graph.to.size()));
    }
    return graph;
}

}  // namespace nanohooke::eam
