// SPDX-License-Identifier: Apache-2.0
//
// Convolutions of planes as sums by definition in double precision, without sanitizers: what the kernels are held
// against.
#pragma once

#include <vector>

#include "convolution.h"

using Floats = std::vector<float>;
using Doubles = std::vector<double>;

struct Numbers {
    Doubles y, dx, gradient;
};

// `d` are derivatives by results; y has bias, ReLU and maximum.
Numbers by_definition(const nanohooke::ConvolutionShape& s, int batch, const Floats& x, const Floats& parameters,
                      const Floats& d);
