// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "large/columns.h"
#include "large/descent.h"
#include "large/springs.h"
#include "large/stack.h"
#include "nanohooke/large.h"

namespace nanohooke::large {

/** A large extruded crystal, its springs and its descent, in an order of its own, see nanohooke/large.h. */
class LargeCrystal {
public:
    LargeCrystal(std::shared_ptr<const eam::Potential> potential, int n, const double *positions,
                 const nh_large_options &options);

    void hold(const unsigned char *held);
    void set_positions(const double *positions);
    void get_positions(double *positions) const;
    void carry(const double *displacement);
    void evaluate();
    void get_forces(double *forces) const;
    DescentResult relax(const DescentOptions &options, const Descent::Observer &observer);

    double energy() const { return forces_->energy(); }
    nh_large_facts facts() const;
    int count() const { return static_cast<int>(order_.size()); }

private:
    double mean_stiffness(const std::vector<double> &x, const std::vector<char> &upper, const Plane &plane,
                          double period, double reach);

    Workers workers_;
    int parts_ = 2;                    // freedoms of an atom
    std::vector<std::int32_t> order_;  // the caller's atom at each place
    std::vector<double> x_, z_;        // z where it does not change
    double reach_ = 0.0, stiffness_ = 0.0, seconds_springs_ = 0.0;
    std::unique_ptr<Columns> columns_;
    std::unique_ptr<Stack> stack_;
    Forces *forces_ = nullptr;  // of the two
    std::unique_ptr<Springs> springs_;
    std::unique_ptr<StackSprings> stack_springs_;
    std::unique_ptr<Descent> descent_;
};

}  // namespace nanohooke::large
