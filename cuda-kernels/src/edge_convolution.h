// SPDX-License-Identifier: Apache-2.0
//
// The first layer of a network on bit images, by their edges: edge_shape.h.
#pragma once

#include "edge_shape.h"

namespace nanohooke {

class EdgeConvolution : public Convolution {
public:
    // Whether a layer can be computed this way.
    static bool takes(const ConvolutionShape& shape);

    explicit EdgeConvolution(const ConvolutionShape& shape);

    const char* method() const override { return "edges"; }
    size_t scratch_bytes() const override;
    void carve(Pool& pool) override;
    void prepare(cudaStream_t) override {}
    void update(const float*, void*, cudaStream_t) override {}
    void forward(const ConvolutionInput& x, float* y, const float* parameters, int batch, bool keep, void* scratch,
                 cudaStream_t stream) override;
    // Training asks for no dx of a first layer: it is a plain sum here, with the parameters of the last forward.
    void backward(const ConvolutionInput& x, const float* dy, float* dx, float* gradient, int batch, void* scratch,
                  cudaStream_t stream) override;

private:
    // The layer's sizes with so many pairs of rows a block that a batch fills a large device.
    EdgeShape sizes(int batch) const;
    static int blocks(const EdgeShape& sizes) { return (sizes.all_pairs() + sizes.pairs - 1) / sizes.pairs; }

    ConvolutionShape shape_;
    EdgeShape sizes_;
    uint16_t* mask_ = nullptr;
    const float* parameters_ = nullptr;
};

}  // namespace nanohooke
