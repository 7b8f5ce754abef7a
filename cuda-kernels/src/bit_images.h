// SPDX-License-Identifier: Apache-2.0
//
// Images of bits: packed by the host in bytes, on the device in words a row.
#pragma once

#include <cstring>

#include "convolution.h"

namespace nanohooke {

// Rows of bits, padded to words instead of bytes.
inline void to_words(const uint8_t* bytes, size_t rows, int width, uint32_t* words) {
    const size_t row_bytes = (width + 7) / 8, stride = row_words(width);
    if (row_bytes == stride * sizeof(uint32_t)) {
        std::memcpy(words, bytes, rows * row_bytes);
        return;
    }
    std::memset(words, 0, rows * stride * sizeof(uint32_t));
    for (size_t row = 0; row < rows; row++) std::memcpy(words + row * stride, bytes + row * row_bytes, row_bytes);
}

// count = images * height * width.
static __global__ void unpack_bits(int64_t count, const uint32_t* bits, float* images, int width) {
    const int64_t index = NHC_INDEX();
    if (index >= count) return;
    const int column = static_cast<int>(index % width);
    images[index] = static_cast<float>(bits[index / width * row_words(width) + column / 32] >> (column % 32) & 1u);
}

}  // namespace nanohooke
