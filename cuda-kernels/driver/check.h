// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "definition.h"
#include "report.h"

namespace driver {

struct CheckOptions {
    std::string network;       // the convolutions whose shapes are checked, and the dense layers behind
    std::vector<int> batches;  // of them
    uint64_t seed;
    bool training;  // the 20 steps of a small network, too
};

// Every kernel against plain loops in double precision, on fresh numbers without ties.
void check(const CheckOptions& options, Report& report);

}  // namespace driver
