// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

#include "common/workers.h"
#include "eam/potential.h"
#include "large/column_kernel.h"
#include "large/column_list.h"
#include "large/forces.h"

namespace nanohooke::large {

/**
 * Energy and forces of many columns of atoms, on all cores. A column is an atom at z = 0 or a/2 with its images a
 * period a apart, see ColumnPairs; forces along z vanish by symmetry. Sums are taken in one order: the result does not
 * depend on the number of threads.
 */
class Columns : public Forces {
public:
    /** `upper[i]`: column i lies at z = a/2. */
    Columns(std::shared_ptr<const eam::Potential> potential, std::vector<char> upper, double period, Plane plane,
            Workers &workers, const ColumnKernel &kernel = column_kernel());

    /** At places x (two numbers a column). */
    void evaluate(const std::vector<double> &x) override;

    int count() const override { return static_cast<int>(upper_.size()); }
    int parts() const override { return 2; }
    double energy() const override { return energy_; }
    const std::vector<double> &forces() const override { return forces_; }
    const std::vector<double> &densities() const { return density_; }
    const std::vector<double> &embedding_slopes() const { return embedding_slope_; }
    int evaluations() const override { return evaluations_; }
    int lists() const { return lists_; }
    const eam::Potential &potential() const { return *potential_; }

private:
    bool list_is_stale(const std::vector<double> &x);
    void own_images();

    std::shared_ptr<const eam::Potential> potential_;
    std::vector<char> upper_;
    double period_;
    Plane plane_;
    Workers &workers_;
    const ColumnKernel &kernel_;
    ColumnList list_;
    std::vector<double> list_x_;
    std::vector<ColumnPairs::Rise> rises_[2];
    // Every column meets its own images: the same for all.
    double own_density_ = 0.0, own_energy_ = 0.0;
    std::vector<double> density_, embedding_slope_, forces_, density_slope_, pair_slope_, sums_;
    double energy_ = 0.0;
    int evaluations_ = 0, lists_ = 0;
};

}  // namespace nanohooke::large
