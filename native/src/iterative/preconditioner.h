// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "common/random.h"

namespace nanohooke::iterative {

/** A positive definite matrix P for the freedoms of a block of the Hessian, of which some are pinned. */
class Preconditioner {
public:
    virtual ~Preconditioner() = default;

    /** v := P^-1 v; pinned freedoms become 0. */
    virtual void solve(std::vector<double> &v) = 0;
    /** Numbers with the covariance P: P^-1/2 of them has no direction that it prefers. */
    virtual std::vector<double> random(Random &random) = 0;
    /** Freedoms that are held. */
    virtual const std::vector<char> &pinned() const = 0;
    int freedoms() const { return static_cast<int>(pinned().size()); }
};

}  // namespace nanohooke::iterative
