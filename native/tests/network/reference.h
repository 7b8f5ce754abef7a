// SPDX-License-Identifier: Apache-2.0
//
// The network by its definition, in double precision and with plain loops: the oracle of the tests.
#pragma once

#include <cstddef>
#include <vector>

#include "nanohooke/network.h"

namespace reference {

using Values = std::vector<double>;

// Activations of one image: in front of every layer, and the outputs at the end.
struct Trace {
    std::vector<Values> before;  // [layers + 1]
};

class Network {
public:
    Network(int channels, int height, int width, const std::vector<nh_layer>& layers,
            const std::vector<float>& parameters)
        : channels_(channels),
          height_(height),
          width_(width),
          layers_(layers),
          p_(parameters.begin(), parameters.end()) {}

    Trace forward(const std::vector<float>& image) const;

    // Adds to gradient (as long as the parameters); answers with the gradient of the image.
    Values backward(const Trace& trace, const Values& d_output, Values& gradient) const;

private:
    struct Place {  // a layer, the shape of its input, and where its parameters begin
        nh_layer layer;
        int channels, height, width;
        size_t parameters;
    };
    std::vector<Place> places() const;

    int channels_, height_, width_;
    std::vector<nh_layer> layers_;
    Values p_;
};

}  // namespace reference
