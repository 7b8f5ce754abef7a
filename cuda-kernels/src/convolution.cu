// SPDX-License-Identifier: Apache-2.0
#include "convolution.h"
#include "cudnn_convolution.h"
#include "edge_convolution.h"
#include "general_convolution.h"
#include "plane_convolution.h"

namespace nanohooke {

std::unique_ptr<Convolution> make_convolution(const ConvolutionShape& shape, const Engine& engine) {
    if (engine.engine == NHC_ENGINE_CUDNN) return make_cudnn_convolution(shape, engine);
    // A first layer of one channel gets bits, too; those that the edges do not take need one that reads them.
    const bool reads_bits = shape.index == 0 && shape.in == 1 && !EdgeConvolution::takes(shape);
    if (!reads_bits && PlaneConvolution::takes(shape)) return std::make_unique<PlaneConvolution>(shape);
    return std::make_unique<GeneralConvolution>(shape);
}

std::unique_ptr<Convolution> make_bit_convolution(const ConvolutionShape& shape, const Engine& engine) {
    if (engine.engine == NHC_ENGINE_CUDNN) return nullptr;  // it takes bits where it takes planes
    if (EdgeConvolution::takes(shape)) return std::make_unique<EdgeConvolution>(shape);
    return nullptr;
}

}  // namespace nanohooke
