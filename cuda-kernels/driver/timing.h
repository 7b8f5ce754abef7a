// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "definition.h"
#include "report.h"

namespace driver {

struct TimeOptions {
    std::string network;
    Padding padding;
    int batch;
    int repeats;
    size_t copy_bytes;
    std::vector<int> inference;  // batches
};

// The device's ceilings; convolutions and kernels at this batch; the whole step; inference.
void time(const TimeOptions& options, Report& report);

}  // namespace driver
