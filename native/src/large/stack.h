// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "eam/forces.h"
#include "large/forces.h"
#include "large/springs.h"

namespace nanohooke::large {

/** Several periods of an extruded crystal, stacked along z, every atom free to go anywhere: one thread. */
class Stack : public Forces {
public:
    /** Places x of all atoms (three numbers each); along a direction of the plane that is free the box is wider. */
    Stack(std::shared_ptr<const eam::Potential> potential, const std::vector<double> &x, const Plane &plane,
          double height);

    void evaluate(const std::vector<double> &x) override;
    int count() const override { return evaluator_.atoms(); }
    int parts() const override { return 3; }
    double energy() const override { return evaluator_.energy(); }
    const std::vector<double> &forces() const override { return evaluator_.forces(); }
    int evaluations() const override { return evaluator_.evaluations(); }

private:
    eam::Evaluator evaluator_;
    Mat3 box_;
};

/**
 * The springs of one period for a stack of them, atoms by periods. What all periods do alike in the plane is what
 * carries long waves: there P is the springs' matrix. What breaks the period or the mirror planes has short waves along
 * z, or no force at all: there it is the stiffness of a column among its neighbours.
 */
class StackSprings : public Metric {
public:
    StackSprings(Springs &springs, int periods) : springs_(springs), columns_(springs.count()), periods_(periods) {}

    void hold(const std::vector<char> &held) override;
    void solve(std::vector<double> &v) override;
    void carry(std::vector<double> &move) override;
    double longest_stretch(const std::vector<double> &move) const override;

private:
    std::size_t at(int period, int column) const { return 3 * (static_cast<std::size_t>(period) * columns_ + column); }

    Springs &springs_;
    int columns_, periods_;
    std::vector<char> held_;
    std::vector<double> plane_;
};

}  // namespace nanohooke::large
