// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

namespace nanohooke::large {

/** Energy and forces of what a descent moves: points with `parts` freedoms each. */
class Forces {
public:
    virtual ~Forces() = default;
    virtual void evaluate(const std::vector<double> &x) = 0;
    virtual int count() const = 0;
    virtual int parts() const = 0;
    virtual double energy() const = 0;
    virtual const std::vector<double> &forces() const = 0;
    virtual int evaluations() const = 0;
};

/** A matrix P with the soft long waves of a crystal, for the same freedoms. */
class Metric {
public:
    virtual ~Metric() = default;
    /** Says which freedoms are held (true), and factorises for them. */
    virtual void hold(const std::vector<char> &held) = 0;
    /** v := P^-1 v for the free freedoms, 0 for the held ones. */
    virtual void solve(std::vector<double> &v) = 0;
    /** Where the free ones are at rest when the held ones move: fills in the free freedoms of `move`. */
    virtual void carry(std::vector<double> &move) = 0;
    /** The longest way of a point against one beside it. */
    virtual double longest_stretch(const std::vector<double> &move) const = 0;
};

}  // namespace nanohooke::large
