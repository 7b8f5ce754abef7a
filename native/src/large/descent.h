// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <vector>

#include "common/workers.h"
#include "large/forces.h"

namespace nanohooke::large {

/** When a descent is over, and how it goes. */
struct DescentOptions {
    /** Of sqrt(f P^-1 f), the norm that soft long waves count in (sqrt(eV)). */
    double residual = 1e-4;
    /** Of the sum of the free columns' forces along an axis, as a share of that of the columns in `group`. */
    double balance = 1e-4;
    double axis[2] = {0.0, 1.0};
    int most_iterations = 400;
    /** Longest way of a column against its neighbour in one iteration (Angstrom). */
    double longest = 0.3;
};

struct DescentResult {
    bool converged = false;
    bool cancelled = false;
    int iterations = 0, evaluations = 0;
    double residual = 0.0, imbalance = 0.0, largest = 0.0, energy = 0.0;
};

/**
 * L-BFGS (Nocedal 1980) in the metric of the springs. Steps and changes of forces are kept from one descent to the
 * next, as long as the same columns are held: along a path the crystal hardly changes what it answers.
 */
class Descent {
public:
    Descent(Forces &forces, Metric &metric, Workers &workers);

    void hold(const std::vector<char> &held);
    /** Columns whose reaction counts (non-zero). */
    void group(const std::vector<char> &group) { group_ = group; }
    /** Told the iteration and the residual; answers false to stop. */
    using Observer = std::function<bool(int, double, double)>;

    /** Moves the free columns of x to the minimum of energy. */
    DescentResult run(std::vector<double> &x, const DescentOptions &options, const Observer &observer);

    double seconds_forces() const { return seconds_forces_; }
    double seconds_solve() const { return seconds_solve_; }

private:
    struct Pair {
        std::vector<double> s, y;
        double curvature;
    };

    template <class Body>
    double sum(const Body &body);
    double dot(const std::vector<double> &a, const std::vector<double> &b);
    void remember(double share);
    void direction();
    void evaluate(const std::vector<double> &x);
    void precondition(std::vector<double> &v);
    void take_forces(std::vector<double> &f);

    Forces &forces_;
    Metric &metric_;
    Workers &workers_;
    std::vector<char> held_, group_;
    std::vector<Pair> memory_;  // the oldest first
    double scale_ = 0.0;        // of P^-1; 0: not known
    std::vector<double> force_, next_force_, step_, sums_;
    double seconds_forces_ = 0.0, seconds_solve_ = 0.0;
};

}  // namespace nanohooke::large
