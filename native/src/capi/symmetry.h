// SPDX-License-Identifier: Apache-2.0
//
// The eight symmetries of the square: what they do to a packed image and to the thirteen constants.
#pragma once

#include <cstddef>
#include <cstdint>

#include "capi/constants.h"

namespace nanohooke::capi {

/** Moves the material, (x, y) to (xx x + xy y, yx x + yy y); each number is -1, 0 or 1. */
struct Symmetry {
    int xx, xy, yx, yy;
    Symmetry inverse() const { return {xx, yx, xy, yy}; }
};

inline constexpr int kSymmetries = 8;
/** The identity first. */
inline constexpr Symmetry kSquare[kSymmetries] = {{1, 0, 0, 1},  {0, -1, 1, 0}, {-1, 0, 0, -1}, {0, 1, -1, 0},
                                                  {-1, 0, 0, 1}, {1, 0, 0, -1}, {0, 1, 1, 0},   {0, -1, -1, 0}};

/** Bytes of a packed image. */
inline std::size_t packed_bytes(int pixels) { return static_cast<std::size_t>(pixels) * ((pixels + 7) / 8); }

/** The image after the symmetry about its middle. */
void transform_image(int pixels, const std::uint8_t *packed, const Symmetry &symmetry, std::uint8_t *out);

/** The constants of the transformed material are sign[k] times the constants source[k] of the material itself. */
struct TurnedConstants {
    explicit TurnedConstants(const Symmetry &symmetry);
    int source[kConstants];
    int sign[kConstants];
};

}  // namespace nanohooke::capi
