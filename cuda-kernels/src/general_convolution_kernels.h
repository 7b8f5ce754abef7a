// SPDX-License-Identifier: Apache-2.0
//
// Kernels of a convolution in the frequency domain, for one thread a result: sums run in a fixed order inside a thread.
// With g the weights at places -(i - before), a result is the product of spectra X G; backwards dX = dY conj(G) and
// dG's conjugate X conj(dY), whose places i - before hold the weights' gradient. Zero padding takes transforms so long
// that what wraps around meets zeros; periodic padding takes the image's own size.
#pragma once

#include "general_convolution.h"

namespace nanohooke {

// No input made a result: the ReLU was off.
constexpr uint8_t kNone = 4;

// count = planes * points: an image's plane with zeros around.
static __global__ void load_planes(int64_t count, ConvolutionInput from, Complex* to, ConvolutionSizes s) {
    const int64_t index = NHC_INDEX();
    if (index >= count) return;
    const int column = static_cast<int>(index % s.columns), row = static_cast<int>(index / s.columns % s.rows);
    const int64_t line = index / s.points() * s.height + row;
    float value = 0.0f;
    if (row < s.height && column < s.width) {
        value = from.bits == nullptr
                    ? from.planes[line * s.width + column]
                    : static_cast<float>(from.bits[line * row_words(s.width) + column / 32] >> (column % 32) & 1u);
    }
    to[index] = {value, 0.0f};
}

// count = out * in * points: weights at their places; those of a kernel wider than the spectrum meet there.
static __global__ void load_weights(int64_t count, const float* weights, Complex* to, ConvolutionSizes s) {
    const int64_t index = NHC_INDEX();
    if (index >= count) return;
    const int column = static_cast<int>(index % s.columns), row = static_cast<int>(index / s.columns % s.rows);
    const float* w = weights + index / s.points() * s.kernel * s.kernel;
    const int first_column = ((s.before - column) % s.columns + s.columns) % s.columns;
    float sum = 0.0f;
    for (int i = ((s.before - row) % s.rows + s.rows) % s.rows; i < s.kernel; i += s.rows) {
        for (int j = first_column; j < s.kernel; j += s.columns) {
            sum += w[i * s.kernel + j];
        }
    }
    to[index] = {sum, 0.0f};
}

// count = images * out * points.
static __global__ void multiply(int64_t count, const Complex* x, const Complex* g, Complex* y, ConvolutionSizes s) {
    const int64_t index = NHC_INDEX();
    if (index >= count) return;
    const int points = s.points(), point = static_cast<int>(index % points);
    const int o = static_cast<int>(index / points % s.out);
    const int64_t image = index / points / s.out;
    Complex sum = {0.0f, 0.0f};
    for (int c = 0; c < s.in; c++) {
        sum = sum + x[(image * s.in + c) * points + point] * g[(static_cast<int64_t>(o) * s.in + c) * points + point];
    }
    y[index] = sum;
}

// count = images * in * points.
static __global__ void multiply_back(int64_t count, const Complex* dy, const Complex* g, Complex* dx,
                                     ConvolutionSizes s) {
    const int64_t index = NHC_INDEX();
    if (index >= count) return;
    const int points = s.points(), point = static_cast<int>(index % points);
    const int c = static_cast<int>(index / points % s.in);
    const int64_t image = index / points / s.in;
    Complex sum = {0.0f, 0.0f};
    for (int o = 0; o < s.out; o++) {
        sum = sum +
              dy[(image * s.out + o) * points + point] * conj(g[(static_cast<int64_t>(o) * s.in + c) * points + point]);
    }
    dx[index] = sum;
}

// count = out * in * points: adds a chunk of images in their order; begins anew with `first`.
static __global__ void multiply_gradient(int64_t count, const Complex* x, const Complex* dy, Complex* dg, int images,
                                         bool first, ConvolutionSizes s) {
    const int64_t index = NHC_INDEX();
    if (index >= count) return;
    const int points = s.points(), point = static_cast<int>(index % points);
    const int c = static_cast<int>(index / points % s.in), o = static_cast<int>(index / points / s.in);
    Complex sum = {0.0f, 0.0f};
    for (int64_t n = 0; n < images; n++) {
        sum = sum + x[(n * s.in + c) * points + point] * conj(dy[(n * s.out + o) * points + point]);
    }
    dg[index] = first ? sum : dg[index] + sum;
}

// count = out: the frequency zero of dY is the sum of its plane.
static __global__ void bias_gradient(int64_t count, const Complex* dy, float* d_biases, int images, bool first,
                                     ConvolutionSizes s) {
    const int64_t o = NHC_INDEX();
    if (o >= count) return;
    double sum = first ? 0.0 : d_biases[o];
    for (int64_t n = 0; n < images; n++) sum += dy[(n * s.out + o) * s.points()].re;
    d_biases[o] = static_cast<float>(sum);
}

// count = images * out * pooled points: bias, ReLU and maximum; `chosen` is null where nobody goes back.
static __global__ void store_results(int64_t count, const Complex* y, const float* biases, float* to, uint8_t* chosen,
                                     ConvolutionSizes s) {
    const int64_t index = NHC_INDEX();
    if (index >= count) return;
    const int column = static_cast<int>(index % s.out_width());
    const int row = static_cast<int>(index / s.out_width() % s.out_height());
    const int64_t plane = index / s.out_width() / s.out_height();
    const float scale = 1.0f / static_cast<float>(s.points()), bias = biases[plane % s.out];
    const Complex* corner = y + plane * s.points() + row * s.pooled * s.columns + column * s.pooled;
    float most = corner[0].re * scale + bias;
    int which = 0;
    for (int k = 1; k < s.pooled * s.pooled; k++) {
        const float value = corner[(k >> 1) * s.columns + (k & 1)].re * scale + bias;
        if (value > most || value != value) {
            most = value;
            which = k;
        }
    }
    const bool off = s.relu && most <= 0.0f;
    to[index] = off ? 0.0f : most;
    if (chosen != nullptr) chosen[index] = off ? kNone : static_cast<uint8_t>(which);
}

// count = images * out * points: the derivative by a result goes to the one of four that made it.
static __global__ void load_derivatives(int64_t count, const float* d, const uint8_t* chosen, Complex* to,
                                        ConvolutionSizes s) {
    const int64_t index = NHC_INDEX();
    if (index >= count) return;
    const int column = static_cast<int>(index % s.columns), row = static_cast<int>(index / s.columns % s.rows);
    float value = 0.0f;
    if (row < s.height && column < s.width) {
        const int64_t from = (index / s.points() * s.out_height() + row / s.pooled) * s.out_width() + column / s.pooled;
        const int which = s.pooled == 2 ? (row & 1) * 2 + (column & 1) : 0;
        if (chosen[from] == which) value = d[from];
    }
    to[index] = {value, 0.0f};
}

// count = images * in * height * width.
static __global__ void store_planes(int64_t count, const Complex* from, float* planes, ConvolutionSizes s) {
    const int64_t index = NHC_INDEX();
    if (index >= count) return;
    const int column = static_cast<int>(index % s.width), row = static_cast<int>(index / s.width % s.height);
    const int64_t plane = index / s.width / s.height;
    planes[index] = from[plane * s.points() + row * s.columns + column].re / static_cast<float>(s.points());
}

// count = out * in * kernel^2.
static __global__ void store_gradient(int64_t count, const Complex* from, float* gradient, ConvolutionSizes s) {
    const int64_t index = NHC_INDEX();
    if (index >= count) return;
    const int j = static_cast<int>(index % s.kernel), i = static_cast<int>(index / s.kernel % s.kernel);
    const int row = ((i - s.before) % s.rows + s.rows) % s.rows;
    const int column = ((j - s.before) % s.columns + s.columns) % s.columns;
    const int64_t plane = index / s.kernel / s.kernel;
    gradient[index] = from[plane * s.points() + row * s.columns + column].re / static_cast<float>(s.points());
}

}  // namespace nanohooke
