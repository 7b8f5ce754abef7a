// SPDX-License-Identifier: Apache-2.0
#include "hyperelastic/stability.h"

#include <algorithm>
#include <cmath>

#include "common/error.h"
#include "common/random.h"

namespace nanohooke::hyperelastic {

namespace {

/** Symmetric matrix of the displacements in the deformed state, each orbit's weighted to unit length. Full storage. */
std::vector<double> hessian(CellState &state, const Mat3 &to_reference) {
    const auto &orbits = state.cell().orbits();
    const int dim = state.cell().dimension(), n = state.freedoms();
    const auto &from = state.matrix();
    std::vector<double> h(static_cast<std::size_t>(n) * n);
    for (int j = 0; j < orbits.count(); ++j)
        for (int i = j; i < orbits.count(); ++i) {
            const double weight = 1.0 / std::sqrt(orbits.size[i] * orbits.size[j]);
            double block[3][3], half[3][3];
            for (int r = 0; r < dim; ++r)
                for (int c = 0; c < dim; ++c) {
                    const int row = std::max(dim * i + r, dim * j + c), column = std::min(dim * i + r, dim * j + c);
                    block[r][c] = from[static_cast<std::size_t>(state.rows()) * column + row] * weight;
                }
            // H_x = F^-T H_s F^-1, s = F^-1 dx.
            for (int r = 0; r < dim; ++r)
                for (int c = 0; c < dim; ++c) {
                    half[r][c] = 0.0;
                    for (int k = 0; k < dim; ++k) half[r][c] += block[r][k] * to_reference[k][c];
                }
            for (int r = 0; r < dim; ++r)
                for (int c = 0; c < dim; ++c) {
                    double value = 0.0;
                    for (int k = 0; k < dim; ++k) value += to_reference[k][r] * half[k][c];
                    h[static_cast<std::size_t>(n) * (dim * j + c) + dim * i + r] = value;
                    h[static_cast<std::size_t>(n) * (dim * i + r) + dim * j + c] = value;
                }
        }
    return h;
}

/** Cholesky factor of h + shift, or nothing. */
bool factorise(const std::vector<double> &h, int n, double shift, std::vector<double> &l) {
    l = h;
    for (int q = 0; q < n; ++q) l[(static_cast<std::size_t>(n) + 1) * q] += shift;
    return dense_cholesky(n, n, l.data(), nullptr, 0.0);
}

double norm(const std::vector<double> &v) {
    double sum = 0.0;
    for (const double value : v) sum += value * value;
    return std::sqrt(sum);
}

/** Smallest eigenvalue and its vector, by inverse iteration with shifts that come nearer. */
double smallest_pair(const std::vector<double> &h, int n, std::vector<double> &v) {
    constexpr int kRounds = 4, kIterations = 60;
    v.resize(n);
    Random random(1);
    for (double &value : v) value = random.uniform(-1.0, 1.0);
    std::vector<double> l, product(n);
    double shift = 0.0, value = 0.0;
    for (double next = 1e-3; !factorise(h, n, shift, l); next *= 4.0) shift = next;
    for (int round = 0; round < kRounds; ++round) {
        for (int iteration = 0; iteration < kIterations; ++iteration) {
            for (int q = 0; q < n; ++q) {
                const double *column = &l[static_cast<std::size_t>(n) * q];
                v[q] /= column[q];
                for (int r = q + 1; r < n; ++r) v[r] -= column[r] * v[q];
            }
            for (int q = n; q-- > 0;) {
                const double *column = &l[static_cast<std::size_t>(n) * q];
                double sum = v[q];
                for (int r = q + 1; r < n; ++r) sum -= column[r] * v[r];
                v[q] = sum / column[q];
            }
            const double size = norm(v);
            for (double &component : v) component /= size;
            std::fill(product.begin(), product.end(), 0.0);
            for (int q = 0; q < n; ++q)
                for (int r = 0; r < n; ++r) product[r] += h[static_cast<std::size_t>(n) * q + r] * v[q];
            const double before = value;
            value = 0.0;
            for (int q = 0; q < n; ++q) value += v[q] * product[q];
            if (std::fabs(value - before) <= 1e-10 * std::max(1.0, std::fabs(value))) break;
        }
        // A Rayleigh quotient lies above the smallest eigenvalue: go down until the matrix is definite.
        bool found = false;
        for (double margin = 1e-4 * std::max(1e-3, std::fabs(value)); !found && margin < 1.0; margin *= 8.0) {
            if (margin - value >= shift && shift > 0.0) break;
            found = factorise(h, n, margin - value, l);
            if (found) shift = margin - value;
        }
        if (!found) {
            factorise(h, n, shift, l);
            break;
        }
    }
    return value;
}

}  // namespace

Softest softest_mode(CellState &state, const double *f, const double *displacements) {
    const UnitCell &cell = state.cell();
    const auto &orbits = cell.orbits();
    const Mat3 gradient{{{f[0], f[1], f[2]}, {f[3], f[4], f[5]}, {f[6], f[7], f[8]}}};
    const Mat3 to_reference = inverse(gradient), c = transpose(gradient) * gradient;
    const int dim = cell.dimension(), n = state.freedoms();
    Softest softest{0.0, false, {}};
    for (const Motion motion : {Motion::following, Motion::breaking}) {
        if (motion == Motion::breaking && !orbits.inversion) continue;
        if (!state.evaluate(&c.m[0][0], displacements, true, motion))
            throw Error(NH_NOT_FINITE, "the deformed atoms are too near to each other or too far apart");
        state.add_embedding_curvature();
        std::vector<double> vector;
        const double value = smallest_pair(hessian(state, to_reference), n, vector);
        if (!softest.mode.empty() && value >= softest.eigenvalue) continue;
        softest = {value, motion == Motion::breaking, std::vector<double>(3 * static_cast<std::size_t>(cell.atoms()))};
        for (int i = 0; i < cell.atoms(); ++i) {
            const int orbit = orbits.orbit[i];
            const double sign = orbits.image[i] && motion == Motion::following ? -1.0 : 1.0;
            for (int a = 0; a < dim; ++a)
                softest.mode[3 * i + a] = sign * vector[dim * orbit + a] / std::sqrt(orbits.size[orbit]);
        }
    }
    return softest;
}

}  // namespace nanohooke::hyperelastic
