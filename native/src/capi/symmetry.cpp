// SPDX-License-Identifier: Apache-2.0
#include "capi/symmetry.h"

#include <algorithm>
#include <utility>

namespace nanohooke::capi {

namespace {

/** Voigt index of two directions. */
int voigt(int a, int b) {
    for (int t = 0; t < 6; ++t)
        if ((kVoigtA[t] == a && kVoigtB[t] == b) || (kVoigtA[t] == b && kVoigtB[t] == a)) return t;
    return -1;
}

int constant_at(int row, int column) {
    if (row > column) std::swap(row, column);
    for (int k = 0; k < kConstants; ++k)
        if (std::min(kRow[k], kColumn[k]) == row && std::max(kRow[k], kColumn[k]) == column) return k;
    return -1;
}

}  // namespace

void transform_image(int pixels, const std::uint8_t *packed, const Symmetry &symmetry, std::uint8_t *out) {
    const std::size_t stride = (static_cast<std::size_t>(pixels) + 7) / 8;
    std::fill(out, out + packed_bytes(pixels), std::uint8_t{0});
    const Symmetry back = symmetry.inverse();
    for (int row = 0; row < pixels; ++row)
        for (int column = 0; column < pixels; ++column) {
            // Twice the distance of the pixel from the middle, right and upwards.
            const int x = 2 * column + 1 - pixels, y = pixels - 1 - 2 * row;
            const int from_column = (back.xx * x + back.xy * y + pixels - 1) / 2;
            const int from_row = (pixels - 1 - back.yx * x - back.yy * y) / 2;
            const int bit = packed[from_row * stride + from_column / 8] >> (from_column % 8) & 1;
            out[row * stride + column / 8] |= static_cast<std::uint8_t>(bit << (column % 8));
        }
}

TurnedConstants::TurnedConstants(const Symmetry &s) {
    // C'_abcd = R_ap R_bq R_cr R_ds C_pqrs, and R has one entry a row.
    const int from[3] = {s.xx != 0 ? 0 : 1, s.yx != 0 ? 0 : 1, 2};
    const int signs[3] = {s.xx + s.xy, s.yx + s.yy, 1};
    for (int k = 0; k < kConstants; ++k) {
        const int a = kVoigtA[kRow[k]], b = kVoigtB[kRow[k]], c = kVoigtA[kColumn[k]], d = kVoigtB[kColumn[k]];
        source[k] = constant_at(voigt(from[a], from[b]), voigt(from[c], from[d]));
        sign[k] = signs[a] * signs[b] * signs[c] * signs[d];
    }
}

}  // namespace nanohooke::capi
