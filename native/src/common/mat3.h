// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cmath>

namespace nanohooke {

/** A 3 x 3 matrix, row-major. The columns of a box matrix are the three lattice vectors. */
struct Mat3 {
    double m[3][3] = {};

    double *operator[](int row) { return m[row]; }
    const double *operator[](int row) const { return m[row]; }

    static Mat3 identity() {
        Mat3 r;
        for (int a = 0; a < 3; ++a) r[a][a] = 1.0;
        return r;
    }
};

inline Mat3 operator*(const Mat3 &a, const Mat3 &b) {
    Mat3 r;
    for (int i = 0; i < 3; ++i)
        for (int j = 0; j < 3; ++j)
            for (int k = 0; k < 3; ++k) r[i][j] += a[i][k] * b[k][j];
    return r;
}

inline Mat3 transpose(const Mat3 &a) {
    Mat3 r;
    for (int i = 0; i < 3; ++i)
        for (int j = 0; j < 3; ++j) r[i][j] = a[j][i];
    return r;
}

inline double determinant(const Mat3 &a) {
    return a[0][0] * (a[1][1] * a[2][2] - a[1][2] * a[2][1]) - a[0][1] * (a[1][0] * a[2][2] - a[1][2] * a[2][0]) +
           a[0][2] * (a[1][0] * a[2][1] - a[1][1] * a[2][0]);
}

inline Mat3 inverse(const Mat3 &a) {
    const double d = determinant(a);
    Mat3 r;
    for (int i = 0; i < 3; ++i)
        for (int j = 0; j < 3; ++j) {
            const int i1 = (i + 1) % 3, i2 = (i + 2) % 3, j1 = (j + 1) % 3, j2 = (j + 2) % 3;
            r[j][i] = (a[i1][j1] * a[i2][j2] - a[i1][j2] * a[i2][j1]) / d;
        }
    return r;
}

inline void multiply(const Mat3 &a, const double *x, double *y) {
    const double x0 = x[0], x1 = x[1], x2 = x[2];
    for (int i = 0; i < 3; ++i) y[i] = a[i][0] * x0 + a[i][1] * x1 + a[i][2] * x2;
}

/** Largest magnitude of a component. */
inline double max_abs(const Mat3 &a) {
    double r = 0.0;
    for (const auto &row : a.m)
        for (double v : row) r = std::fmax(r, std::fabs(v));
    return r;
}

/** Voigt index -> the two directions, order 11 22 33 23 13 12. */
inline constexpr int kVoigtA[6] = {0, 1, 2, 1, 0, 0};
inline constexpr int kVoigtB[6] = {0, 1, 2, 2, 2, 1};

/** I + eps from six engineering strains. */
inline Mat3 deformation(const std::array<double, 6> &strain) {
    Mat3 f = Mat3::identity();
    for (int t = 0; t < 3; ++t) f[t][t] += strain[t];
    for (int t = 3; t < 6; ++t) {
        f[kVoigtA[t]][kVoigtB[t]] += 0.5 * strain[t];
        f[kVoigtB[t]][kVoigtA[t]] += 0.5 * strain[t];
    }
    return f;
}

}  // namespace nanohooke
