// SPDX-License-Identifier: Apache-2.0
//
// A network in the words of the operation suite: "1x256x256 conv20p6 relu pool dense13" is the input, a convolution of
// 20 x 20 with periodic padding (z: zero) and 6 outputs, and so on.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "nanohooke/cuda.h"

namespace driver {

enum class Padding { kAsWritten, kZero, kPeriodic };

struct Definition {
    int channels = 0, height = 0, width = 0;
    std::vector<int32_t> layers;  // NHC_LAYER_NUMBERS each

    int count() const { return static_cast<int>(layers.size()) / NHC_LAYER_NUMBERS; }
};

// Throws std::invalid_argument with the word that it does not know.
Definition parse(const std::string& text, Padding padding);

// The network of the paper, as nanohooke's preset has it.
constexpr const char* kPaper =
    "1x256x256 conv20z6 relu pool conv20z12 relu pool conv20z24 relu pool conv20z48 relu pool conv20z96 relu pool "
    "dense512 relu dense256 relu dense128 relu dense64 relu dense32 relu dense13";

// Small, and yet by the same kernels.
constexpr const char* kTiny = "1x64x64 conv20z3 relu pool conv20z4 relu pool conv20z6 relu pool dense24 relu dense13";

}  // namespace driver
