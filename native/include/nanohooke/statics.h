// SPDX-License-Identifier: Apache-2.0
//
// Molecular statics of one-element crystals with an embedded-atom potential: relaxation of atoms and cell with exact
// second derivatives, and the elastic tensor at the minimum without a single strained relaxation.
//
// Units: Angstrom, eV, GPa, ps. Voigt order 11 22 33 23 13 12 with engineering shear. A box is the six numbers
// lx ly lz xy xz yz of LAMMPS' restricted triclinic cell (a along x, b in the xy plane), periodic in all directions;
// its origin is free. Positions are x1 y1 z1 x2 y2 z2 ... and need not lie inside the box.
// Every function returns an nh_status; handles are not thread-safe, different handles are independent.
#ifndef NANOHOOKE_STATICS_H
#define NANOHOOKE_STATICS_H

#include "nanohooke/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nh_eam nh_eam;
typedef struct nh_crystal nh_crystal;

// ---------------------------------------------------------------------------------------------------- potential

/** An embedded-atom potential of one element from its tables, copied: embedding[densities] = F at the densities 0,
 *  density_spacing, ... (eV); density[distances] = rho and product[distances] = r phi (eV Angstrom) at the distances 0,
 *  distance_spacing, ... (Angstrom). At least five values each. Splines are those of LAMMPS' pair styles eam, eam/alloy
 *  and eam/fs; beyond their last knots rho and r phi keep its value, and F goes on straight. The mass (g/mol)
 *  is that of the gentle descent's dynamics. */
NH_API int nh_eam_create(int densities, double density_spacing, const double *embedding, int distances,
                         double distance_spacing, const double *density, const double *product, double cutoff,
                         double mass, nh_eam **out);
/** Null is allowed. Crystals made from the potential stay valid. */
NH_API void nh_eam_free(nh_eam *eam);

// ------------------------------------------------------------------------------------------------------ crystal

/** A crystal of n atoms: positions[3n] and box[6] are copied. */
NH_API int nh_crystal_create(const nh_eam *eam, int n, const double *positions, const double *box, nh_crystal **out);
NH_API void nh_crystal_free(nh_crystal *crystal);
NH_API int nh_crystal_size(const nh_crystal *crystal, int *n);
/** positions[3n], box[6] in the restricted triclinic frame, origin[n] = index of the atom in the crystal that the
 *  calculation started from (its own index for a crystal made by nh_crystal_create). Any output may be null. */
NH_API int nh_crystal_get(const nh_crystal *crystal, double *positions, double *box, int *origin);

// ------------------------------------------------------------------------------------------------------ options

/** What to do where the one-cell period (z) is not the whole answer. */
enum nh_cells {
    /** Relax three cells along z where the k_z = 1/3 certificate fails (the default). */
    NH_CELLS_AUTO = 0,
    /** Stay with the given period; the certificate is still computed and reported. */
    NH_CELLS_ONE = 1,
    /** Always relax three cells. */
    NH_CELLS_THREE = 3
};

/** How equations with the Hessian are solved. */
enum nh_solver {
    /** By its sparse factor: exact, and fast where there is memory for it (extruded cells: some 65 kB an atom). */
    NH_SOLVER_DIRECT = 0,
    /** By conjugate gradients on exact products with it, preconditioned by a network of springs: the same path to the
     *  same minimum and tensor, with a few kB an atom. That the Hessian is positive definite is then told by Lanczos'
     *  method from a random start, with the chance that it is not. */
    NH_SOLVER_ITERATIVE = 1
};

/** All settings; nh_statics_defaults() fills in the documented default of each. */
typedef struct nh_statics_options {
    /** Converged when no force component exceeds this (eV/Angstrom, 1e-6) ... */
    double force_tolerance;
    /** ... and no stress component exceeds this (GPa, 1e-6). */
    double stress_tolerance;
    /** Most quasi-Newton iterations of one relaxation (400). */
    int max_iterations;
    /** Quasi-Newton iterations between two factorisations (20). */
    int refactor_interval;
    /** Largest displacement of one component in one quasi-Newton step (Angstrom, 0.1). */
    double max_step;
    /** Largest strain component of one quasi-Newton step (0.005). */
    double max_strain_step;

    /** Gentle phase: FIRE as LAMMPS runs it, at the fixed starting box. Time step (ps, 0.002). */
    double fire_timestep;
    /** Most FIRE steps in all (20000). 0 switches the gentle phase off: then the minimum may be another one. */
    int fire_max_steps;
    /** FIRE hands over to the quasi-Newton phase first when no force component exceeds this (eV/Angstrom, 0.05). */
    double fire_handover_force;
    /** Newton is trusted only where its step at fixed box moves no atom farther than this (Angstrom, 0.3). */
    double trust_displacement;
    /** Newton is trusted while |1 - actual/predicted| decrease of its step stays below this (0.3). */
    double trust_ratio;

    /** An nh_cells value (NH_CELLS_AUTO). */
    int cells;
    /** Non-zero: treat the structure as a general 3D one even where all atoms lie on mirror planes (0). */
    int force_general;
    /** Non-zero: remove islands before the calculation (0). */
    int drop_islands;
    /** Largest component of the seeded displacement that starts a three-cell relaxation or leaves a saddle (0.02). */
    double perturbation;
    /** Seed of that displacement (1). */
    long long seed;
    /** Added to the diagonal of full (non-planar) Hessians, against free rotations of islands (eV/Angstrom^2, 1e-8). */
    double diagonal_shift;
    /** Not 0: the tensor is measured once more with the tables' second derivatives averaged over r (1 +- this) and over
     *  the densities that a uniaxial strain of that size leads to, at the same positions: what strains of that size
     *  would see of tables whose derivatives jump at their knots (0). */
    double table_average;
    /** An nh_solver value (NH_SOLVER_DIRECT). */
    int solver;
    /** The nh_solver for three cells that follow one (NH_SOLVER_DIRECT); by iterations they are, too, where one is.
     * Three cells with all freedoms take some twice the memory of one by iterations, ten times by a factor. */
    int three_cell_solver;
} nh_statics_options;

NH_API void nh_statics_defaults(nh_statics_options *options);

// ------------------------------------------------------------------------------------------------------- result

enum nh_outcome {
    /** A converged minimum with a positive definite tensor. */
    NH_OUTCOME_OK = 0,
    /** Forces or stress did not reach their tolerance within the iterations allowed. */
    NH_OUTCOME_NOT_CONVERGED = 1,
    /** Converged, but a block of the Hessian is not positive definite: a saddle (see failed_block). */
    NH_OUTCOME_UNSTABLE = 2,
    /** A minimum whose tensor is not positive definite, for instance a slit that cuts the cell. */
    NH_OUTCOME_SOFT = 3
};

/** Why a descent ended before its tolerances. */
enum nh_stop {
    /** It did not, or it ended on a saddle. */
    NH_STOP_NONE = 0,
    /** max_iterations. */
    NH_STOP_ITERATIONS = 1,
    /** No step lowers the energy, with derivatives taken on the spot: the energy is not smooth, or all is rounding. */
    NH_STOP_NO_DESCENT = 2
};

enum nh_path {
    /** One cell, atoms on mirror planes: in-plane and axial blocks apart. */
    NH_PATH_PLANAR = 0,
    /** All 3N degrees of freedom of the given cell. */
    NH_PATH_GENERAL = 1,
    /** All degrees of freedom of three cells stacked along z. */
    NH_PATH_THREE_CELL = 2
};

enum nh_block {
    NH_BLOCK_NONE = 0,
    NH_BLOCK_IN_PLANE = 1,
    NH_BLOCK_AXIAL = 2,
    NH_BLOCK_FULL = 3,
    NH_BLOCK_BLOCH = 4,
    NH_BLOCK_TENSOR = 5
};

enum nh_stage {
    NH_STAGE_GENTLE = 0,
    NH_STAGE_NEWTON = 1,
    NH_STAGE_TENSOR = 2,
    NH_STAGE_CERTIFICATE = 3,
    NH_STAGE_THREE_CELL_GENTLE = 4,
    NH_STAGE_THREE_CELL_NEWTON = 5,
    NH_STAGE_THREE_CELL_TENSOR = 6
};

typedef struct nh_statics_result {
    /** nh_outcome, nh_path, and the nh_block that is not positive definite (NH_BLOCK_NONE where all are). With
     *  NH_CELLS_ONE a failed certificate (NH_BLOCK_BLOCH) leaves the outcome of the one cell as it is. */
    int outcome;
    int path;
    /** The nh_solver of the cells whose state this is. */
    int solver;
    int failed_block;
    /** The nh_stop of a relaxation that did not converge. */
    int stop;
    /** Atom (index in the given crystal) at which that factorisation stopped, -1 where none did. */
    int failed_atom;
    /** Atoms of the minimum and cells along z that it has. */
    int atoms;
    int cells;
    /** Components that are not connected to the main solid, their atoms, and the atoms removed by drop_islands. */
    int islands;
    int island_atoms;
    int dropped_atoms;
    /** Directions in which the main solid is continuous: 1 (x) + 2 (y) + 4 (z). */
    int percolation;
    /** k_z = 1/3 block: 1 positive definite, 0 not, -1 not computed. */
    int certificate;
    /** Non-zero: another minimum is known (a lower or equal one that the returned one is not, or the saddle left). */
    int other_minimum;
    /** Energy and force evaluations (FIRE steps included), FIRE steps, quasi-Newton iterations, factorisations. */
    int evaluations;
    int fire_steps;
    int iterations;
    int factorisations;
    /** Products with a Hessian (iterative solver). */
    long long products;

    /** Smallest pivot of a displacement in the factorisation that shows the Hessian at the minimum, or its k_z = 1/3
     *  block, to be positive definite; the first non-positive pivot of the Cholesky factorisation where it is not.
     *  eV/Angstrom^2, NaN where not computed. Its sign decides; its size depends on the order of elimination. */
    double smallest_pivot;
    double certificate_pivot;
    /** Iterative solver, NaN else: smallest Ritz value of the Hessian beside its springs, at the minimum and of its
     *  k_z = 1/3 block (springs: 1; negative: a direction that lowers the energy was found); the chance, at most, that
     *  a negative eigenvalue was missed; and the largest share of a right-hand side that a solution has left. */
    double smallest_ritz;
    double certificate_ritz;
    double miss_chance;
    double linear_residual;
    /** Energy (eV) of the minimum, per cell of the given crystal, and of the one-cell minimum (NaN if none). */
    double energy;
    double one_cell_energy;
    /** Largest remaining force (eV/Angstrom) and stress (GPa) component. */
    double max_force;
    double max_stress;
    /** Box lx ly lz xy xz yz of the minimum (three times lz for three cells). */
    double box[6];
    /** Row-major 6 x 6 elastic tensor in the frame of that box (GPa), of a relaxation that did not converge where it
     *  ended; NaN where a block of the Hessian is not positive definite there. */
    double tensor[36];
    /** The same with averaged second derivatives (see table_average); NaN where not asked for, where there is no sharp
     *  one, and where the averaged Hessian is not positive definite. */
    double averaged_tensor[36];

    /** Pairs within a thousandth of the cutoff, on either side of it, and by how much the energy (eV) and the pressure
     *  (GPa) jump when they all cross it: not 0 where the tables do not end at zero there. No derivative tells that. */
    int cutoff_pairs;
    double cutoff_energy;
    double cutoff_pressure;

    /** CPU seconds of the calling thread: forces, assembly of second derivatives, ordering and analysis, factorisation,
     *  solves, total. */
    double seconds_forces;
    double seconds_assembly;
    double seconds_ordering;
    double seconds_factorisation;
    double seconds_solve;
    double seconds_total;
} nh_statics_result;

/** Called between iterations with an nh_stage, the iteration, and the largest force (eV/Angstrom) and stress (GPa)
 *  component; NaN where a stage has none. A value other than 0 cancels the calculation (NH_CANCELLED). */
typedef int (*nh_progress)(void *user, int stage, int iteration, double max_force, double max_stress);

// --------------------------------------------------------------------------------------------------- operations

/** Energy (eV), forces[3n] (eV/Angstrom) and stress[6] (GPa, Voigt, tension positive). Any output may be null. */
NH_API int nh_statics_energy(const nh_crystal *crystal, double *energy, double *forces, double *stress);

/** The whole route: gentle descent from the given state, relaxation of atoms and cell, elastic tensor, certificate,
 *  three cells where needed. A structure that has no answer is an outcome of the result, not an error. `minimum`
 *  (may be null) receives the relaxed crystal, to be freed by the caller. `progress` may be null. */
NH_API int nh_statics_calculate(const nh_crystal *crystal, const nh_statics_options *options, nh_progress progress,
                                void *user, nh_statics_result *result, nh_crystal **minimum);

/** Relaxation alone (path, outcome, box and counters of the result; no tensor, no certificate, no three cells). */
NH_API int nh_statics_relax(const nh_crystal *crystal, const nh_statics_options *options, nh_progress progress,
                            void *user, nh_statics_result *result, nh_crystal **minimum);

/** Tensor of the crystal as it is, which is taken to be at a minimum: measures another calculator's relaxed state. */
NH_API int nh_statics_tensor(const nh_crystal *crystal, const nh_statics_options *options, nh_statics_result *result);

/** The certificate of the crystal as it is. `definite` receives 1 or 0, `pivot` as certificate_pivot of the result.
 *  NH_BAD_ARGUMENT for a crystal whose atoms do not lie on the mirror planes of an extruded cell. */
NH_API int nh_statics_certificate(const nh_crystal *crystal, const nh_statics_options *options, int *definite,
                                  double *pivot);

/** component[n] receives the number of each atom's component, 0 for the main solid, 1, 2, ... for islands by falling
 *  size; `islands` their number, `percolation` as in the result. Any output may be null. */
NH_API int nh_statics_islands(const nh_crystal *crystal, int *component, int *islands, int *percolation);

/** Sparse second derivatives of the crystal as it is: number of stored entries of the lower triangle. */
NH_API int nh_statics_hessian_size(const nh_crystal *crystal, long long *entries);
/** rows, columns, values [entries] (degree of freedom 3 i + direction, row >= column, eV/Angstrom^2); mixed[3n x 6] =
 *  derivatives of -forces by strain at fixed fractional coordinates, born[6 x 6] = of the energy (eV), row-major. */
NH_API int nh_statics_hessian(const nh_crystal *crystal, long long entries, int *rows, int *columns, double *values,
                              double *mixed, double *born);

#ifdef __cplusplus
}
#endif
#endif
