// SPDX-License-Identifier: Apache-2.0
//
// Cells of any direction seen from the kernel's restricted frame (a along x, b in the xy plane), and the way back: what
// Java's RestrictedFrame, ReducedCell, Rotations and ImageFrame do, for codes without a JVM.
#pragma once

#include <vector>

#include "common/mat3.h"

namespace nanohooke::capi {

/** R of F = R U, by Newton's iteration (Higham 1986). @throws Error where F flattens space */
Mat3 rotation_of(const Mat3 &deformation);

class RestrictedCell {
public:
    /**
     * @param cell   a, b, c as rows, Angstrom
     * @param reduce whether a cell that lies very askew enters by shorter vectors of the same lattice
     * @throws Error(NH_BAD_ARGUMENT) when a number is not finite or the vectors lie in a plane
     */
    RestrictedCell(const double *cell, bool reduce);

    /** lx ly lz xy xz yz. */
    const double *box() const { return box_; }
    double volume() const { return box_[0] * box_[1] * box_[2]; }
    /** Takes directions of the input's axes to this frame's. */
    const Mat3 &turn() const { return turn_; }
    /** Distances between opposite faces. */
    void heights(double out[3]) const;
    /** Positions as they are in this frame. */
    std::vector<double> enter(const double *positions, int count) const;
    /** Where a position in the input's axes lies along the given a, b, c, in units of them. */
    void fractions(const double *position, double out[3]) const;

    /** The turn that makes a minimum, found in this frame, a pure stretch of the given cell: takes directions of this
     *  frame to the input's axes. */
    Mat3 way_back(const double *minimum, int cells) const;
    /** The minimum's cell in the input's axes, rows by the vectors that the input has. */
    void leave(const double *minimum, int cells, double *cell) const;

private:
    bool shorten(int i, int j);

    /** Rows are vectors: as given, and as they enter (right-handed, perhaps shorter). */
    Mat3 given_, entered_;
    /** The right-handed given vectors as whole multiples of the entered ones. */
    double multiples_[3][3] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
    bool left_handed_ = false, changed_ = false;
    Mat3 turn_;
    double box_[6];
};

/** A tensor that a network told of an image, in the axes in which the image's cell is told. @param
 *  in_lammps_cell whether the network's tensors are in the restricted frame of the relaxed cell, else in that of the
 *  square crystal */
void tensor_in_axes(const double *cell, bool in_lammps_cell, const double *predicted, double *tensor);

}  // namespace nanohooke::capi
