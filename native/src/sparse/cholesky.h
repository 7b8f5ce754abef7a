// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "common/workers.h"
#include "sparse/block_matrix.h"
#include "sparse/kernels/dense.h"
#include "sparse/schedule.h"
#include "sparse/storage.h"
#include "sparse/symbolic.h"

namespace nanohooke::sparse {

/**
 * Sparse Cholesky factorisation A = L S L' by the multifrontal method (Duff and Reid 1983; Liu 1992) on supernodes. S
 * is diagonal, +1 but for auxiliary freedoms with a negative diagonal. The analysis is kept while the pattern stays the
 * same. A matrix that is not positive definite is a result, not an error: the answer is false and pivots() tells where
 * it stopped and with which value.
 */
class Cholesky {
public:
    explicit Cholesky(std::shared_ptr<Storage> storage = std::make_shared<Storage>(),
                      const Amalgamation &amalgamation = {})
        : amalgamation_(amalgamation), storage_(std::move(storage)) {}

    /**
     * Shares factorisations among threads; null: the caller's alone. The factor is the same to the bit; of a matrix
     * that is not positive definite another failing pivot may be the one that is told. Solving is one thread's.
     */
    void share(std::shared_ptr<Workers> workers);

    /**
     * Factors are kept rounded to single precision from now on, front by front as they are made: half of the memory
     * and, where that is what solutions wait for, of the time. Solutions are those of the rounded factor, whose product
     * with its transpose is symmetric and positive definite, too: for preconditioners. Before all else.
     */
    void round_factors() { rounded_ = true; }

    /** What a factorisation needs to know of a matrix beside its numbers; else the first one of a pattern does it. */
    void analyse(const BlockMatrix &pattern);

    /**
     * True where all pivots have the signs of S. By Sylvester's law of inertia the condensed matrix is positive
     * definite then. False decides that it is not only where nothing is auxiliary: else the matrix may just not be
     * quasi-definite (Vanderbei 1995).
     */
    bool factorise(const BlockMatrix &matrix);

    /**
     * A = L S L' with S as the pivots come, without interchanges. A pivot that is zero to rounding is replaced by a
     * small one (static pivoting, Schenk and Gaertner 2006): solutions then need refinement. Where none was, the
     * number of negative pivots is that of the negative eigenvalues. False for a matrix that is not finite.
     */
    bool factorise_indefinite(const BlockMatrix &matrix);

    /** What is told of a matrix that is not positive definite: that alone, or the pivot that says so, too. */
    enum class Refusal { alone, with_pivot };

    /**
     * Decides. Without auxiliary freedoms that is what factorise() does. With them the negative eigenvalues are
     * counted; where the count is doubtful, or a pivot is wanted, the matrix is condensed, which is denser and takes
     * some ten times as long.
     */
    bool factorise_exactly(BlockMatrix &matrix, Refusal refusal = Refusal::with_pivot);

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
    /** What one thread works with. */
    struct Memory {
        // Update matrices alive at the moment, one on top of the other; and that of the front at work.
        Storage::Piece updates, rest;
        Storage::Piece packed;
        Storage::Piece panel;  // of the front at work, where factors are rounded
        std::vector<int> local, place;
        std::size_t top = 0;  // end of the updates
    };

    void plan_fronts();
    void provide_work(const std::shared_ptr<Storage> &storage);
    void prepare(const BlockMatrix &matrix);
    bool eliminate(const BlockMatrix &matrix);
    bool eliminate_fronts(const BlockMatrix &matrix);
    bool eliminate_branches(const BlockMatrix &matrix);
    bool eliminate_front(const BlockMatrix &matrix, int s, Memory &memory, const Crew &crew, Pivots &pivots);
    Pivots expectations(const BlockMatrix &matrix);
    enum class Count { auxiliary_alone, more, doubtful };
    Count count_negative(const BlockMatrix &matrix);
    double backward_error(const BlockMatrix &matrix) const;
    void gather(const BlockMatrix &matrix, int s, Memory &memory, double *panel);
    template <class Number>
    void forward(int s, const Number *panel, double *b, double *local) const;
    template <class Number>
    void backward(int s, const Number *panel, double *b, double *local) const;
    template <class Number>
    void solve(const Number *panels, double *b, int count) const;
    void add_child(int child, int s, const double *update, Memory &memory, double *panel);

    Amalgamation amalgamation_;
    int size_ = 0;
    std::vector<int> pattern_first_, pattern_row_;
    Symbolic symbolic_;
    Schedule schedule_;
    std::vector<std::size_t> panel_at_;
    std::shared_ptr<Storage> storage_;
    std::shared_ptr<Workers> workers_;
    // The factor; updates that branches hand to the crown; and what each thread works with.
    Storage::Piece panels_, handed_;
    bool rounded_ = false;
    std::unique_ptr<float[]> rounded_panels_;
    std::vector<Memory> memory_;
    std::vector<signed char> expected_;
    std::vector<double> signs_;  // S
    Pivots pivots_;
    bool done_ = false;
    double seconds_analysis_ = 0.0, seconds_factorisation_ = 0.0;
    int factorisations_ = 0;
};

}  // namespace nanohooke::sparse
