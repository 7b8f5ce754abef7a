// SPDX-License-Identifier: Apache-2.0
//
// What the kernels should compute, by plain loops in double precision, images spread over the processor's threads.
#pragma once

#include <cstdint>
#include <vector>

#include "convolution.h"
#include "definition.h"

namespace driver {

using Doubles = std::vector<double>;

// A convolution with its ReLU and maximum.
struct ReferenceConvolution {
    nanohooke::ConvolutionShape shape;

    // y, and where each result came from: 0 ... 3 in its window, -1 where the ReLU was off, -2 where rounding decides.
    void forward(const Doubles& x, const Doubles& weights, const Doubles& biases, int images, Doubles& y,
                 std::vector<int8_t>& from) const;
    // dy at every place before the maximum.
    Doubles spread_back(const Doubles& dy, const std::vector<int8_t>& from, int images) const;
    void backward(const Doubles& x, const Doubles& spread_dy, const Doubles& weights, int images, Doubles* dx,
                  Doubles* d_weights, Doubles* d_biases) const;
};

// A whole network with head, loss and Adam.
class ReferenceNetwork {
public:
    explicit ReferenceNetwork(const Definition& definition);

    size_t parameter_count() const { return parameters_; }
    int outputs() const { return layers_.back().out; }
    std::vector<nanohooke::ConvolutionShape> convolutions() const;

    Doubles forward(const Doubles& images, int count, const Doubles& parameters);
    // Of the last forward.
    Doubles backward(const Doubles& d_outputs, const Doubles& parameters, Doubles* d_images);

private:
    struct Layer {
        bool convolution;
        ReferenceConvolution c;
        int in, out;
        bool relu;
        size_t weights, biases;
        Doubles x, y;
        std::vector<int8_t> from;
    };
    std::vector<Layer> layers_;
    size_t parameters_ = 0;
    int count_ = 0;
};

// Algorithm 1 of Kingma and Ba, arXiv 1412.6980.
struct ReferenceAdam {
    Doubles first, second;
    int64_t steps = 0;
    void step(const Doubles& gradient, double rate, Doubles& parameters);
};

}  // namespace driver
