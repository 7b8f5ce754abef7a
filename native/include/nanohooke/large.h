// SPDX-License-Identifier: Apache-2.0
//
// Statics of many atoms: crystals extruded along z, of one element with an embedded-atom potential, whose atoms lie on
// the two mirror planes z and z + period / 2 and stay there. Energy and forces on all cores; relaxation by L-BFGS in
// the metric of a network of springs, which is factorised once for what is held.
//
// Units: Angstrom, eV. Positions are x1 y1 z1 x2 y2 z2 ...
// Every function returns an nh_status; a handle must not be used by two threads at once, different handles may.
#ifndef NANOHOOKE_LARGE_H
#define NANOHOOKE_LARGE_H

#include "nanohooke/statics.h"
#include "nanohooke/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nh_large nh_large;

/** What an nh_large is made of. */
typedef struct nh_large_options {
    /** Period along z. */
    double period;
    /** The plane's periodic cell: lx, ly and the tilt xy. 0: free along that direction. */
    double plane[3];
    /** Springs join atoms nearer than this. 0: 1.2 times the least distance. */
    double spring_reach;
    /** Stiffness of one spring (eV/Angstrom^2). 0: the mean curvature of the bonds at the given places. */
    double spring_stiffness;
    /** Lines along which the springs' matrix is cut first: origin and period in x and y. Parts that repeat themselves
     *  with the period are factorised once. Periods of 0: eight springs long. */
    double cut_origin[2];
    double cut_period[2];
    /** Periods that the atoms are (0: one). More than one: all atoms of the first period come first, then those of the
     *  next in the same order, and every atom is free along z, too; forces are one thread's then. */
    int periods;
    /** Threads, the caller's included; 0: one a core that this process may use. */
    int threads;
} nh_large_options;

typedef struct nh_large_facts {
    int threads;
    double spring_reach, spring_stiffness;
    /** Numbers of the springs' factor if nothing repeated itself, numbers that are kept, fronts, different ones. */
    long long factor_entries, kept_entries;
    int fronts, kinds;
    /** Seconds since the handle was made: forces, solutions with the springs, making and factorising them. */
    double seconds_forces, seconds_solve, seconds_springs;
    int evaluations;
} nh_large_facts;

/** When a relaxation ends: both criteria are met, or most_iterations are done. */
typedef struct nh_large_target {
    /** sqrt(f P^-1 f), P the matrix of the springs (sqrt(eV)). */
    double residual;
    /** Sum of the free atoms' forces along an axis over that of the atoms of the group. */
    double balance;
    double axis[2];
    int most_iterations;
} nh_large_target;

typedef struct nh_large_result {
    /** 1: both criteria are met. */
    int converged;
    int iterations;
    int evaluations;
    double residual;
    /** Sum of the free atoms' forces along the axis, and the largest component (eV/Angstrom). */
    double imbalance;
    double largest;
    double energy;
} nh_large_result;

/** Told after every iteration; a value other than 0 cancels (NH_CANCELLED). */
typedef int (*nh_large_progress)(void *user, int iteration, double residual, double imbalance);

/** An estimate of the memory that n atoms take at most (bytes). */
NH_API double nh_large_memory(int n);

/** The same for several periods. */
NH_API double nh_large_stack_memory(int n);

/** Positions are those of the springs, too: their matrix is made here and not changed. NH_BAD_ARGUMENT where atoms do
 *  not lie on two mirror planes. */
NH_API int nh_large_create(const nh_eam *eam, int n, const double *positions, const nh_large_options *options,
                           nh_large **out);
/** Null is allowed. */
NH_API void nh_large_free(nh_large *large);
NH_API int nh_large_facts_of(const nh_large *large, nh_large_facts *facts);

/** held[n]: 1 the atom's x is held, 2 its y, 3 both (and z where it is free), + 4: its force counts as reaction.
 *  Factorises the springs. Where that fails nothing is held any more: relax and carry ask for it again. */
NH_API int nh_large_hold(nh_large *large, const unsigned char *held);
NH_API int nh_large_set_positions(nh_large *large, const double *positions);
NH_API int nh_large_get_positions(const nh_large *large, double *positions);
/** Moves atoms. Of `displacement` [3n] the held freedoms count; the free ones follow them as the springs would. */
NH_API int nh_large_carry(nh_large *large, const double *displacement);
/** Energy and forces [3n] where the atoms are; either may be null. */
NH_API int nh_large_energy(nh_large *large, double *energy, double *forces);
/** Moves the free atoms to the minimum. That it was not reached is an answer (converged), no error. */
NH_API int nh_large_relax(nh_large *large, const nh_large_target *target, nh_large_progress progress, void *user,
                          nh_large_result *result);

#ifdef __cplusplus
}
#endif
#endif
