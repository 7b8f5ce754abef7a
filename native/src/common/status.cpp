// SPDX-License-Identifier: Apache-2.0
#include "nanohooke/status.h"

#include "build_id.h"
#include "sparse/kernels/dense.h"

extern "C" {

const char *nh_version(void) { return NANOHOOKE_VERSION; }

const char *nh_build_id(void) { return NANOHOOKE_BUILD_ID; }

const char *nh_cpu_description(void) { return nanohooke::sparse::dense_kernel().description; }
}
