// SPDX-License-Identifier: Apache-2.0
//
// Adam: Kingma and Ba, arXiv 1412.6980, algorithm 1; epsilon is added to the corrected root.
#pragma once

#include "device.h"

namespace nanohooke {

// Of one step, in device memory: a graph that was captured once reads what the next step is to do.
struct AdamStep {
    float rate, correct1, correct2;  // correct: 1 / (1 - beta^step)
};

// Of step `step`, the first being 1.
__host__ __device__ inline AdamStep adam_step_of(float rate, int64_t step) {
    const double steps = static_cast<double>(step);
    return {rate, static_cast<float>(1.0 / (1.0 - pow(0.9, steps))),
            static_cast<float>(1.0 / (1.0 - pow(0.999, steps)))};
}

struct AdamState {
    float *parameters, *first, *second;
};

// One step of `count` parameters; nothing where *alive is 0.
void adam(const AdamStep* step, const int32_t* alive, const float* gradient, const AdamState& state, int64_t count,
          cudaStream_t stream);

}  // namespace nanohooke
