// SPDX-License-Identifier: Apache-2.0
#include "nanohooke/status.h"

#include "sparse/dense.h"

extern "C" {

const char *nh_version(void) { return NANOHOOKE_VERSION; }

const char *nh_cpu_description(void) { return nanohooke::sparse::dense_kernel().description; }
}
