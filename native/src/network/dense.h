// SPDX-License-Identifier: Apache-2.0
//
// A dense layer with bias and, if wanted, ReLU.
#pragma once

#include <vector>

#include "network/arena.h"
#include "network/convolution.h"

namespace nanohooke {

class DenseStage {
public:
    DenseStage(const KernelTable& kernels, const DenseShape& shape, const LayerParameters& parameters, int max_batch,
               bool training, Arena& arena);

    const DenseShape& shape() const { return shape_; }
    const float* output() const { return output_; }  // [image][out]
    // Floats of scratch memory per worker for backward.
    size_t panel_floats() const;

    void forward(const float* in, int batch, Workers& workers);

    // d_out [image][out] loses what ReLU held back; d_in [image][in] is written.
    void backward(const float* in, float* d_out, float* d_in, bool weights, int batch, Workers& workers,
                  const std::vector<float*>& panels);

private:
    const KernelTable& kernels_;
    DenseShape shape_;
    LayerParameters parameters_;
    int max_batch_;
    float* output_;
    float* transposed_;  // training: gradient of the sums as [out][image]
};

}  // namespace nanohooke
