// SPDX-License-Identifier: Apache-2.0
//
// Kernels of everything but convolutions: images, head and loss. One thread a result.
#pragma once

#include "network.h"

namespace nanohooke {

constexpr int kSymmetryBit = 32, kRowsBit = 35, kColumnsBit = 49, kShiftMask = (1 << 14) - 1;

// count = images * height * width.
static __global__ void unpack_bits(int64_t count, const uint32_t* bits, float* images, int width) {
    const int64_t index = NHC_INDEX();
    if (index >= count) return;
    const int column = static_cast<int>(index % width);
    images[index] = static_cast<float>(bits[index / width * row_words(width) + column / 32] >> (column % 32) & 1u);
}

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

// count = images * outputs.
static __global__ void gather_targets(int64_t count, const float* all, const int64_t* codes, float* targets,
                                      int outputs) {
    const int64_t index = NHC_INDEX();
    if (index >= count) return;
    const int64_t code = codes[index / outputs], sample = code & 0xffffffffLL;
    const int symmetry = static_cast<int>(code >> kSymmetryBit) & 7;
    targets[index] = all[(sample * NHC_SYMMETRIES + symmetry) * outputs + index % outputs];
}

// count = images: squared errors of each, and their derivatives by the raw outputs; scratch takes 3 numbers an output.
static __global__ void head_and_loss(int64_t count, const float* raw, const float* targets, DeviceHead head,
                                     double* scratch, double* sums, float* d_raw, int outputs) {
    const int64_t image = NHC_INDEX();
    if (image >= count) return;
    raw += image * outputs;
    targets += image * outputs;
    d_raw += image * outputs;
    double* entry = scratch + image * 3 * outputs;
    double *value = entry + outputs, *d_entry = value + outputs;
    const bool direct = head.product_count == 0;
    for (int k = 0; k < outputs; k++) {
        const double z = direct ? raw[k] : raw[k] + head.offset[k];
        entry[k] = direct || !head.positive[k] ? z : fmax(z, 0.0) + log1p(exp(-fabs(z)));
        value[k] = direct ? z : 0.0;
        d_entry[k] = 0.0;
    }
    for (int p = 0; p < head.product_count; p++) {
        const int32_t* product = head.products + 3 * p;
        value[product[0]] += entry[product[1]] * entry[product[2]];
    }
    const double scale = direct ? 1.0 : head.scale, weight = 2.0 / static_cast<double>(count * outputs);
    double sum = 0.0;
    for (int k = 0; k < outputs; k++) {
        const double error = scale * value[k] - targets[k];
        sum += error * error;
        value[k] = weight * scale * error;
    }
    sums[image] = sum;
    for (int p = 0; p < head.product_count; p++) {
        const int32_t* product = head.products + 3 * p;
        d_entry[product[1]] += value[product[0]] * entry[product[2]];
        d_entry[product[2]] += value[product[0]] * entry[product[1]];
    }
    for (int k = 0; k < outputs; k++) {
        const double slope = direct || !head.positive[k] ? 1.0 : 1.0 / (1.0 + exp(-(raw[k] + head.offset[k])));
        d_raw[k] = static_cast<float>(direct ? value[k] : slope * d_entry[k]);
    }
}

// count = 1: the loss of a step; one that is not finite stops Adam from here on.
static __global__ void finish_loss(int64_t count, const double* sums, double* loss, int32_t* alive, int images,
                                   int outputs) {
    if (NHC_INDEX() >= count) return;
    double sum = 0.0;
    for (int n = 0; n < images; n++) sum += sums[n];
    *loss = sum / (static_cast<double>(images) * outputs);
    if (!(*loss - *loss == 0.0)) *alive = 0;
}

}  // namespace nanohooke
