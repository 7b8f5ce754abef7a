// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "definition.h"
#include "report.h"

namespace driver {

struct CheckOptions {
    std::string network;       // the convolutions whose shapes are checked, and the dense layers behind
    std::vector<int> batches;  // of them
    uint64_t seed;
    int trainings;                   // of a small network; none: 0
    int steps;                       // of each
    std::vector<std::string> parts;  // dense, trainings, convolutions, in their order: time may be over before the last
};

// Every kernel against plain loops in double precision, on fresh numbers without ties.
void check(const CheckOptions& options, Report& report);

}  // namespace driver
