// SPDX-License-Identifier: Apache-2.0
//
// Tensors of atoms by the native Hessian kernel, in the axes of the atoms.
#pragma once

#include "capi/eam_file.h"
#include "nanohooke/statics.h"
#include "nanohooke_c.h"

namespace nanohooke::capi {

/** What nanohooke_statics does, its pointers checked already. */
void calculate_statics(const nh_eam *eam, int count, const double *positions, const double *cell,
                       const nanohooke_statics_options &options, nanohooke_statics_result &result, double *relaxed);

}  // namespace nanohooke::capi
