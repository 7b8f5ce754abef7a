// SPDX-License-Identifier: Apache-2.0
//
// A periodic cell of atoms at any deformation: the atoms relaxed at a fixed deformation gradient F, and what that says
// of the material: energy, first Piola-Kirchhoff stress P = dW/dF, tangent A = dP/dF by exact second derivatives.
//
// Units: Angstrom, eV, GPa. F and P are row by row, F_iJ = dx_i/dX_J at 3 i + J; A_iJkL at 9 (3 i + J) + 3 k + L. Axes
// are the input's: nothing is turned. Energy, stress and tangent are per volume of the reference, the cell as it was
// given; positions and vectors of a state at rest without stress make that state the reference.
// Every function returns an nh_status. A cell may be used by any number of threads at a time; a point's state by one.
#ifndef NANOHOOKE_HYPERELASTIC_H
#define NANOHOOKE_HYPERELASTIC_H

#include "nanohooke/statics.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nh_unit_cell nh_unit_cell;

/** Which deformations a cell is for. */
enum nh_cell_space {
    /** Any. */
    NH_SPACE_SOLID = 0,
    /** Of extruded cells (a and b in the plane, c along z, all atoms on the planes z and z + c/2): F without xz, yz, zx
     *  and zy. Atoms keep to their planes; derivatives of P by xz, yz, zx and zy by one another are NaN. */
    NH_SPACE_PLANE = 1
};

typedef struct nh_unit_cell_info {
    int atoms;
    /** Displacements that are solved for. */
    int freedoms;
    /** Not 0: an inversion maps the cell on itself, so that half of the atoms tell what the others do. */
    int inversion;
    /** Numbers of a point's state. */
    long long state_size;
    /** Of the reference (Angstrom^3). */
    double volume;
} nh_unit_cell_info;

typedef struct nh_deform_options {
    /** Atoms are at rest when no force component exceeds this (eV/Angstrom, 1e-6); one more Newton step follows then,
     *  whose end is what energy, stress and tangent's Schur complement are of. */
    double force_tolerance;
    /** Most Newton iterations at one strain (12), and their largest displacement (Angstrom, 0.2). */
    int max_iterations;
    double max_step;
    /** A point is led to its deformation on the straight line in the Green strain, in steps whose largest component is
     *  at most the first (0.02); where a step finds no stable state, or one that may not be the next on a smooth way
     *  (an atom over 0.2 Angstrom from where it was, or 0.1 from where it was expected), it is halved until below the
     *  second (5e-4). */
    double largest_step;
    double smallest_step;
    /** Energy of the reference (eV), subtracted from W (0). */
    double reference_energy;
} nh_deform_options;

NH_API void nh_deform_defaults(nh_deform_options *options);

enum nh_deform_outcome {
    NH_DEFORM_OK = 0,
    /** Beyond the last stable state on the way: W, P and A continue that state's with its moduli (dS/dE), linearly in
     *  the Green strain. The point's state stays there until the whole way can be gone. */
    NH_DEFORM_UNSTABLE = 1,
    /** det F <= 0: NaN. */
    NH_DEFORM_INVERTED = 2,
    /** The state that the point is in is not stable itself: NaN. */
    NH_DEFORM_UNSTABLE_START = 3
};

/** positions[3n] and vectors[9] (a, b, c one after the other, right-handed) are copied. A cell is refused that has more
 *  than 6000 displacements, or does not suit the nh_cell_space. */
NH_API int nh_unit_cell_create(const nh_eam *eam, int n, const double *positions, const double *vectors, int space,
                               nh_unit_cell **out);
/** Null is allowed. */
NH_API void nh_unit_cell_free(nh_unit_cell *cell);
NH_API int nh_unit_cell_get_info(const nh_unit_cell *cell, nh_unit_cell_info *info);

/** States of points that were never deformed: states[points * state_size]. */
NH_API int nh_unit_cell_start(const nh_unit_cell *cell, int points, double *states);

/** Leads every point from its state to its f[9]: energy[points], stress[9 points], tangent[81 points], outcome[points]
 *  (an nh_deform_outcome each), steps[points] on the way (may be null); `evaluations` of energy and derivatives in all
 *  (may be null). `options` may be null. */
NH_API int nh_unit_cell_deform(const nh_unit_cell *cell, const nh_deform_options *options, int points, const double *f,
                               double *states, double *energy, double *stress, double *tangent, int *outcome,
                               int *steps, long long *evaluations);

/** Atoms of a point at f[9]: positions[3n] and vectors[9], as in nh_unit_cell_create. Either may be null. */
NH_API int nh_unit_cell_atoms(const nh_unit_cell *cell, const double *state, const double *f, double *positions,
                              double *vectors);

/** The softest motion of a point's atoms at f[9], of all periods of this cell and, in NH_SPACE_PLANE, in the plane:
 *  smallest eigenvalue of the second derivatives by positions (eV/Angstrom^2; below 0: not stable), translations left
 *  out; `breaking` (may be null) 1 where it breaks the inversion; mode[3n] (may be null) of unit length. */
NH_API int nh_unit_cell_softest(const nh_unit_cell *cell, const double *state, const double *f, double *eigenvalue,
                                int *breaking, double *mode);

#ifdef __cplusplus
}
#endif
#endif
