// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "common/room.h"
#include "eam/neighbours.h"
#include "eam/potential.h"

namespace nanohooke::eam {

/** A pair inside the cutoff, as the last evaluation saw it: d = x_j + image - x_i. */
struct ActivePair {
    double d[3];
    double weight;
};

/**
 * Energy, forces and virial of an embedded-atom crystal. Keeps the pair list between calls and rebuilds it when atoms
 * have moved far enough; keeps the pairs of the last call for the second derivatives.
 */
class Evaluator {
public:
    Evaluator(std::shared_ptr<const Potential> potential, int atoms, bool planar);

    /** Positions x (3n), box h. Planar evaluators need the atoms on the mirror planes; their forces have no z part. */
    void evaluate(const std::vector<double> &x, const Mat3 &h);

    double energy() const { return energy_; }
    /** 3n, eV/Angstrom. */
    const std::vector<double> &forces() const { return forces_; }
    /** Derivative of the energy by (symmetric) strain: sum of g d (x) d, eV. Divided by the volume: the stress. */
    const Mat3 &virial() const { return virial_; }

    bool planar() const { return planar_; }
    int atoms() const { return atoms_; }
    const Potential &potential() const { return *potential_; }
    const std::shared_ptr<const Potential> &shared_potential() const { return potential_; }
    /** F, F', F'' of every atom. */
    const std::vector<Jet> &embedding() const { return embedding_; }
    /** Pairs of atom i: first_active()[i] .. first_active()[i + 1]. */
    const ActivePair &pair(int k) const { return reinterpret_cast<const ActivePair &>(pairs4_[4 * std::size_t(k)]); }
    int partner(int k) const { return partners_[k]; }
    /** Where atom i was, and the translation of an image of the list (see PairList::images). */
    const double *place(int i) const { return &x4_[4 * std::size_t(i)]; }
    const double *translation(int image) const { return &shifts4_[4 * std::size_t(image)]; }
    double distance_squared(int k) const { return squares_[k]; }
    const std::vector<std::int32_t> &first_active() const { return first_active_; }
    const PairList &list() const { return list_; }

    /**
     * From now on second derivatives are the means of the tables' over r (1 +- window), and over the densities that a
     * strain along one axis by so much leads to; forces stay as they are. 0: the derivatives where the atoms are. See
     * CurvatureAverage.
     */
    void average_curvature(double window);
    double curvature_window() const { return curvature_window_; }
    /** F'' of an atom, averaged where asked for. */
    double embedding_curvature(int i) const { return embedding_curvature_[i]; }

    int evaluations() const { return evaluations_; }
    double seconds() const { return seconds_; }

private:
    bool list_is_stale(const std::vector<double> &x, const Mat3 &h) const;
    void build_list(const std::vector<double> &x, const Mat3 &h);
    void collect_pairs(const std::vector<double> &x, const Mat3 &h);
    void sum_densities();
    void sum_forces();

    std::shared_ptr<const Potential> potential_;
    int atoms_;
    bool planar_;
    PairList list_;
    std::vector<double> list_x_;
    Mat3 list_h_;

    std::vector<std::int32_t> first_active_;
    // Room for all pairs of the list; those inside the cutoff are two thirds of them.
    Room<std::int32_t> partners_;
    Room<double> pairs4_, squares_, pair_density_, density_slope_, pair_slope_;
    std::vector<double> x4_, shifts4_, forces4_;
    std::vector<double> density_, embedding_slope_, forces_;
    std::vector<Jet> embedding_;
    std::vector<double> embedding_curvature_;
    double energy_ = 0.0;
    Mat3 virial_;
    double curvature_window_ = 0.0;
    int evaluations_ = 0;
    double seconds_ = 0.0;
};

/** Averages an evaluator's second derivatives while it lives. */
class CurvatureAverage {
public:
    CurvatureAverage(Evaluator &evaluator, double window) : evaluator_(evaluator) {
        evaluator_.average_curvature(window);
    }
    ~CurvatureAverage() { evaluator_.average_curvature(0.0); }
    CurvatureAverage(const CurvatureAverage &) = delete;
    CurvatureAverage &operator=(const CurvatureAverage &) = delete;

private:
    Evaluator &evaluator_;
};

}  // namespace nanohooke::eam
