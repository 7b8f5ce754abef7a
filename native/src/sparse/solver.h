// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "sparse/block_matrix.h"
#include "sparse/cholesky.h"

namespace nanohooke::sparse {

/** A symmetric system in the caller's order: orders, factorises and solves, see nanohooke/sparse.h. */
class Solver {
public:
    /** A pattern by block columns of the lower triangle, checked by the caller; coordinates 3 a node, or empty. */
    Solver(int nodes, int size, const int *first, const int *row, const std::vector<double> &coordinates);

    /** Shares factorisations among so many threads, the caller's included. */
    void use_threads(int threads);

    bool factorise(const double *values);
    bool factorise_indefinite(const double *values);
    /** In place; throws where refinement cannot bring the residual down. */
    void solve(double *b, int count) const;

    int order() const { return matrix_.order(); }
    long long entries() const { return static_cast<long long>(rank_entries_.size()); }
    int size() const { return matrix_.size; }
    const Cholesky &factor() const { return factor_; }
    long long factor_entries() const;
    /** A place of the factor's order in the caller's vectors. */
    int caller_place(int position) const {
        return node_at_[position / matrix_.size] * matrix_.size + position % matrix_.size;
    }
    double seconds_ordering() const { return seconds_ordering_; }
    bool ready() const { return ready_; }

private:
    void order_nodes(const int *first, const int *row, const std::vector<double> &coordinates);
    void take(const double *values);
    void refine(const double *b, double *x) const;

    BlockMatrix matrix_;
    Cholesky factor_;
    std::vector<int> rank_, node_at_;
    // Where the caller's blocks lie in matrix_; one that changed sides of the diagonal is transposed (-1 - place).
    std::vector<int> rank_entries_;
    double seconds_ordering_ = 0.0;
    bool ready_ = false, indefinite_ = false;
};

}  // namespace nanohooke::sparse
