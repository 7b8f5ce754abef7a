// SPDX-License-Identifier: Apache-2.0
//
// A convolution by plans of cuDNN. Padding is ours, zero or wrapped, so that cuDNN sees a convolution without any: the
// way back to the input is then one more of those, with the weights turned around.
#pragma once

#include <memory>

#include "convolution.h"

namespace nanohooke {

// That of the engine's plans of the shape's index.
std::unique_ptr<Convolution> make_cudnn_convolution(const ConvolutionShape& shape, const Engine& engine);

}  // namespace nanohooke
