// SPDX-License-Identifier: Apache-2.0
//
// What follows the last layer in training: from raw outputs to the values that the loss compares with targets, and the
// loss with its derivative. Some dozen numbers an image: plain loops in double precision.
#pragma once

#include <vector>

#include "nanohooke/network.h"

namespace nanohooke {

class Head {
public:
    // The raw outputs themselves.
    Head() = default;

    // Throws Error(NH_BAD_ARGUMENT) that names what does not fit.
    Head(const nh_head& head, int outputs);

    // The mean over images and outputs of (value - target)^2; d_raw receives its derivative by the raw outputs.
    double loss(const float* raw, const float* targets, int batch, int outputs, float* d_raw) const;

private:
    double squared_factor(const float* raw, const float* target, double weight, float* d_raw, double* scratch) const;

    double scale_ = 0.0;
    std::vector<double> offset_;
    std::vector<bool> positive_;
    std::vector<nh_head_product> products_;
};

}  // namespace nanohooke
