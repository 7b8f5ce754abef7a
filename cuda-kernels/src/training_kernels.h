// SPDX-License-Identifier: Apache-2.0
//
// Kernels of a training step but for its layers: images, loss, what Adam takes. One thread a result.
#pragma once

#include "network.h"

namespace nanohooke {

constexpr int kSymmetryBit = 32, kRowsBit = 35, kColumnsBit = 49, kShiftMask = (1 << 14) - 1;

// count = images * pixels * row_words: 32 pixels of an image of the training set, moved by its symmetry, then shifted
// around the cell.
static __global__ void unpack_codes(int64_t count, const uint32_t* samples, const int64_t* codes,
                                    const Symmetry* symmetries, uint32_t* bits, int pixels) {
    const int64_t index = NHC_INDEX();
    if (index >= count) return;
    const int words = row_words(pixels), first = static_cast<int>(index % words) * 32;
    const int64_t code = codes[index / words / pixels];
    const int shift_rows = static_cast<int>(code >> kRowsBit) & kShiftMask;
    const int shift_columns = static_cast<int>(code >> kColumnsBit) & kShiftMask;
    const int row = static_cast<int>((index / words % pixels + pixels - shift_rows % pixels) % pixels);
    const Symmetry s = symmetries[static_cast<int>(code >> kSymmetryBit) & 7];
    const uint32_t* sample = samples + (code & 0xffffffffLL) * pixels * words;
    uint32_t word = 0;
    for (int bit = 0; bit < 32 && first + bit < pixels; bit++) {
        const int column = (first + bit + pixels - shift_columns % pixels) % pixels;
        // Twice the distance from the middle, to the right and upwards; the way back is the transposed matrix.
        const int x = 2 * column + 1 - pixels, y = pixels - 1 - 2 * row;
        const int from_column = (s.xx * x + s.yx * y + pixels - 1) / 2;
        const int from_row = (pixels - 1 - s.xy * x - s.yy * y) / 2;
        word |= (sample[from_row * words + from_column / 32] >> (from_column % 32) & 1u) << bit;
    }
    bits[index] = word;
}

// count = images * outputs: codes and targets of the step that begins.
static __global__ void begin_step(int64_t count, const StepState* state, const int64_t* all_codes,
                                  const float* all_targets, int64_t* codes, float* targets, int outputs) {
    const int64_t index = NHC_INDEX();
    if (index >= count) return;
    const int64_t image = index / outputs, code = all_codes[state->image + image], sample = code & 0xffffffffLL;
    const int symmetry = static_cast<int>(code >> kSymmetryBit) & 7;
    targets[index] = all_targets[(sample * NHC_SYMMETRIES + symmetry) * outputs + index % outputs];
    if (index % outputs == 0) codes[image] = code;
}

// count = 1.
static __global__ void set_state(int64_t count, StepState from, StepState* to) {
    if (NHC_INDEX() < count) *to = from;
}

// What Adam's next step takes.
static __host__ __device__ inline void prepare_adam(StepState* state, float rate) {
    state->adam = adam_step_of(rate, state->adam_steps + 1);
    if (state->alive != 0) state->adam_steps++;
}

// count = 1: Adam alone.
static __global__ void begin_adam(int64_t count, StepState* state, float rate) {
    if (NHC_INDEX() < count) prepare_adam(state, rate);
}

// One warp: the loss of a step, which is over but for the way back; one that is not finite stops Adam from here on.
static __global__ void finish_loss(const double* sums, int images, int outputs, const float* rates, double* losses,
                                   StepState* state) {
    double sum = 0.0;
    for (int n = static_cast<int>(threadIdx.x); n < images; n += 32) sum += sums[n];
    for (int by = 16; by > 0; by >>= 1) sum += __shfl_xor_sync(0xffffffffu, sum, by);
    if (threadIdx.x != 0) return;
    const double loss = sum / (static_cast<double>(images) * outputs);
    losses[state->step] = loss;
    if (!(loss - loss == 0.0)) state->alive = 0;
    prepare_adam(state, rates[state->step]);
    state->step++;
    state->image += images;
}

}  // namespace nanohooke
