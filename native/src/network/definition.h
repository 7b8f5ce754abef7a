// SPDX-License-Identifier: Apache-2.0
//
// A checked network definition: layers joined into the stages that the kernels run in one go.
#pragma once

#include <cstddef>
#include <vector>

#include "nanohooke/network.h"

namespace nanohooke {

// Convolution, bias, and what may follow it.
struct ConvolutionShape {
    int layer;  // index in the definition
    int in, out, kernel, height, width;
    bool periodic, relu, pool;

    int before() const { return (kernel - 1) / 2; }
    int out_height() const { return pool ? height / 2 : height; }
    int out_width() const { return pool ? width / 2 : width; }
    size_t in_size() const { return size_t(in) * height * width; }
    size_t out_size() const { return size_t(out) * out_height() * out_width(); }
    size_t weight_count() const { return size_t(out) * in * kernel * kernel; }
};

struct DenseShape {
    int layer;
    int in, out;
    bool relu;

    size_t weight_count() const { return size_t(in) * out; }
};

struct NetworkShape {
    int channels, height, width;
    std::vector<ConvolutionShape> convolutions;
    std::vector<DenseShape> dense;

    size_t image_size() const { return size_t(channels) * height * width; }
    int outputs() const { return dense.back().out; }
    size_t parameter_count() const;
    std::vector<nh_parameter_block> parameter_blocks() const;
};

// Throws Error(NH_BAD_ARGUMENT) that names the layer and what is wrong with it.
NetworkShape checked_shape(const nh_network_definition& definition);

}  // namespace nanohooke
