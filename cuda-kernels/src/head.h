// SPDX-License-Identifier: Apache-2.0
//
// The output head and the error behind it, in double precision: a warp an image, a lane an output.
#pragma once

#include "device.h"

namespace nanohooke {

// A squared factor, see nhc_set_head; without products the raw outputs themselves.
struct DeviceHead {
    double scale;
    int product_count;
    const double* offset;
    const int32_t* positive;
    const int32_t* products;
};

// What is minimised: the mean squared error where there is no origin, else the relative one of nhc_set_relative_loss.
struct DeviceLoss {
    const double* origin;
    double floor, knee;
};

// Squared errors of each image, and the derivatives of what is minimised by the raw outputs: [image][output].
void head_and_loss(int images, const float* raw, const float* targets, const DeviceHead& head, const DeviceLoss& loss,
                   double* sums, float* d_raw, int outputs, cudaStream_t stream);

}  // namespace nanohooke
