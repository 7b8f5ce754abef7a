// SPDX-License-Identifier: Apache-2.0
//
// Stands in for libcublasLt.so.13 in tests: it says its version.
#include <cstddef>

extern "C" {

size_t cublasLtGetVersion(void) { return 130100; }
}
