// SPDX-License-Identifier: Apache-2.0
//
// All dense layers of a network, one behind the other: large ones by themselves, the small ones at the end together.
#pragma once

#include <vector>

#include "dense.h"

namespace nanohooke {

size_t dense_scratch_bytes(const std::vector<DenseLayer>& layers, int max_batch);

// From x into the results of all layers.
void dense_forward(const std::vector<DenseLayer>& layers, const float* x, const float* parameters, int batch,
                   void* scratch, cudaStream_t stream);

// From d, the derivatives by the last results; returns d or `other`, whichever has the derivatives by x at last. Both
// are as large as the largest layer. The gradient of parameters is written where `gradient` is not null.
float* dense_backward(const std::vector<DenseLayer>& layers, const float* x, float* d, float* other,
                      const float* parameters, float* gradient, int batch, void* scratch, cudaStream_t stream);

}  // namespace nanohooke
