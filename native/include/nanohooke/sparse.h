// SPDX-License-Identifier: Apache-2.0
//
// Direct solution of sparse symmetric systems A x = b, as finite elements make them: multifrontal L L' with a
// fill-reducing order, L S L' where the matrix is not positive definite.
//
// A is made of `nodes` x `nodes` blocks of `size` x `size` numbers, of which the lower triangle is given by block
// columns: the blocks of column j are first[j] .. first[j + 1], the rows of the k-th is row[k], rising from j itself
// (the diagonal block is always there). Block k is row-major at values[k * size * size]; diagonal blocks are given
// whole. Vectors have nodes * size numbers, those of a node together.
// Every function returns an nh_status; handles are not thread-safe, different handles are independent.
#ifndef NANOHOOKE_SPARSE_H
#define NANOHOOKE_SPARSE_H

#include "nanohooke/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nh_sparse nh_sparse;

/** What a factorisation found. */
typedef struct nh_sparse_info {
    /** Numbers stored for the factor, zeros of the dense blocks included. */
    long long factor_entries;
    /** Floating-point operations of the factorisation. */
    double operations;
    /** 1: positive definite. 0: not; the factor is of no use then, unless it is one of an indefinite matrix. */
    int definite;
    /** Pivots below zero: eigenvalues below zero, where none was replaced. Of nh_sparse_factorise_indefinite alone. */
    int negative_pivots;
    /** Pivots that were zero to rounding and were replaced; solutions are refined then. */
    int replaced_pivots;
    /** The smallest pivot, or the one that ended the factorisation, and its place in vectors. */
    double smallest_pivot;
    int smallest_at;
    /** Seconds of ordering and analysis (once a handle), and of this factorisation. */
    double seconds_analysis;
    double seconds_factorisation;
} nh_sparse_info;

/** Orders and analyses a pattern. `coordinates` (3 a node, any unit) let nested dissection cut through space; null
 *  makes it cut through the graph alone. */
NH_API int nh_sparse_analyse(int nodes, int size, const int *first, const int *row, const double *coordinates,
                             nh_sparse **out);
/** Shares factorisations among so many threads (1 from the start); the factor is the same to the bit. */
NH_API int nh_sparse_use_threads(nh_sparse *sparse, int threads);
/** Factorises values that must be positive definite; that they are not is an answer (info->definite), no error. */
NH_API int nh_sparse_factorise(nh_sparse *sparse, const double *values, nh_sparse_info *info);
/** Factorises values of any signature. */
NH_API int nh_sparse_factorise_indefinite(nh_sparse *sparse, const double *values, nh_sparse_info *info);
/** Solves for `count` right-hand sides, one after the other in b, in place, by the last factorisation, which must have
 *  succeeded. NH_SINGULAR: a solution of an indefinite matrix misses b by more than 1e-8 after refinement. */
NH_API int nh_sparse_solve(const nh_sparse *sparse, double *b, int count);
/** Null is allowed. */
NH_API void nh_sparse_free(nh_sparse *sparse);

#ifdef __cplusplus
}
#endif
#endif
