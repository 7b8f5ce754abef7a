// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "eam/potential.h"
#include "sparse/storage.h"
#include "statics/crystal.h"

/** What the handles of the C interface hold; more than one part of it takes them. */
struct nh_eam {
    std::shared_ptr<const nanohooke::eam::Potential> potential;
    std::shared_ptr<nanohooke::sparse::Storage> storage = std::make_shared<nanohooke::sparse::Storage>();
};

struct nh_crystal {
    nanohooke::statics::Crystal crystal;
};
