// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "eam/derivatives.h"
#include "sparse/cholesky.h"
#include "statics/components.h"

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
};

/** Numbers the atoms so that factors stay sparse; one per crystal, kept while atoms move. */
std::vector<int> fill_reducing_rank(const eam::Evaluator &evaluator, const std::vector<double> &x, const Mat3 &h,
                                    Ledger &ledger);

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
        /** A "no" comes sooner and may, rarely, be wrong. */
        quick
    };

    NewtonModel(eam::Block block, std::shared_ptr<sparse::Storage> storage)
        : block_(block), space_(eam::block_space(block)), factor_(std::move(storage)) {}

    /**
     * False where H is not positive definite. `shift` is added to H's diagonal (eV/Angstrom^2). Where forces are small
     * a failure may come from pieces that the solid holds by the tail of the cutoff: those alone get a shift of 1e-3
     * then, and at rest everything one of 1e-6, which changes tensors by some 0.001 GPa. Neither can hide an
     * instability that matters.
     */
    bool build(const eam::Evaluator &evaluator, const std::vector<double> &x, const Mat3 &h,
               const std::vector<int> &rank, double shift, Verdict verdict, Ledger &ledger);

    int atoms() const { return static_cast<int>(rank_.size()); }
    int displacements() const { return atoms() * static_cast<int>(space_.components.size()); }
    int strains() const { return static_cast<int>(space_.strains.size()); }
    int size() const { return displacements() + strains(); }
    const eam::BlockSpace &space() const { return space_; }

    /** S by Voigt index (eV); entries beyond the block's strains are 0. */
    const std::vector<double> &stiffness() const { return stiffness_; }
    /** S is positive definite. Where not, solves use a stiffness of 20 GPa instead. */
    bool stiffness_definite() const { return stiffness_definite_; }
    /** Floating-point operations of one factorisation. */
    double operations() const {
        return factor_.symbolic().operations(node_size_);
    }
    /** Smallest pivot of H, or the failed one; and the atom it belongs to. */
    double pivot() const { return factor_.pivots().smallest(); }
    int pivot_atom() const;

    /** v := (model matrix)^-1 v. With `fixed_box` the strains stay zero. */
    void solve(std::vector<double> &v, bool fixed_box, Ledger &ledger) const;

private:
    bool factorise(sparse::BlockMatrix &matrix, Verdict verdict, Ledger &ledger);
    bool factorise_softly(sparse::BlockMatrix &matrix, const eam::Evaluator &evaluator, Ledger &ledger);
    void solve_displacements(double *v, int count, Ledger &ledger) const;
    void prepare_stiffness(const eam::Evaluator &evaluator, double volume, Ledger &ledger);

    eam::Block block_;
    eam::BlockSpace space_;
    std::vector<int> rank_;
    std::vector<char> pinned_;
    int node_size_ = 0;  // numbers a node has in the factor
    sparse::Cholesky factor_;
    std::vector<double> response_;  // H^-1 L, one column after another
    std::vector<double> stiffness_;
    std::vector<double> stiffness_factor_;
    bool stiffness_definite_ = false;
};

/** Removes pinned freedoms from a matrix: unit rows and columns, scaled like the rest of the diagonal. */
void pin(sparse::BlockMatrix &matrix, const std::vector<char> &pinned_by_node);

}  // namespace nanohooke::statics
