// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "common/workers.h"

namespace nanohooke::large {

/** The plane that columns lie in: periodic along a direction where its length is not 0. */
struct Plane {
    double lx = 0.0, ly = 0.0, xy = 0.0;

    /** The vector from one place to another, to the nearest image. */
    void nearest(double &dx, double &dy) const;
};

/** Strips along x and slices of them that can be worked on at one time. */
struct Slices {
    /** Slice s has the places first[s] to first[s + 1] of the list's order; it writes to columns of its own and of the
     *  next one alone. */
    std::vector<std::int32_t> first;
    bool around = false;  // the last one's next is the first

    int count() const { return static_cast<int>(first.size()) - 1; }

    /** body(slice) for all, in two or three waves in which no two write to one column. */
    template <class Body>
    void run(Workers &workers, const Body &body) const {
        const int n = count();
        const bool odd = around && n % 2 == 1 && n > 1;  // the last one touches slices of both waves
        const int paired = odd ? n - 1 : n;
        for (int wave = 0; wave < 2; ++wave)
            workers.run((paired + 1 - wave) / 2, [&](int task, int) { body(2 * task + wave); });
        if (odd) body(n - 1);
    }
};

/** An order of columns by strips along x, from the strips down by y: neighbours lie near each other in memory. */
std::vector<std::int32_t> strip_order(const std::vector<double> &x, const Plane &plane, double reach);

/**
 * Pairs of columns nearer than a reach, once each. A pair belongs to the column in the strip
 * that comes first (on a ring: from which the other lies ahead), so that a slice of strips writes forwards only.
 */
class ColumnList {
public:
    /** `upper[i]`: the column lies in the plane z = a/2. */
    void build(const std::vector<double> &x, const std::vector<char> &upper, const Plane &plane, double reach,
               Workers &workers);

    /** As in ColumnPairs. */
    std::vector<std::int64_t> row;
    std::vector<std::int32_t> same, count, partner;
    /** Columns by strips and bins as they lie now; slices count in this order. */
    std::vector<std::int32_t> order;
    Slices slices;
};

}  // namespace nanohooke::large
