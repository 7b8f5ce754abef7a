// SPDX-License-Identifier: Apache-2.0
//
// Dense layers: y = x W' + b with the ReLU that may follow, and both gradients.
#pragma once

#include "device.h"

namespace nanohooke {

struct DenseLayer {
    int in, out;
    bool relu;
    int64_t weights, biases;  // offsets in the parameters
    float* results;           // [max_batch][out]
};

// Scratch memory that any dense layer takes for any batch.
size_t dense_scratch_bytes();

// How many floats later than a multiple of 16 bytes parameters must begin, so that the quads of the weights from
// `offset` on lie at multiples of 16 bytes. Products are right at any place, and faster there.
inline int dense_alignment(int64_t offset) { return static_cast<int>((4 - offset % 4) % 4); }

// From x into the layer's results.
void dense_forward(const DenseLayer& layer, const float* x, const float* parameters, int batch, void* scratch,
                   cudaStream_t stream);

// d are the derivatives by the layer's results before its ReLU. The gradient of parameters is written where `gradient`
// is not null, the derivatives by x where `dx` is not null; those become zero where `gate`, the results of a ReLU that
// made x, is not positive (null where there was none).
void dense_backward(const DenseLayer& layer, const float* x, const float* d, const float* parameters, float* gradient,
                    float* dx, const float* gate, int batch, void* scratch, cudaStream_t stream);

// d becomes the derivatives before the layer's own ReLU; for the last layer, whose d no gate has seen.
void dense_gate(const DenseLayer& layer, float* d, int batch, cudaStream_t stream);

}  // namespace nanohooke
