// SPDX-License-Identifier: Apache-2.0
#include "convolution.h"

#include "general_convolution.h"
#include "plane_convolution.h"

namespace nanohooke {

std::unique_ptr<Convolution> make_convolution(const ConvolutionShape& shape, const Engine&) {
    if (PlaneConvolution::takes(shape)) return std::make_unique<PlaneConvolution>(shape);
    return std::make_unique<GeneralConvolution>(shape);
}

std::unique_ptr<Convolution> make_bit_convolution(const ConvolutionShape&, const Engine&) { return nullptr; }

}  // namespace nanohooke
