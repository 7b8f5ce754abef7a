// SPDX-License-Identifier: Apache-2.0
//
// Products of spectra: at each frequency a product of two small matrices of complex numbers, summed in a fixed order.
#pragma once

#include "device.h"

namespace nanohooke {

// Spectra of a matrix, in spectra from one row (or column) to the next and from one term of the sum to the next.
struct SpectraMatrix {
    const float2* spectra;
    int64_t row, term;
};

struct ProductSizes {
    int rows, columns, terms, points;
    int parts;          // sums of terms / parts (rounded up) terms each
    bool conjugate;     // of b
    bool conjugate_of;  // the conjugate of the result
};

// result[part][row][column] = sum over the part's terms of a[row][term] b[column][term].
void multiply_spectra(const SpectraMatrix& a, const SpectraMatrix& b, float2* result, const ProductSizes& sizes,
                      cudaStream_t stream);

}  // namespace nanohooke
