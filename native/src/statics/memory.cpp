// SPDX-License-Identifier: Apache-2.0
#include "statics/memory.h"

namespace nanohooke::statics {

double StepMemory::dot(const std::vector<double> &a, const std::vector<double> &b) {
    double sum = 0.0;
    for (std::size_t k = 0; k < a.size(); ++k) sum += a[k] * b[k];
    return sum;
}

void StepMemory::add_scaled(std::vector<double> &a, double factor, const std::vector<double> &b) {
    for (std::size_t k = 0; k < a.size(); ++k) a[k] += factor * b[k];
}

void StepMemory::add(std::vector<double> s, std::vector<double> y) {
    const double curvature = dot(s, y);
    if (!(curvature > 0.0)) return;
    if (entries_.size() == most_) entries_.pop_front();
    entries_.push_back({std::move(s), std::move(y), curvature});
}

}  // namespace nanohooke::statics
