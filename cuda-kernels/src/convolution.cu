// SPDX-License-Identifier: Apache-2.0
#include "convolution.h"

#include "edge_convolution.h"
#include "general_convolution.h"
#include "plane_convolution.h"

namespace nanohooke {

std::unique_ptr<Convolution> make_convolution(const ConvolutionShape& shape, const Engine&) {
    if (PlaneConvolution::takes(shape)) return std::make_unique<PlaneConvolution>(shape);
    return std::make_unique<GeneralConvolution>(shape);
}

std::unique_ptr<Convolution> make_bit_convolution(const ConvolutionShape& shape, const Engine&) {
    if (EdgeConvolution::takes(shape)) return std::make_unique<EdgeConvolution>(shape);
    return nullptr;
}

}  // namespace nanohooke
