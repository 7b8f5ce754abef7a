// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <vector>

namespace nanohooke::statics {

/** The last steps of L-BFGS and the two loops that correct a preconditioner by them (Nocedal 1980). */
class StepMemory {
public:
    explicit StepMemory(std::size_t most) : most_(most) {}

    void clear() { entries_.clear(); }
    bool empty() const { return entries_.empty(); }

    /** Keeps step s and gradient change y where they have positive curvature. */
    void add(std::vector<double> s, std::vector<double> y);

    /** v := (corrected inverse Hessian) v; `precondition` applies the inverse of the uncorrected one in place. */
    template <typename Precondition>
    void apply(std::vector<double> &v, Precondition &&precondition) const {
        std::vector<double> along(entries_.size());
        for (std::size_t k = entries_.size(); k-- > 0;) {
            along[k] = dot(entries_[k].s, v) / entries_[k].curvature;
            add_scaled(v, -along[k], entries_[k].y);
        }
        precondition(v);
        for (std::size_t k = 0; k < entries_.size(); ++k) {
            const double back = dot(entries_[k].y, v) / entries_[k].curvature;
            add_scaled(v, along[k] - back, entries_[k].s);
        }
    }

    static double dot(const std::vector<double> &a, const std::vector<double> &b);
    static void add_scaled(std::vector<double> &a, double factor, const std::vector<double> &b);

private:
    struct Entry {
        std::vector<double> s, y;
        double curvature;
    };
    std::size_t most_;
    std::deque<Entry> entries_;
};

}  // namespace nanohooke::statics
