// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace nanohooke::large {

/**
 * What the two loops over pairs of columns work on. A column is an atom and all its images along z; the two mirror
 * planes z = 0 and a/2 of a period a hold the atoms, so that a pair of columns is of one plane or of opposite ones and
 * its pairs of atoms lie `rise` apart along z.
 */
struct ColumnPairs {
    /** A distance along z at which atoms of a pair of columns meet: its square, and how many pairs have it (1 or 2). */
    struct Rise {
        double square;
        double weight;
    };
    /** Of both kinds together, at most. */
    static constexpr int kMostRises = 32;

    const double *x;              // x and y of every column
    const std::int32_t *order;    // the columns as they are worked on
    const std::int32_t *partner;  // rows of partners, each filled up to a multiple of eight
    const std::int64_t *row;      // where a row begins
    const std::int32_t *same;     // partners in the own plane come first: so many
    const std::int32_t *count;    // and so many in all
    double box[3];                // lx, ly, xy of a periodic plane; lx or ly 0: free in that direction
    double limit;                 // square of the cutoff
    Rise first[2];                // the smallest rise, in one plane and between opposite ones
    const Rise *more[2];          // the larger ones
    int more_count[2];
    const double *table;  // eight coefficients an interval, see eam::Potential::pair_table
    double per_length;
    int last_interval;

    double *density;        // summed into
    double *density_slope;  // by entry of the list: sums over the rises of weight rho'/r and weight phi'/r
    double *pair_slope;
    const double *embedding_slope;
    double *forces;  // x and y, summed into
};

/** The two loops for one instruction set, over places `begin` to `end` of the order; they write to partners, too. */
struct ColumnKernel {
    const char *name;
    /** Densities and slopes; gives the sum of pair energies. */
    double (*terms)(const ColumnPairs &pairs, std::int32_t begin, std::int32_t end);
    void (*forces)(const ColumnPairs &pairs, std::int32_t begin, std::int32_t end);
};

/** The kernel for this machine, chosen once. */
const ColumnKernel &column_kernel();

}  // namespace nanohooke::large
