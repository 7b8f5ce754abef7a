// SPDX-License-Identifier: Apache-2.0
//
// The thirteen constants of a cell that is extruded along z, C11 C22 C33 C12 C13 C23 C44 C55 C66 C16 C26 C36 C45, and
// the tensor they are of.
#pragma once

#include "common/mat3.h"

namespace nanohooke::capi {

inline constexpr int kConstants = 13;
/** Row and column (Voigt, from 0) of each constant in the tensor's upper triangle. */
inline constexpr int kRow[kConstants] = {0, 1, 2, 0, 0, 1, 3, 4, 5, 0, 1, 2, 3};
inline constexpr int kColumn[kConstants] = {0, 1, 2, 1, 2, 2, 3, 4, 5, 5, 5, 5, 4};
inline constexpr char kNames[] = "C11 C22 C33 C12 C13 C23 C44 C55 C66 C16 C26 C36 C45";

/** 6x6, row-major. */
void tensor_of(const double *constants, double *tensor);

/** A tensor seen after space is turned by `turn`: C'_ijkl = turn_im turn_jn turn_ko turn_lp C_mnop; not in place. */
void rotated(const double *tensor, const Mat3 &turn, double *out);

/** (C + C^T) / 2, in place. */
void make_symmetric(double *tensor);

}  // namespace nanohooke::capi
