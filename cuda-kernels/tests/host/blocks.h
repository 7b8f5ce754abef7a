// SPDX-License-Identifier: Apache-2.0
//
// One block after the other on the host. Threads run in turn on fibers; one that waits at a barrier keeps its fiber
// until the others of its warp or block have come.
#pragma once

#include <functional>
#include <string>

#include "cuda_runtime.h"

// Runs all blocks; what went wrong, or nothing: threads of one warp or block at different barriers, a warp's mask
// without the thread itself, an exception.
std::string host_run_blocks(dim3 grid, unsigned threads, size_t shared, const std::function<void()>& thread);
