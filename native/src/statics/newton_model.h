// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "eam/derivatives.h"
#include "statics/components.h"
#include "statics/crystal.h"
#include "statics/tuning.h"

namespace nanohooke::statics {

/** Work done so far, for the result. */
struct Ledger {
    double assembly = 0.0;
    double ordering = 0.0;
    double factorisation = 0.0;
    double solve = 0.0;
    double forces = 0.0;
    int evaluations = 0;
    int factorisations = 0;
    int fire_steps = 0;
    int iterations = 0;
    /** Products with a Hessian, and the largest share of a right-hand side that a solution by iterations left. */
    long long products = 0;
    double linear_residual = 0.0;
};

/** What is known of the sign of a block of the Hessian. */
struct Definiteness {
    bool definite = false;
    /** Smallest pivot of its factor, or the failed one (eV/Angstrom^2); NaN where there is no factor. */
    double pivot;
    /** Smallest Ritz value beside a network of springs, NaN where there is a factor; and the chance, at most, that a
     *  random start has missed a negative eigenvalue. 0 where a factor decides. */
    double ritz;
    double chance = 0.0;
    /** Atom at which a factor failed; -1: none. */
    int atom = -1;
};

/**
 * The quadratic model of the energy around a state, atoms and strain together:
 *     [ H    L ]   H: positions, factorised;  L: mixed;  B: Born;
 *     [ L'   B ]   S = B - L' H^-1 L: the strain's stiffness with the atoms following.
 * S divided by the volume is the elastic tensor's part that belongs to the block. Vectors hold the displacements
 * i * components + a in the crystal's order of atoms, then the strains.
 */
class NewtonModel {
public:
    enum class Verdict {
        exact,
        /** A "no" comes later, with the pivot and the atom that say so; the other verdicts tell none. */
        explained,
        /** A "no" comes sooner and may, rarely, be wrong. */
        quick
    };

    NewtonModel(eam::Block block, const Tuning &tuning)
        : tuning_(tuning), block_(block), space_(eam::block_space(block)) {}
    virtual ~NewtonModel() = default;
    NewtonModel(const NewtonModel &) = delete;
    NewtonModel &operator=(const NewtonModel &) = delete;

    /** Orders the atoms for what is to come; once, before all else, and kept while they move. */
    virtual void prepare(const eam::Evaluator &evaluator, const std::vector<double> &x, const Mat3 &h,
                         Ledger &ledger) = 0;

    /**
     * False where H is not positive definite. `shift` is added to H's diagonal (eV/Angstrom^2). Where forces are small
     * a failure may come from pieces that the solid holds by the tail of the cutoff: those alone get a shift of 1e-3
     * then, and at rest everything one of 1e-6, which changes tensors by some 0.001 GPa. Neither can hide an
     * instability that matters.
     */
    bool build(const eam::Evaluator &evaluator, const std::vector<double> &x, const Mat3 &h, double shift,
               Verdict verdict, Ledger &ledger);

    int atoms() const { return atoms_; }
    int displacements() const { return atoms() * static_cast<int>(space_.components.size()); }
    int strains() const { return static_cast<int>(space_.strains.size()); }
    int size() const { return displacements() + strains(); }
    const eam::BlockSpace &space() const { return space_; }

    /** S by Voigt index (eV); entries beyond the block's strains are 0. */
    const std::vector<double> &stiffness() const { return stiffness_; }
    /** S is positive definite. Where not, solves use a stiffness of 20 GPa instead. */
    bool stiffness_definite() const { return stiffness_definite_; }
    /** Floating-point operations of one build. */
    virtual double operations() const = 0;
    /** What the last build knows of H's sign. */
    virtual Definiteness definiteness() const = 0;
    /** Gives up what the next build makes anew: memory that other blocks need. */
    virtual void release() {}
    /** A model of another block of the same crystal, prepared like this one. */
    virtual std::unique_ptr<NewtonModel> of(eam::Block block) const = 0;
    /** The sign of a planar crystal's block at a wave number along z (1/Angstrom). */
    virtual Definiteness at_wave_number(const eam::Evaluator &evaluator, const std::vector<double> &x, const Mat3 &h,
                                        double wave_number, Ledger &ledger) const = 0;

    /** v := (model matrix)^-1 v. With `fixed_box` the strains stay zero. */
    void solve(std::vector<double> &v, bool fixed_box, Ledger &ledger) const;

protected:
    /** Gives up the second derivatives of before. */
    virtual void discard() {}
    /** Takes the second derivatives where the atoms are. */
    virtual void form(const eam::Evaluator &evaluator, const std::vector<double> &x, const Mat3 &h, Ledger &ledger) = 0;
    virtual void shift_diagonal(int atom, double shift) = 0;
    /** Whether they are positive definite; solutions are possible then. */
    virtual bool decide(Verdict verdict, Ledger &ledger) = 0;
    /** Solves H x = v in place for vectors that follow each other; pinned freedoms are 0 on both sides. */
    virtual void solve_displacements(double *v, int count, Ledger &ledger) const = 0;

    const Tuning tuning_;
    eam::Block block_;
    eam::BlockSpace space_;
    int atoms_ = 0;
    std::vector<char> pinned_;  // freedoms

private:
    /** `again` takes the second derivatives anew, without the shifts of before. */
    bool decide_softly(const eam::Evaluator &evaluator, Verdict verdict, const std::function<void()> &again,
                       Ledger &ledger);
    void shift_all(double shift);
    void prepare_stiffness(const eam::Evaluator &evaluator, double volume, Ledger &ledger);

    std::vector<double> response_;  // H^-1 L, one column after another
    std::vector<double> stiffness_;
    std::vector<double> stiffness_factor_;
    bool stiffness_definite_ = false;
};

}  // namespace nanohooke::statics
