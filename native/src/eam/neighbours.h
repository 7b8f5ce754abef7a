// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "common/mat3.h"

namespace nanohooke::eam {

/** A neighbour of atom i: atom j, in the periodic image that `image` names in PairList::images. */
struct Neighbour {
    std::int32_t j;
    std::int32_t image;
};

/** Lattice translation of an image, and how many pairs the entry stands for (see PairList::planar). */
struct Image {
    int n[3];
    double weight;
};

/**
 * Every pair of atoms closer than a reach, once: neighbours of i are atoms j > i, and images of i itself in the upper
 * half space. Any number of images per direction, so that a cell may be far thinner than the reach.
 *
 * Planar lists serve extruded structures, whose atoms lie on the mirror planes z = 0 and a/2 of a cell of height a.
 * Two images at +dz and -dz are then mirror twins: one of them is kept, with weight 2. What is odd in dz cancels
 * between twins and must be left out by whoever sums over the list.
 */
class PairList {
public:
    bool planar = false;
    std::vector<std::int32_t> first;
    std::vector<Neighbour> neighbours;
    std::vector<Image> images;

    void build(const std::vector<double> &x, const Mat3 &h, double reach, bool planar);
    int atoms() const { return static_cast<int>(first.size()) - 1; }
};

/** True where every atom lies on one of the two mirror planes of an extruded cell (within `tolerance`, Angstrom). */
bool on_mirror_planes(const std::vector<double> &x, const Mat3 &h, double tolerance);

}  // namespace nanohooke::eam
