// SPDX-License-Identifier: Apache-2.0
#include "iterative/krylov.h"

#include <algorithm>
#include <cmath>

namespace nanohooke::iterative {

namespace {

constexpr std::uint64_t kSeed = 20211;
// Ritz values are looked at this often.
constexpr int kLook = 5;
// A Ritz value that negative is no rounding.
constexpr double kNegative = -1e-9;

double dot(const std::vector<double> &a, const std::vector<double> &b) {
    double sum = 0.0;
    for (std::size_t q = 0; q < a.size(); ++q) sum += a[q] * b[q];
    return sum;
}

/** Eigenvalues of a symmetric tridiagonal matrix below `x` (Sturm). */
int below(const std::vector<double> &diagonal, const std::vector<double> &off, double x) {
    int count = 0;
    double d = 1.0;
    for (std::size_t k = 0; k < diagonal.size(); ++k) {
        const double o = k == 0 ? 0.0 : off[k - 1];
        d = diagonal[k] - x - (k == 0 ? 0.0 : o * o / d);
        if (d == 0.0) d = 1e-300;
        if (d < 0.0) ++count;
    }
    return count;
}

/** The k-th eigenvalue (from 0) by bisection. */
double eigenvalue(const std::vector<double> &diagonal, const std::vector<double> &off, int k) {
    double low = diagonal[0], high = diagonal[0];
    for (std::size_t q = 0; q < diagonal.size(); ++q) {
        const double behind = q > 0 ? std::fabs(off[q - 1]) : 0.0;
        const double reach = behind + (q + 1 < diagonal.size() ? std::fabs(off[q]) : 0.0);
        low = std::min(low, diagonal[q] - reach);
        high = std::max(high, diagonal[q] + reach);
    }
    const double rounding = 1e-14 * std::max(std::fabs(low), std::fabs(high));
    while (high - low > rounding) {
        const double middle = 0.5 * (low + high);
        if (middle == low || middle == high) break;
        (below(diagonal, off, middle) > k ? high : low) = middle;
    }
    return 0.5 * (low + high);
}

}  // namespace

Solution solve(BlockOperator &hessian, Preconditioner &springs, const std::vector<double> &b, std::vector<double> &x,
               double tolerance, int most) {
    Solution result;
    std::vector<double> r = b, z = b, p, hp;
    for (std::size_t q = 0; q < r.size(); ++q)
        if (springs.pinned()[q]) r[q] = 0.0;
    x.assign(b.size(), 0.0);
    springs.solve(z);
    double rz = dot(r, z);
    const double start = rz;
    if (!(start > 0.0)) return result;
    p = z;
    while (result.iterations < most) {
        hessian.apply(p, hp);
        const double curvature = dot(p, hp);
        if (!(curvature > 0.0)) {
            result.definite = false;
            break;
        }
        ++result.iterations;
        const double length = rz / curvature;
        for (std::size_t q = 0; q < x.size(); ++q) {
            x[q] += length * p[q];
            r[q] -= length * hp[q];
        }
        z = r;
        springs.solve(z);
        const double next = dot(r, z);
        result.residual = std::sqrt(std::max(next, 0.0) / start);
        if (result.residual <= tolerance) break;
        const double turn = next / rz;
        rz = next;
        for (std::size_t q = 0; q < x.size(); ++q) p[q] = z[q] + turn * p[q];
    }
    return result;
}

Spectrum spectrum(BlockOperator &hessian, Preconditioner &springs, double chance, int most) {
    Spectrum result;
    Random random(kSeed);
    // p = P q are the steps' images; q is what H takes.
    std::vector<double> p = springs.random(random), q = p, before(p.size(), 0.0), next;
    springs.solve(q);
    double norm = std::sqrt(dot(p, q)), off_before = 0.0;
    std::size_t free = 0;
    for (char c : springs.pinned()) free += c == 0;
    if (!(norm > 0.0)) {
        result.chance = 0.0;
        return result;
    }
    std::vector<double> diagonal, off;
    for (std::size_t k = 0; k < p.size(); ++k) {
        p[k] /= norm;
        q[k] /= norm;
    }
    for (;;) {
        hessian.apply(q, next);
        const double along = dot(q, next);
        diagonal.push_back(along);
        ++result.steps;
        for (std::size_t k = 0; k < p.size(); ++k) next[k] -= along * p[k] + off_before * before[k];
        std::swap(before, p);
        p = next;
        auto solved = next;
        springs.solve(solved);
        const double square = dot(next, solved), length = std::sqrt(std::max(square, 0.0));
        const bool exhausted = !(length > 1e-12 * std::fabs(diagonal[0])) || result.steps >= static_cast<int>(free);
        if (result.steps % kLook == 0 || exhausted || result.steps >= most) {
            result.smallest = eigenvalue(diagonal, off, 0);
            result.largest = eigenvalue(diagonal, off, static_cast<int>(diagonal.size()) - 1);
            if (result.smallest < kNegative * std::max(result.largest, 1.0)) break;
            // A negative eigenvalue lies further below the Ritz value than all of it.
            const double share = std::max(0.0, result.smallest / result.largest);
            result.chance = exhausted ? 0.0
                                      : std::min(1.0, 1.648 * std::sqrt(static_cast<double>(free)) *
                                                          std::exp(-std::sqrt(share) * (2.0 * result.steps - 1.0)));
            if (exhausted || result.chance <= chance || result.steps >= most) break;
        }
        off.push_back(length);
        off_before = length;
        for (std::size_t k = 0; k < p.size(); ++k) {
            p[k] /= length;
            q[k] = solved[k] / length;
        }
    }
    return result;
}

}  // namespace nanohooke::iterative
