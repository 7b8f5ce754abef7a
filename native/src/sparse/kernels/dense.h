// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>
#include <vector>

#include "common/workers.h"

namespace nanohooke::sparse {

/**
 * Dense column-major kernels for one instruction set, single-threaded. They are the library's own so that a tensor
 * depends on no BLAS's build, thread count or instruction-set guess, and so that no process-wide thread setting of a
 * BLAS that the caller uses himself needs changing.
 */
struct DenseKernel {
    const char *description;
    /** C (m x n) -= A (m x k) S B' (n x k), S diagonal of +1 and -1. `workspace` as workspace_size() says. */
    void (*multiply)(int m, int n, int k, const double *a, int lda, const double *s, const double *b, int ldb,
                     double *c, int ldc, double *workspace);
    /** Lower triangle of C (n x n) -= A S A'. Entries just above the diagonal are overwritten with no meaning. */
    void (*rank_update)(int n, int k, const double *a, int lda, const double *s, double *c, int ldc, double *workspace);
    /** B (m x n) := B L^-T S for a small lower triangular L. */
    void (*right_solve)(int m, int n, const double *l, int ldl, const double *s, double *b, int ldb);
    /** y[m] -= A (m x k) x[k]. */
    void (*apply)(int m, int k, const double *a, int lda, const double *x, double *y);
    /** y[k] -= A' (k x m) x[m]. */
    void (*apply_transposed)(int m, int k, const double *a, int lda, const double *x, double *y);
    /** The same with A in single precision; sums are in double. */
    void (*apply_single)(int m, int k, const float *a, int lda, const double *x, double *y);
    void (*apply_single_transposed)(int m, int k, const float *a, int lda, const double *x, double *y);
};

/** The kernel for this machine, chosen once. */
const DenseKernel &dense_kernel();

/** Doubles of workspace that multiply and rank_update need. */
int workspace_size();

/** What a factorisation sees on its diagonal; one that is not as expected ends it. */
class Pivots {
public:
    Pivots() = default;
    /** `signs`: the expected ones; a pivot that is not above `least` in size is not trusted to have one. */
    Pivots(const std::vector<signed char> &signs, double least) : signs_(&signs), least_(least) {}
    /** Any sign is welcome; a pivot that is not above `least` in size is replaced by one that is. */
    static Pivots of_any_sign(double least) {
        Pivots pivots;
        pivots.least_ = least;
        return pivots;
    }

    /** The pivot's sign; 0 where the factorisation has to stop (a NaN included). May replace the value, see above. */
    int accept(double &value, int position);

    /** Adds what another part of the same matrix has seen. */
    void add(const Pivots &other);

    /** Pivots below zero and replaced ones, both only where any sign is welcome. */
    int negative() const { return negative_; }
    int replaced() const { return replaced_; }

    /** Smallest pivot that is to be positive, and its position; after a stop the last one, times its expected sign. */
    double smallest() const { return smallest_; }
    int at() const { return at_; }

private:
    const std::vector<signed char> *signs_ = nullptr;
    double least_ = 0.0;
    double smallest_ = std::numeric_limits<double>::infinity();
    int at_ = -1;
    int negative_ = 0, replaced_ = 0;
};

/** Who works on a dense front: the calling thread alone, or all workers; room of workspace_size() for each. */
struct Crew {
    Workers *workers = nullptr;
    std::vector<double *> rooms;
};

/**
 * First `pivots` columns of the factor L of L S L' = the n x n matrix whose lower triangle is spread over two arrays:
 * `panel` (n x pivots, leading dimension n) and `rest` (the trailing square, leading dimension n - pivots), which
 * receives the Schur complement. `signs` receives S. `base` is added to positions in `record`. Stops where the record
 * says so: false. The same to the bit whatever the crew.
 */
bool partial_cholesky(int n, int pivots, double *panel, double *rest, double *signs, int base, Pivots &record,
                      const Crew &crew);
/** By the calling thread alone, in a room of its own that it keeps. */
bool partial_cholesky(int n, int pivots, double *panel, double *rest, double *signs, int base, Pivots &record);

}  // namespace nanohooke::sparse
