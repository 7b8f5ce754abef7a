// SPDX-License-Identifier: Apache-2.0
#include "sparse/kernels/dense.h"

#include <cmath>
#include <cstdint>
#include <vector>

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

void Pivots::add(const Pivots &other) {
    if (other.smallest_ < smallest_) {
        smallest_ = other.smallest_;
        at_ = other.at_;
    }
    negative_ += other.negative_;
    replaced_ += other.replaced_;
}

namespace {

// Below these sizes plain loops are as fast as packed tiles.
constexpr int kSmallCholesky = 24;
constexpr int kSmallSolve = 12;
// What a thread takes at a time: rows or columns, a multiple of every kernel's tiles and strips, so that a slice is
// made of the very tiles that the whole is made of; and the products below which sharing costs more than it gains.
constexpr int kSlice = 192;
constexpr double kWorthSharing = 2e6;

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

/** The parts of a front's elimination, by halves, so that nearly all of the work is in packed products. */
class Front {
public:
    explicit Front(const Crew &crew) : crew_(crew) {}

    /** B (m x n) := B L^-T S; its rows are independent. */
    void solve_below(int m, int n, const double *l, int ldl, const double *signs, double *b, int ldb) const {
        shared(m, double(m) * n * n, [&](int begin, int end, double *room) {
            solve_rows(end - begin, n, l, ldl, signs, b + begin, ldb, room);
        });
    }

    /** Lower triangle of C (n x n) -= A S A'. */
    void rank_update(int n, int k, const double *a, int lda, const double *signs, double *c, int ldc) const {
        shared(n, double(n) * n * k, [&](int begin, int end, double *room) {
            double *corner = c + begin + static_cast<long>(begin) * ldc;
            const int below = n - end;
            dense_kernel().rank_update(end - begin, k, a + begin, lda, signs, corner, ldc, room);
            if (below > 0)
                dense_kernel().multiply(below, end - begin, k, a + end, lda, signs, a + begin, lda,
                                        corner + (end - begin), ldc, room);
        });
    }

    bool cholesky(int n, double *a, int lda, double *signs, int base, Pivots &record) const {
        if (n <= kSmallCholesky) return small_cholesky(n, a, lda, signs, base, record);
        const int left = (n / 2 + 11) / 12 * 12;
        if (!cholesky(left, a, lda, signs, base, record)) return false;
        solve_below(n - left, left, a, lda, signs, a + left, lda);
        double *rest = a + left + static_cast<long>(left) * lda;
        rank_update(n - left, left, a + left, lda, signs, rest, lda);
        return cholesky(n - left, rest, lda, signs + left, base + left, record);
    }

private:
    /** body(begin, end, room) for all of [0, n), in slices where the work is worth it. */
    template <typename Body>
    void shared(int n, double products, const Body &body) const {
        if (n == 0) return;
        if (crew_.workers == nullptr || n <= kSlice || products < kWorthSharing) {
            body(0, n, crew_.rooms[0]);
            return;
        }
        crew_.workers->run_slices(n, kSlice,
                                  [&](int begin, int end, int worker) { body(begin, end, crew_.rooms[worker]); });
    }

    void solve_rows(int m, int n, const double *l, int ldl, const double *signs, double *b, int ldb,
                    double *room) const {
        const DenseKernel &kernel = dense_kernel();
        if (n <= kSmallSolve) {
            kernel.right_solve(m, n, l, ldl, signs, b, ldb);
            return;
        }
        const int left = (n / 2 + 3) / 4 * 4;
        solve_rows(m, left, l, ldl, signs, b, ldb, room);
        kernel.multiply(m, n - left, left, b, ldb, signs, l + left, ldl, b + static_cast<long>(left) * ldb, ldb, room);
        const long corner = left + static_cast<long>(left) * ldl;
        solve_rows(m, n - left, l + corner, ldl, signs + left, b + static_cast<long>(left) * ldb, ldb, room);
    }

    const Crew &crew_;
};

}  // namespace

bool partial_cholesky(int n, int pivots, double *panel, double *rest, double *signs, int base, Pivots &record,
                      const Crew &crew) {
    const Front front(crew);
    if (!front.cholesky(pivots, panel, n, signs, base, record)) return false;
    const int below = n - pivots;
    front.solve_below(below, pivots, panel, n, signs, panel + pivots, n);
    if (below > 0) front.rank_update(below, pivots, panel + pivots, n, signs, rest, below);
    return true;
}

bool partial_cholesky(int n, int pivots, double *panel, double *rest, double *signs, int base, Pivots &record) {
    constexpr std::uintptr_t kLine = 64;  // bytes, what the kernels' packed blocks are aligned to
    thread_local std::vector<double> memory(workspace_size() + kLine / sizeof(double));
    const auto address = reinterpret_cast<std::uintptr_t>(memory.data());
    double *room = memory.data() + (kLine - address % kLine) % kLine / sizeof(double);
    return partial_cholesky(n, pivots, panel, rest, signs, base, record, Crew{nullptr, {room}});
}

}  // namespace nanohooke::sparse
