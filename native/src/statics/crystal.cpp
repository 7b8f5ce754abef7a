// SPDX-License-Identifier: Apache-2.0
#include "statics/crystal.h"

#include <cmath>

#include "common/random.h"

namespace nanohooke::statics {

namespace {

// A stiffness below this (GPa) is rounding: parts that do not touch leave exactly none.
constexpr double kLeastStiffness = 1e-6;

}  // namespace

Mat3 box_matrix(const double *b) { return Mat3{{{b[0], b[3], b[4]}, {0.0, b[1], b[5]}, {0.0, 0.0, b[2]}}}; }

void box_numbers(const Mat3 &h, double *box) {
    const double numbers[6] = {h[0][0], h[1][1], h[2][2], h[0][1], h[0][2], h[1][2]};
    for (int k = 0; k < 6; ++k) box[k] = numbers[k];
}

Crystal stacked(const Crystal &cell, int cells) {
    Crystal result = cell;
    for (int c = 1; c < cells; ++c)
        for (int i = 0; i < cell.atoms(); ++i) {
            for (int a = 0; a < 3; ++a) result.x.push_back(cell.x[3 * i + a] + c * cell.h[a][2]);
            result.origin.push_back(cell.origin[i]);
        }
    for (int a = 0; a < 3; ++a) result.h[a][2] *= cells;
    return result;
}

Crystal subset(const Crystal &crystal, const std::vector<bool> &keep) {
    Crystal result{crystal.potential, crystal.storage, {}, crystal.h, {}};
    for (int i = 0; i < crystal.atoms(); ++i) {
        if (!keep[i]) continue;
        result.x.insert(result.x.end(), &crystal.x[3 * i], &crystal.x[3 * i] + 3);
        result.origin.push_back(crystal.origin[i]);
    }
    return result;
}

void displace(Crystal &crystal, double size, int directions, std::uint64_t seed) {
    Random random(seed);
    for (int i = 0; i < crystal.atoms(); ++i)
        for (int a = 0; a < directions; ++a) crystal.x[3 * i + a] += random.uniform(-size, size);
}

Tensor rotated(const Tensor &tensor, const Mat3 &axes) {
    static constexpr int voigt[3][3] = {{0, 5, 4}, {5, 1, 3}, {4, 3, 2}};
    Tensor result{};
    for (int t = 0; t < 6; ++t)
        for (int u = 0; u < 6; ++u) {
            double sum = 0.0;
            for (int i = 0; i < 3; ++i)
                for (int j = 0; j < 3; ++j) {
                    const double left = axes[i][kVoigtA[t]] * axes[j][kVoigtB[t]];
                    for (int k = 0; k < 3; ++k)
                        for (int l = 0; l < 3; ++l)
                            sum += left * axes[k][kVoigtA[u]] * axes[l][kVoigtB[u]] *
                                   tensor[6 * voigt[i][j] + voigt[k][l]];
                }
            result[6 * t + u] = sum;
        }
    return result;
}

Mat3 turn_to_restricted_frame(Crystal &crystal) {
    // Gram-Schmidt on the lattice vectors: h = Q R with R upper triangular.
    Mat3 q;
    for (int c = 0; c < 3; ++c) {
        double v[3] = {crystal.h[0][c], crystal.h[1][c], crystal.h[2][c]};
        for (int p = 0; p < c; ++p) {
            double along = 0.0;
            for (int a = 0; a < 3; ++a) along += q[a][p] * crystal.h[a][c];
            for (int a = 0; a < 3; ++a) v[a] -= along * q[a][p];
        }
        const double length = std::sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
        for (int a = 0; a < 3; ++a) q[a][c] = v[a] / length;
    }
    const Mat3 turn = transpose(q);
    crystal.h = turn * crystal.h;
    crystal.h[1][0] = crystal.h[2][0] = crystal.h[2][1] = 0.0;
    for (int i = 0; i < crystal.atoms(); ++i) multiply(turn, &crystal.x[3 * i], &crystal.x[3 * i]);
    return q;
}

bool positive_definite(const Tensor &tensor) {
    double a[6][6];
    for (int i = 0; i < 6; ++i)
        for (int j = 0; j < 6; ++j) a[i][j] = tensor[6 * i + j];
    for (int j = 0; j < 6; ++j) {
        if (!(a[j][j] > kLeastStiffness)) return false;
        for (int i = j + 1; i < 6; ++i)
            for (int k = j + 1; k < 6; ++k) a[i][k] -= a[i][j] * a[j][k] / a[j][j];
    }
    return true;
}

}  // namespace nanohooke::statics
