// SPDX-License-Identifier: Apache-2.0
//
// Solvers that sparse_bench times, each on the whole way from a matrix to a solution.
#pragma once

#include <vector>

#include "mesh_matrix.h"

/**
 * Seconds of wall time on several threads, of CPU time on one, where other work on the machine does not count. The
 * first factorisation also gets its memory from the system.
 */
struct PeerTimes {
    double analyse, first, factorise, solve, entries, error;
    double all() const { return analyse + first + solve; }
};

struct Peer {
    const char *name;
    PeerTimes (*run)(const MeshMatrix &m, int threads, const std::vector<double> &b, const std::vector<double> &x);
};

/** Ours first. */
std::vector<Peer> all_peers();
