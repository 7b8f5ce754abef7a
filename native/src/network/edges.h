// SPDX-License-Identifier: Apache-2.0
//
// The first layer on binary images, by edges instead of transforms where an image has few of them.
#pragma once

#include <vector>

#include "network/arena.h"
#include "network/definition.h"
#include "network/kernels.h"

namespace nanohooke {

class EdgeConvolution {
public:
    // Whether a layer can be done this way at all: one channel, pooled.
    static bool suits(const ConvolutionShape& shape);

    EdgeConvolution(const KernelTable& kernels, const ConvolutionShape& shape, int images, bool training, Arena& arena);

    size_t scratch_floats() const { return size_t(2) * layer_.slots() * kLanesPerPoint; }

    void set_weights(const float* weight, const float* bias);

    // Looks for the edges of a bit image and keeps them in place `slot`; false, and nothing kept, if the transforms are
    // the faster way.
    bool take(const uint8_t* image, int slot);

    // Of the image taken into the slot.
    void forward(int slot, float* out, uint32_t* mask, float* scratch) const;
    void backward(int slot, const float* gradient, const uint32_t* mask, float* scratch) const;

    // Adds what backward left in the slot to the gradients.
    void add_gradient(int slot, float* weight_gradient, float* bias_gradient) const;

private:
    size_t weight_floats() const { return size_t(layer_.groups()) * layer_.kernel * layer_.kernel * kLanesPerPoint; }
    size_t group_floats() const { return size_t(layer_.groups()) * kLanesPerPoint; }
    EdgeList edges_of(int slot) const;
    // Calls body(weight in the layout of the layer, weight in the layout of the parameters).
    template <class Body>
    void each_weight(const Body& body) const;

    const KernelTable& kernels_;
    EdgeLayer layer_;
    int most_edges_;
    float *weight_, *bias_;
    int32_t* row_begin_;                       // [slot][height + 1]
    uint16_t* at_;                             // [slot][most_edges]
    float *weight_gradient_, *bias_gradient_;  // training: [slot][...]
};

}  // namespace nanohooke
