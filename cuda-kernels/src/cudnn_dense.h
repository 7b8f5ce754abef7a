// SPDX-License-Identifier: Apache-2.0
//
// Dense layers by cuBLAS: y = x W' + b with the ReLU that may follow, and both gradients.
#pragma once

#include "cudnn_engine.h"
#include "dense.h"

namespace nanohooke {

// From x into the layer's results.
void cudnn_dense_forward(const CudnnEngine& engine, const DenseLayer& layer, const float* x, const float* parameters,
                         int batch, cudaStream_t stream);

// d are the derivatives by the layer's results before its ReLU. The gradient of parameters is written where `gradient`
// is not null, the derivatives by x into dx; those become zero where `gate`, the results of a ReLU that made x, is not
// positive (null where there was none, or somebody else does it).
void cudnn_dense_backward(const CudnnEngine& engine, const DenseLayer& layer, const float* x, const float* d,
                          const float* parameters, float* gradient, float* dx, const float* gate, int batch,
                          cudaStream_t stream);

}  // namespace nanohooke
