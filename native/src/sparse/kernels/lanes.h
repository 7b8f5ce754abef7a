// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace nanohooke::sparse {

/**
 * Solutions with the columns of a factor for eight right-hand sides at a time, which lie side by side: entry i of the
 * q-th is local[8 i + q]. A panel is the first `columns` columns of L, n rows, one column after the other.
 */
struct LaneKernel {
    static constexpr int kLanes = 8;
    /** The first `columns` entries become those of L^-1 b; what they do to the others is taken off these. */
    void (*forward)(int n, int columns, const double *panel, double *local);
    /** Given the entries below, the first `columns` ones become those of L^-T b. */
    void (*backward)(int n, int columns, const double *panel, double *local);
};

/** The kernel for this machine, chosen once. */
const LaneKernel &lane_kernel();

}  // namespace nanohooke::sparse
