// SPDX-License-Identifier: Apache-2.0
#include "sparse/dense.h"

#include <cmath>

namespace nanohooke::sparse {

extern const DenseKernel baseline_kernel;
#ifdef NANOHOOKE_AVX2
extern const DenseKernel avx2_kernel;
extern const DenseKernel avx512_kernel;
#endif

const DenseKernel &dense_kernel() {
#ifdef NANOHOOKE_AVX2
    static const bool widest = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
                               __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw");
    if (widest) return avx512_kernel;
    static const bool wide = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    if (wide) return avx2_kernel;
#endif
    return baseline_kernel;
}

int workspace_size() { return 320000; }

int Pivots::accept(double &value, int position) {
    if (signs_ == nullptr) {
        if (!std::isfinite(value)) return 0;
        if (!(std::fabs(value) > least_)) {
            value = value < 0.0 ? -least_ : least_;
            ++replaced_;
        }
        if (value < smallest_) {
            smallest_ = value;
            at_ = position;
        }
        if (value < 0.0) ++negative_;
        return value < 0.0 ? -1 : 1;
    }
    const int expected = (*signs_)[position];
    const double size = value * expected;
    const bool stop = !(size > least_);
    if (stop || (expected > 0 && size < smallest_)) {
        smallest_ = size;
        at_ = position;
    }
    return stop ? 0 : expected;
}

namespace {

// Below these sizes plain loops are as fast as packed tiles.
constexpr int kSmallCholesky = 24;
constexpr int kSmallSolve = 12;

double *workspace() {
    static thread_local std::vector<double> memory(workspace_size());
    return memory.data();
}

bool small_cholesky(int n, double *a, int lda, double *signs, int base, Pivots &record) {
    for (int j = 0; j < n; ++j) {
        double *column = a + static_cast<long>(j) * lda;
        for (int k = 0; k < j; ++k) {
            const double *left = a + static_cast<long>(k) * lda;
            const double factor = signs[k] * left[j];
            for (int i = j; i < n; ++i) column[i] -= factor * left[i];
        }
        const int sign = record.accept(column[j], base + j);
        if (sign == 0) return false;
        signs[j] = sign;
        column[j] = std::sqrt(std::fabs(column[j]));
        const double inverse = sign / column[j];
        for (int i = j + 1; i < n; ++i) column[i] *= inverse;
    }
    return true;
}

/** B (m x n) := B L^-T S by halves, so that nearly all of the work is in multiply(). */
void solve_below(int m, int n, const double *l, int ldl, const double *signs, double *b, int ldb) {
    if (m == 0) return;
    const DenseKernel &kernel = dense_kernel();
    if (n <= kSmallSolve) {
        kernel.right_solve(m, n, l, ldl, signs, b, ldb);
        return;
    }
    const int left = (n / 2 + 3) / 4 * 4;
    solve_below(m, left, l, ldl, signs, b, ldb);
    kernel.multiply(m, n - left, left, b, ldb, signs, l + left, ldl, b + static_cast<long>(left) * ldb, ldb,
                    workspace());
    const long corner = left + static_cast<long>(left) * ldl;
    solve_below(m, n - left, l + corner, ldl, signs + left, b + static_cast<long>(left) * ldb, ldb);
}

bool cholesky(int n, double *a, int lda, double *signs, int base, Pivots &record) {
    if (n <= kSmallCholesky) return small_cholesky(n, a, lda, signs, base, record);
    const int left = (n / 2 + 11) / 12 * 12;
    if (!cholesky(left, a, lda, signs, base, record)) return false;
    solve_below(n - left, left, a, lda, signs, a + left, lda);
    double *rest = a + left + static_cast<long>(left) * lda;
    dense_kernel().rank_update(n - left, left, a + left, lda, signs, rest, lda, workspace());
    return cholesky(n - left, rest, lda, signs + left, base + left, record);
}

}  // namespace

bool partial_cholesky(int n, int pivots, double *panel, double *rest, double *signs, int base, Pivots &record) {
    if (!cholesky(pivots, panel, n, signs, base, record)) return false;
    const int below = n - pivots;
    solve_below(below, pivots, panel, n, signs, panel + pivots, n);
    if (below > 0) dense_kernel().rank_update(below, pivots, panel + pivots, n, signs, rest, below, workspace());
    return true;
}

}  // namespace nanohooke::sparse
