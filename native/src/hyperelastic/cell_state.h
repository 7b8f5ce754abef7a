// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hyperelastic/cell_kernel.h"
#include "hyperelastic/unit_cell.h"

namespace nanohooke::hyperelastic {

/** Displacements whose second derivatives are meant. */
enum class Motion {
    /** Those of a smooth path: opposite in pairs where the cell has an inversion, else all. */
    following,
    /** The others of a cell with an inversion: alike in pairs. They can but break the symmetry. */
    breaking
};

/**
 * Energy of a unit cell and its derivatives by the displacements s of its atoms and the Green strain E, at given ones:
 * an atom at X + s in the reference goes to F (X + s), and distances know F by C = F'F = I + 2 E alone. Scratch memory
 * for one thread.
 *
 * The matrix has the displacements, from the next multiple of eight on the strains, then one row for the gradient,
 * which a factorisation takes along: eight rows of these in all.
 */
class CellState {
public:
    explicit CellState(const UnitCell &cell);

    /**
     * Evaluates; with `matrix` the second derivatives, too. False where atoms come so near to each other, or move so
     * far, that no table of pairs holds them.
     */
    bool evaluate(const double *metric, const double *displacements, bool matrix, Motion motion = Motion::following);

    /** eV. */
    double energy() const { return energy_; }
    const std::vector<double> &gradient() const { return gradient_; }
    /**
     * Factorises the matrix of the last evaluation: the first columns of the factor L, and below them the corner of
     * strains and gradient as the displacements leave it. False where the displacements' part is not positive definite.
     */
    bool factorise();
    /** Makes the second derivatives of the last evaluation complete, in place of a factorisation. */
    void add_embedding_curvature();

    /** Column-major, lower triangle; or what factorise() made of it. */
    const std::vector<double> &matrix() const { return matrix_; }
    int rows() const { return rows_; }
    int freedoms() const { return freedoms_; }
    /** Row of the first strain; rows between displacements and strains are empty. */
    int strain_row() const { return strain_row_; }
    int strains() const { return strains_; }
    /** Solves L' x = y for 1 or 8 right sides y at strain_row() rows each, interleaved. */
    void back_substitute(int count, double *x) const;
    int evaluations() const { return evaluations_; }
    const UnitCell &cell() const { return cell_; }

private:
    void reserve(const PairTable &table);
    double embed(const PairTable &table, Motion motion);
    void prepare_motion(const PairTable &table, Motion motion);
    void settle_fixed(Motion motion);
    bool factorise_large();

    const UnitCell &cell_;
    int freedoms_, strains_, strain_row_, rows_;
    double energy_ = 0.0;
    int evaluations_ = 0;
    const PairTable *reserved_ = nullptr;
    std::vector<double> gradient_, matrix_, densities_;
    std::vector<double> density_, slope_, root_, curvature_sign_;
    std::vector<double> first_moves_, second_moves_, second_sign_;
    std::vector<int> entry_, image_pair_;
    std::vector<double> x_, y_, z_, image_numbers_, image_terms_;
    std::vector<PairSums> sums_;
    ActivePairs active_{};
};

/** sparse::partial_cholesky() of a matrix that is to be positive definite, on the calling thread. */
bool dense_cholesky(int n, int pivots, double *panel, double *rest, double least);

/** Smallest eigenvalue of a symmetric 3 x 3 matrix, row by row. */
double smallest_eigenvalue(const double *m);

}  // namespace nanohooke::hyperelastic
