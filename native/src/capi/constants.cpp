// SPDX-License-Identifier: Apache-2.0
#include "capi/constants.h"

#include <algorithm>

namespace nanohooke::capi {

void tensor_of(const double *constants, double *tensor) {
    std::fill(tensor, tensor + 36, 0.0);
    for (int k = 0; k < kConstants; ++k)
        tensor[6 * kRow[k] + kColumn[k]] = tensor[6 * kColumn[k] + kRow[k]] = constants[k];
}

void rotated(const double *tensor, const Mat3 &turn, double *out) {
    // Bond's matrix: stresses turn by M, and C by M C M^T.
    double m[6][6];
    for (int i = 0; i < 6; ++i)
        for (int j = 0; j < 6; ++j) {
            const int a = kVoigtA[i], b = kVoigtB[i], c = kVoigtA[j], d = kVoigtB[j];
            m[i][j] = turn[a][c] * turn[b][d] + (c == d ? 0.0 : turn[a][d] * turn[b][c]);
        }
    double half[6][6] = {};
    for (int i = 0; i < 6; ++i)
        for (int j = 0; j < 6; ++j)
            for (int k = 0; k < 6; ++k) half[i][j] += m[i][k] * tensor[6 * k + j];
    for (int i = 0; i < 6; ++i)
        for (int j = 0; j < 6; ++j) {
            double sum = 0.0;
            for (int k = 0; k < 6; ++k) sum += half[i][k] * m[j][k];
            out[6 * i + j] = sum;
        }
}

void make_symmetric(double *tensor) {
    for (int i = 0; i < 6; ++i)
        for (int j = 0; j < i; ++j)
            tensor[6 * i + j] = tensor[6 * j + i] = 0.5 * (tensor[6 * i + j] + tensor[6 * j + i]);
}

}  // namespace nanohooke::capi
