// SPDX-License-Identifier: Apache-2.0
//
// Mishin's aluminium as the library's inner layers take it.
#pragma once

#include <memory>

#include "eam/potential.h"
#include "structures.h"

namespace structures {

inline std::shared_ptr<const nanohooke::eam::Potential> aluminium() {
    using nanohooke::eam::Potential;
    static const auto potential = [] {
        const Aluminium a;
        return std::make_shared<const Potential>(
            nanohooke::eam::Table{a.density_spacing, a.embedding}, nanohooke::eam::Table{a.distance_spacing, a.density},
            nanohooke::eam::Table{a.distance_spacing, a.product}, a.cutoff, a.mass);
    }();
    return potential;
}

}  // namespace structures
