// SPDX-License-Identifier: Apache-2.0
//
// The engine cudnn of one network: functions, handles and plans that Java found and owns.
#pragma once

#include <memory>
#include <vector>

#include "cudnn_calls.h"

namespace nanohooke {

// Plans of one convolution; without training only the first.
struct CudnnPlans {
    CudnnPlan forward, back, filter;
};

struct CudnnEngine {
    int precision;
    int batch;                          // images that the plans are for
    std::vector<CudnnPlans> plans;      // of every convolution
    std::unique_ptr<CudnnCalls> calls;  // null where memory is counted only

    static constexpr size_t kWorkspace = size_t{32} << 20;  // of cuBLAS, as NVIDIA recommends for its newest devices
};

}  // namespace nanohooke
