// SPDX-License-Identifier: Apache-2.0
//
// What follows the last layer in training: from raw outputs to the values that are compared with targets, their squared
// error, and the derivative of what is minimised. Some dozen numbers an image: plain loops in double precision.
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

    // The mean over images and outputs of (value - target)^2; d_raw receives the derivative by the raw outputs of what
    // is minimised: of this, or of the relative error if that was asked for.
    double loss(const float* raw, const float* targets, int batch, int outputs, float* d_raw) const;

    // From here on the relative error is minimised, see nh_network_set_relative_loss. Throws as the constructor does.
    void minimise_relative(const double* origin, double floor, double knee, int outputs);

private:
    double direct(const float* raw, const float* target, int batch, float* d_raw, int outputs) const;
    double squared_factor(const float* raw, const float* target, int batch, float* d_raw, double* scratch) const;
    double weight(double squared, const float* target, int batch, int outputs) const;

    double scale_ = 0.0;
    std::vector<double> offset_;
    std::vector<bool> positive_;
    std::vector<nh_head_product> products_;
    std::vector<double> origin_;  // empty: the squared error is minimised
    double floor_ = 0.0, knee_ = 0.0;
};

}  // namespace nanohooke
