// SPDX-License-Identifier: Apache-2.0
#include "adam.h"

namespace nanohooke {

namespace {

__device__ inline void adam_of(const AdamStep& step, float g, float& parameter, float& first, float& second) {
    first = 0.9f * first + 0.1f * g;
    second = 0.999f * second + 0.001f * g * g;
    parameter -= step.rate * (first * step.correct1) / (sqrtf(second * step.correct2) + 1e-7f);
}

// count: quads of parameters, the first of which begins `before` parameters before the first. Seven accesses to memory
// a parameter: quads, where all lie at multiples of 16 bytes.
static __global__ void adam_quads(int64_t count, const AdamStep* steps, const int32_t* alive, const float* gradient,
                                  AdamState state, int before, int64_t parameters) {
    const int64_t index = NHC_INDEX();
    if (index >= count || *alive == 0) return;
    const AdamStep step = *steps;
    const int64_t begin = 4 * index - before;
    if (begin >= 0 && begin + 4 <= parameters) {
        const float4 g = *reinterpret_cast<const float4*>(gradient + begin);
        float4 *parameter = reinterpret_cast<float4*>(state.parameters + begin),
               *first = reinterpret_cast<float4*>(state.first + begin),
               *second = reinterpret_cast<float4*>(state.second + begin);
        float4 p = *parameter, m = *first, v = *second;
        adam_of(step, g.x, p.x, m.x, v.x);
        adam_of(step, g.y, p.y, m.y, v.y);
        adam_of(step, g.z, p.z, m.z, v.z);
        adam_of(step, g.w, p.w, m.w, v.w);
        *parameter = p, *first = m, *second = v;
        return;
    }
    for (int64_t i = max(begin, int64_t{0}); i < min(begin + 4, parameters); i++) {
        adam_of(step, gradient[i], state.parameters[i], state.first[i], state.second[i]);
    }
}

// count = parameters.
static __global__ void adam_single(int64_t count, const AdamStep* steps, const int32_t* alive, const float* gradient,
                                   AdamState state) {
    const int64_t i = NHC_INDEX();
    if (i >= count || *alive == 0) return;
    adam_of(*steps, gradient[i], state.parameters[i], state.first[i], state.second[i]);
}

// Floats behind a multiple of 16 bytes.
int misplaced(const float* at) { return static_cast<int>(reinterpret_cast<uintptr_t>(at) / sizeof(float) % 4); }

}  // namespace

void adam(const AdamStep* step, const int32_t* alive, const float* gradient, const AdamState& state, int64_t count,
          cudaStream_t stream) {
    const int before = misplaced(gradient);
    if (misplaced(state.parameters) == before && misplaced(state.first) == before &&
        misplaced(state.second) == before) {
        NHC_LAUNCH(adam_quads, stream, (count + before + 3) / 4, step, alive, gradient, state, before, count);
    } else {
        NHC_LAUNCH(adam_single, stream, count, step, alive, gradient, state);
    }
}

}  // namespace nanohooke
