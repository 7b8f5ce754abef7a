// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "check.h"
#include "reference.h"
#include "report.h"

// What the checks of single kernels and those of trainings have in common.
namespace driver {

using Floats = std::vector<float>;

// Throws what the library says of a failure.
void ok(int status);

// The larger of two errors; NaN where one of them is.
double worse(double error, double other);

// Of values that begin at the first one, relative, by norms.
double error(const Floats& values, const Doubles& reference, size_t first = 0);

Doubles doubles(const Floats& values);

Floats normal(std::mt19937_64& random, size_t count, double size);

// Images of 0 and 1: rectangles around the cell, as structures are, or noise.
Floats binary(std::mt19937_64& random, int images, int height, int width, bool noise);

// One bit a pixel, rows from whole bytes.
std::vector<uint8_t> bytes(const Floats& pixels, int width);

// A network on the device.
struct Network {
    nhc_network* handle = nullptr;
    Network(const Definition& d, int batch) {
        ok(nhc_create(d.layers.data(), d.count(), d.channels, d.height, d.width, batch, 1, 0, NHC_ENGINE_FFT, NHC_FP32,
                      &handle));
    }
    ~Network() { nhc_destroy(handle); }
    Network(const Network&) = delete;
    Network& operator=(const Network&) = delete;
};

// Trainings of a small network, beside the same in double precision.
void check_trainings(const CheckOptions& options, Report& report);

}  // namespace driver
