// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace nanohooke::sparse {

/**
 * Dense column-major kernels for one instruction set, single-threaded. They are the library's own so that a tensor
 * depends on no BLAS's build, thread count or instruction-set guess, and so that no process-wide thread setting of a
 * BLAS that the caller uses himself needs changing.
 */
struct DenseKernel {
    const char *description;
    /** C (m x n) -= A (m x k) B' (n x k). `workspace` as workspace_size() says. */
    void (*multiply)(int m, int n, int k, const double *a, int lda, const double *b, int ldb, double *c, int ldc,
                     double *workspace);
    /** Lower triangle of C (n x n) -= A A'. Entries just above the diagonal are overwritten with no meaning. */
    void (*rank_update)(int n, int k, const double *a, int lda, double *c, int ldc, double *workspace);
    /** B (m x n) := B L^-T for a small lower triangular L. */
    void (*right_solve)(int m, int n, const double *l, int ldl, double *b, int ldb);
    /** y[m] -= A (m x k) x[k]. */
    void (*apply)(int m, int k, const double *a, int lda, const double *x, double *y);
    /** y[k] -= A' (k x m) x[m]. */
    void (*apply_transposed)(int m, int k, const double *a, int lda, const double *x, double *y);
};

/** The kernel for this machine, chosen once. */
const DenseKernel &dense_kernel();

/** Doubles of workspace that multiply and rank_update need. */
int workspace_size();

/** What a factorisation saw on its diagonal. */
struct Pivots {
    /** Smallest pivot so far and its position; the failed one when `failed`. */
    double smallest;
    int at = -1;
    bool failed = false;
    Pivots();
    /** Records a pivot; false when it is not positive (a NaN included). */
    bool accept(double value, int position);
};

/**
 * First `pivots` columns of the Cholesky factor of the n x n matrix whose lower triangle is spread over two arrays:
 * `panel` (n x pivots, leading dimension n) and `rest` (the trailing square, leading dimension n - pivots), which
 * receives the Schur complement. `base` is added to positions in `record`. Stops at the first bad pivot: false.
 */
bool partial_cholesky(int n, int pivots, double *panel, double *rest, int base, Pivots &record);

}  // namespace nanohooke::sparse
