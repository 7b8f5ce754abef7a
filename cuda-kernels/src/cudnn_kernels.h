// SPDX-License-Identifier: Apache-2.0
//
// What is around a convolution of cuDNN: padding, weights as it wants them, bias with ReLU and maximum, and the way
// back from those. One thread a result; sums in a fixed order. T is how cuDNN gets its tensors: float, or Bfloat16.
#pragma once

#include <cstdint>

#include "convolution.h"

namespace nanohooke {

// The upper half of a float, rounded to nearest even.
struct Bfloat16 {
    uint16_t bits;
};

__device__ inline void convert(float value, float& to) { to = value; }
__device__ inline float number(float value) { return value; }
__device__ inline void convert(float value, Bfloat16& to) {
    const unsigned word = __float_as_uint(value);
    // A NaN must not become an infinity by rounding.
    to.bits = static_cast<uint16_t>(value != value ? 0x7fc0u : (word + 0x7fffu + (word >> 16 & 1u)) >> 16);
}
__device__ inline float number(Bfloat16 value) { return __uint_as_float(static_cast<unsigned>(value.bits) << 16); }

// Sizes of one convolution, by value on the device. No input made a result whose choice is kOff: its ReLU was off.
struct CudnnSizes {
    int in, out, kernel, before, height, width, pooled;
    bool periodic, relu;

    __host__ __device__ int padded_height() const { return height + kernel - 1; }
    __host__ __device__ int padded_width() const { return width + kernel - 1; }
    __host__ __device__ int out_height() const { return height / pooled; }
    __host__ __device__ int out_width() const { return width / pooled; }
};
constexpr uint8_t kOff = 4;

__device__ inline int wrapped(int place, int size) {
    const int rest = place % size;
    return rest < 0 ? rest + size : rest;
}

// count = planes * padded height * padded width; planes from `present` on are images that are missing, and zero.
// Either planes or bits are null.
template <class T>
static __global__ void pad_planes(int64_t count, const float* planes, const uint32_t* bits, T* to, int64_t present,
                                  CudnnSizes s) {
    const int64_t index = NHC_INDEX();
    if (index >= count) return;
    const int columns = s.padded_width(), rows = s.padded_height();
    int column = static_cast<int>(index % columns) - s.before;
    int row = static_cast<int>(index / columns % rows) - s.before;
    const int64_t plane = index / columns / rows;
    if (s.periodic) {
        column = wrapped(column, s.width);
        row = wrapped(row, s.height);
    }
    const bool inside = plane < present && row >= 0 && row < s.height && column >= 0 && column < s.width;
    const int64_t line = plane * s.height + row;
    float value = 0.0f;
    if (inside && bits != nullptr) {
        value = static_cast<float>(bits[line * row_words(s.width) + column / 32] >> (column % 32) & 1u);
    } else if (inside) {
        value = planes[line * s.width + column];
    }
    convert(value, to[index]);
}

// count = out * in * kernel^2: weights as they are, at an address that cuDNN takes.
template <class T>
static __global__ void copy_weights(int64_t count, const float* weights, T* to) {
    const int64_t index = NHC_INDEX();
    if (index < count) convert(weights[index], to[index]);
}

// count = in * out * kernel^2: turned around and with in and out exchanged, for the way back.
template <class T>
static __global__ void turn_weights(int64_t count, const float* weights, T* to, CudnnSizes s) {
    const int64_t index = NHC_INDEX();
    if (index >= count) return;
    const int taps = s.kernel * s.kernel, tap = static_cast<int>(index % taps);
    const int o = static_cast<int>(index / taps % s.out);
    const int64_t i = index / taps / s.out;
    convert(weights[(static_cast<int64_t>(o) * s.in + i) * taps + taps - 1 - tap], to[index]);
}

// count = images * out * pooled points: bias, ReLU and maximum; `chosen` is null where nobody goes back.
template <class T>
static __global__ void finish_results(int64_t count, const T* y, const float* biases, float* to, uint8_t* chosen,
                                      CudnnSizes s) {
    const int64_t index = NHC_INDEX();
    if (index >= count) return;
    const int column = static_cast<int>(index % s.out_width());
    const int row = static_cast<int>(index / s.out_width() % s.out_height());
    const int64_t plane = index / s.out_width() / s.out_height();
    const float bias = biases[plane % s.out];
    const T* corner = y + (plane * s.height + row * s.pooled) * s.width + column * s.pooled;
    float most = number(corner[0]) + bias;
    int which = 0;
    for (int k = 1; k < s.pooled * s.pooled; k++) {
        const float value = number(corner[(k >> 1) * s.width + (k & 1)]) + bias;
        if (value > most || value != value) {
            most = value;
            which = k;
        }
    }
    const bool off = s.relu && most <= 0.0f;
    to[index] = off ? 0.0f : most;
    if (chosen != nullptr) chosen[index] = off ? kOff : static_cast<uint8_t>(which);
}

// The derivative by a point of the convolution: that by the result where this point made it.
__device__ inline float derivative_at(const float* d, const uint8_t* chosen, int64_t plane, int row, int column,
                                      CudnnSizes s) {
    const int64_t from = (plane * s.out_height() + row / s.pooled) * s.out_width() + column / s.pooled;
    const int which = s.pooled == 2 ? (row & 1) * 2 + (column & 1) : 0;
    return chosen[from] == which ? d[from] : 0.0f;
}

// count = planes * height * width.
template <class T>
static __global__ void spread_derivatives(int64_t count, const float* d, const uint8_t* chosen, T* to, int64_t present,
                                          CudnnSizes s) {
    const int64_t index = NHC_INDEX();
    if (index >= count) return;
    const int column = static_cast<int>(index % s.width), row = static_cast<int>(index / s.width % s.height);
    const int64_t plane = index / s.width / s.height;
    convert(plane < present ? derivative_at(d, chosen, plane, row, column, s) : 0.0f, to[index]);
}

// count = planes * padded height * padded width: the same with the padding that the way back needs.
template <class T>
static __global__ void pad_derivatives(int64_t count, const float* d, const uint8_t* chosen, T* to, int64_t present,
                                       CudnnSizes s) {
    const int64_t index = NHC_INDEX();
    if (index >= count) return;
    const int columns = s.padded_width(), rows = s.padded_height(), before = s.kernel - 1 - s.before;
    int column = static_cast<int>(index % columns) - before, row = static_cast<int>(index / columns % rows) - before;
    const int64_t plane = index / columns / rows;
    if (s.periodic) {
        column = wrapped(column, s.width);
        row = wrapped(row, s.height);
    }
    const bool inside = plane < present && row >= 0 && row < s.height && column >= 0 && column < s.width;
    convert(inside ? derivative_at(d, chosen, plane, row, column, s) : 0.0f, to[index]);
}

// count = numbers of a result that is kept in single precision.
template <class T>
static __global__ void store_numbers(int64_t count, const T* from, float* to) {
    const int64_t index = NHC_INDEX();
    if (index < count) to[index] = number(from[index]);
}

// The gradient of the biases in three steps: count = images * out * rows, images * out, out.
static __global__ void sum_rows(int64_t count, const float* d, const uint8_t* chosen, double* sums, int width) {
    const int64_t index = NHC_INDEX();
    if (index >= count) return;
    double sum = 0.0;
    for (int64_t at = index * width; at < (index + 1) * width; at++) sum += chosen[at] == kOff ? 0.0f : d[at];
    sums[index] = sum;
}

static __global__ void sum_planes(int64_t count, const double* rows, double* sums, int height) {
    const int64_t index = NHC_INDEX();
    if (index >= count) return;
    double sum = 0.0;
    for (int64_t at = index * height; at < (index + 1) * height; at++) sum += rows[at];
    sums[index] = sum;
}

static __global__ void sum_images(int64_t count, const double* planes, float* d_biases, int images) {
    const int64_t o = NHC_INDEX();
    if (o >= count) return;
    double sum = 0.0;
    for (int64_t n = 0; n < images; n++) sum += planes[n * count + o];
    d_biases[o] = static_cast<float>(sum);
}

}  // namespace nanohooke
