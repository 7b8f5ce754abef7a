// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace nanohooke::hyperelastic {

/** A table of pairs and the potential, as plain arrays. */
struct PairView {
    int count;
    const int *first, *second;
    const double *first_moves, *second_moves, *weight;
    const double *x, *y, *z;
    const int *kind;
    /** Images along z of each kind: squares and weights, and how many. */
    const double *const *image_squares;
    const double *const *image_weights;
    const int *image_counts;
    const double *potential;
    double per_length;
    int last_interval;
    double cutoff_squared;
};

/** Sums over the images of a pair, weighted: with q = r^2, the slopes are 2 d/dq and the curvatures 4 d2/dq2. */
struct PairSums {
    double density, energy;
    double density_slope, energy_slope;
    double density_curvature, energy_curvature;
    /** The same times z^2, and curvatures times z^4: derivatives by the strain along z. */
    double density_slope_z, energy_slope_z;
    double density_curvature_z, energy_curvature_z;
    double density_curvature_zz, energy_curvature_zz;
};

/** Pairs inside the cutoff; arrays with room for all of a table's (images: times the most images of a kind). */
struct ActivePairs {
    int count;
    int *entry;
    double *x, *y, *z;
    PairSums *sums;
    // of their images
    int *image_pair;
    double *image_distance, *image_square, *image_weight, *image_terms;
};

/** What the second pass adds to: columns of the leading dimension `rows`, of the matrix the lower triangle. */
struct Derivatives {
    int rows;
    /** Row of the first strain. */
    int strain_row;
    double *gradient;
    /** Null: the gradient alone. */
    double *matrix;
    /** One column an orbit: the density's gradient times root[orbit]. */
    double *densities;
    /** F' and sqrt(|F''| / atoms of the orbit) of each orbit. */
    const double *embedding_slope, *root;
    /** Of the displacements whose second derivatives are wanted; the first derivatives' own are in the table. */
    const double *first_moves, *second_moves;
    /** Sign of the second atom's change of density over its orbit's. */
    const double *second_sign;
};

/** The loops over pairs of one instruction set. `metric` is C = F'F, row by row. */
struct CellKernel {
    /** Finds the active pairs and their sums; `room` for `table.count` pairs. */
    void (*measure2)(const PairView &table, const double *metric, const double *displacements, ActivePairs &active);
    void (*measure3)(const PairView &table, const double *metric, const double *displacements, ActivePairs &active);
    void (*derive2)(const PairView &table, const double *metric, const ActivePairs &active, const Derivatives &to);
    void (*derive3)(const PairView &table, const double *metric, const ActivePairs &active, const Derivatives &to);
    /**
     * First `pivots` columns of the factor L of L L' = M + G S G', and what they leave of the corner below; column by
     * column, lower triangle, in place. Both dimensions are multiples of 8; G has `orbits` columns as long. False where
     * a pivot is not above `least`.
     */
    bool (*factorise)(double *m, int rows, int pivots, const double *g, const double *signs, int orbits, double least);
    /** Solves L' X = Y for 1 or 8 right sides, X and Y interleaved [n][count], L n x n of leading dimension `ld`. */
    void (*back_substitute)(int n, const double *l, int ld, int count, double *x);
};

/** The kernel for this machine, chosen once. */
const CellKernel &cell_kernel();

}  // namespace nanohooke::hyperelastic
