// SPDX-License-Identifier: Apache-2.0
//
// The output head and the squared error behind it, in double precision: a warp an image, a lane an output.
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

// Squared errors of each image, and the derivatives of their mean by the raw outputs: [image][output].
void head_and_loss(int images, const float* raw, const float* targets, const DeviceHead& head, double* sums,
                   float* d_raw, int outputs, cudaStream_t stream);

}  // namespace nanohooke
