// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <limits>
#include <vector>

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
    void (*rank_update)(int n, int k, const double *a, int lda, const double *s, double *c, int ldc,
                        double *workspace);
    /** B (m x n) := B L^-T S for a small lower triangular L. */
    void (*right_solve)(int m, int n, const double *l, int ldl, const double *s, double *b, int ldb);
    /** y[m] -= A (m x k) x[k]. */
    void (*apply)(int m, int k, const double *a, int lda, const double *x, double *y);
    /** y[k] -= A' (k x m) x[m]. */
    void (*apply_transposed)(int m, int k, const double *a, int lda, const double *x, double *y);
};

/** The kernel for this machine, chosen once. */
const DenseKernel &dense_kernel();

/** Doubles of workspace that multiply and rank_update need. */
int workspace_size();

/**
 * What a factorisation sees on its diagonal. A symmetric matrix is congruent to the diagonal of its pivots' signs
 * (Sylvester): where as many pivots are negative as there are auxiliary freedoms that bring a negative one, the matrix
 * without these is positive definite.
 */
class Pivots {
public:
    Pivots() = default;
    /** `signs`: expected ones. A pivot of another sign ends the factorisation where its size is below `tolerated`. */
    Pivots(const std::vector<signed char> &signs, double tolerated);

    /** The pivot's sign; 0 where the factorisation has to stop. */
    int accept(double value, int position);

    /** Of all pivots, as many are negative as were expected. */
    bool as_expected() const { return !stopped_ && surplus_ == 0; }
    /** Smallest pivot that should be positive, and its position; not above 0 where things are not as expected. */
    double smallest() const { return as_expected() ? least_ : wrong_; }
    int at() const { return as_expected() ? least_at_ : wrong_at_; }

private:
    const std::vector<signed char> *signs_ = nullptr;
    double tolerated_ = 0.0;
    double least_ = std::numeric_limits<double>::infinity(), wrong_ = 0.0;
    int least_at_ = -1, wrong_at_ = -1;
    int surplus_ = 0;  // negative pivots above the number expected
    bool stopped_ = false;
};

/**
 * First `pivots` columns of the factor L of L S L' = the n x n matrix whose lower triangle is spread over two arrays:
 * `panel` (n x pivots, leading dimension n) and `rest` (the trailing square, leading dimension n - pivots), which
 * receives the Schur complement. `signs` receives S. `base` is added to positions in `record`. Stops where the record
 * says so: false.
 */
bool partial_cholesky(int n, int pivots, double *panel, double *rest, double *signs, int base, Pivots &record);

}  // namespace nanohooke::sparse
