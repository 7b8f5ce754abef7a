// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "sparse/block_matrix.h"
#include "sparse/dense.h"
#include "sparse/symbolic.h"

namespace nanohooke::sparse {

/**
 * Sparse Cholesky factorisation A = L L' by the multifrontal method (Duff and Reid 1983; Liu 1992) on supernodes.
 * The analysis is kept while the pattern stays the same. A matrix that is not positive definite is a result, not an
 * error: factorise() answers false and pivots() tells where it stopped and with which value.
 */
class Cholesky {
public:
    bool factorise(const BlockMatrix &matrix);

    bool positive_definite() const { return done_; }
    /** Positions count degrees of freedom: node * block size + component. */
    const Pivots &pivots() const { return pivots_; }
    int order() const { return symbolic_.nodes * size_; }
    const Symbolic &symbolic() const { return symbolic_; }

    /** Solves A x = b in place for `count` right-hand sides that follow each other in b; needs a factorisation. */
    void solve(double *b, int count = 1) const;

    double seconds_analysis() const { return seconds_analysis_; }
    double seconds_factorisation() const { return seconds_factorisation_; }
    int factorisations() const { return factorisations_; }

private:
    bool same_pattern(const BlockMatrix &matrix) const;
    std::vector<double> take_memory(std::size_t size);
    void give_back(std::vector<double> &memory);
    void gather(const BlockMatrix &matrix, int s, double *panel, double *rest);
    void forward(int s, double *b, double *local) const;
    void backward(int s, double *b, double *local) const;
    void add_child(int child, int s, double *panel, double *rest);

    int size_ = 0;
    std::vector<int> pattern_first_, pattern_row_;
    Symbolic symbolic_;
    std::vector<std::vector<int>> children_;
    std::vector<std::size_t> panel_at_;
    std::vector<double> panels_;
    // Update matrices alive at the moment, and the memory of earlier ones: asking the system for fresh pages at every
    // front would cost as much as the arithmetic.
    std::vector<std::vector<double>> updates_, spare_;
    std::vector<int> local_;
    Pivots pivots_;
    bool done_ = false;
    double seconds_analysis_ = 0.0, seconds_factorisation_ = 0.0;
    int factorisations_ = 0;
};

}  // namespace nanohooke::sparse
