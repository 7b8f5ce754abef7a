// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace nanohooke::eam {

/**
 * The three loops over pairs that an evaluation consists of, for one instruction set. Vectors of three come padded to
 * four doubles; the fourth of a pair vector is the pair's weight.
 */
struct PairKernel {
    /**
     * Pairs of atom `own` inside the cutoff among `count` list entries (j, image): appends their vectors, squared
     * distances and partners; the arrays need room for one more than is appended. Returns how many.
     */
    int (*collect)(const double *x4, int own, const int *list, int count, const double *shifts4, double square_limit,
                   double *d4, double *square, int *partner);
    /**
     * For `count` pairs: density (weighted), its slope and the pair energy's slope (weighted, divided by r). Returns
     * the sum of pair energies. Arrays need room up to the next multiple of four.
     */
    double (*terms)(int count, const double *square, const double *d4, const double *table, double per_length,
                    int last_interval, double *density, double *density_slope, double *pair_slope);
    /** Adds forces4 and virial (3 rows of 4) of the pairs of atom `own`, given F' of every atom. */
    void (*forces)(int own, int count, const double *d4, const int *partner, const double *density_slope,
                   const double *pair_slope, const double *embedding_slope, double *forces4, double *virial);
};

/** The kernel for this machine, chosen once. */
const PairKernel &pair_kernel();

}  // namespace nanohooke::eam
