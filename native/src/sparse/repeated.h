// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "common/workers.h"
#include "sparse/block_matrix.h"
#include "sparse/symbolic.h"

namespace nanohooke::sparse {

/**
 * Cholesky factorisation of a positive definite matrix, most of which repeats itself: fronts of the multifrontal method
 * that are equal to the last bit, with all that is below them in the tree, are factorised once and kept once. They are
 * told by a 128-bit digest of values, structure and digests of the children. A beam of 8,000 equal cells so takes a
 * fiftieth of the memory, and solutions, which go through the tree level by level, eight equal fronts at a time, find
 * their panels in the cache. Where nothing repeats itself it is an ordinary factorisation on all cores.
 *
 * Results do not depend on the number of threads.
 */
class RepeatedCholesky {
public:
    explicit RepeatedCholesky(Workers &workers) : workers_(workers) {}

    /** In an order that the matrix has already. False: not positive definite; neither then nor by an error is there a
     *  factor. */
    bool factorise(const BlockMatrix &matrix);

    /** Solves A x = b in place for one right-hand side. */
    void solve(double *b);

    int order() const { return symbolic_.nodes * size_; }
    /** Numbers of the factor as it would be without repetitions, and as it is kept. */
    long long factor_entries() const { return entries_; }
    long long kept_entries() const { return kept_; }
    int fronts() const { return symbolic_.supernodes(); }
    int kinds() const { return static_cast<int>(kinds_.size()); }

private:
    /** Fronts that are equal. */
    struct Kind {
        int front;  // the first of them
        int level;
        int height, columns;                   // in nodes
        int parents = 0;                       // kinds that ask for the update
        std::vector<int> children;             // kinds
        std::vector<std::vector<int>> places;  // of each child's rows below among this one's, in nodes
        std::unique_ptr<double[]> panel, update;
    };
    /** Up to eight equal fronts. */
    struct Batch {
        int kind;
        int first, count;  // in fronts_
    };

    void analyse_structure(const BlockMatrix &matrix);
    void find_kinds(const BlockMatrix &matrix);
    bool factorise_kind(const BlockMatrix &matrix, Kind &kind, std::vector<double> &rest);
    void plan_solution();
    void forward(const Batch &batch, double *b, double *local);
    void backward(const Batch &batch, double *b, double *local);
    int below(const Kind &kind) const { return (kind.height - kind.columns) * size_; }

    Workers &workers_;
    int size_ = 0;
    std::vector<int> pattern_first_, pattern_row_;
    Symbolic symbolic_;
    std::vector<int> level_, child_first_, child_;
    std::vector<int> kind_of_;
    std::vector<Kind> kinds_;
    // Solutions: fronts by level and kind, in batches; what each hands to its parent or takes from it.
    std::vector<int> fronts_;
    std::vector<Batch> batches_;
    std::vector<int> level_first_;
    std::vector<std::size_t> passed_at_;
    std::vector<double> passed_;
    std::vector<std::vector<double>> local_;
    long long entries_ = 0, kept_ = 0;
};

}  // namespace nanohooke::sparse
