// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "common/mat3.h"
#include "eam/potential.h"
#include "sparse/storage.h"

namespace nanohooke::statics {

/** eV/Angstrom^3 in GPa (CODATA 2018, exact). LAMMPS' metal units take 160.21765, 1e-7 less in relative terms. */
inline constexpr double kGigapascal = 160.2176634;

/** Atoms of one element in a periodic box whose columns are the lattice vectors. */
struct Crystal {
    std::shared_ptr<const eam::Potential> potential;
    /** Memory of factors; every calculation with one potential handle shares it. */
    std::shared_ptr<sparse::Storage> storage;
    std::vector<double> x;
    Mat3 h;
    /** Atom of the crystal that the calculation started from. */
    std::vector<int> origin;

    int atoms() const { return static_cast<int>(x.size() / 3); }
    double volume() const { return determinant(h); }
};

/** lx ly lz xy xz yz <-> upper triangular matrix. */
Mat3 box_matrix(const double *box);
void box_numbers(const Mat3 &h, double *box);

/** Three cells (or another number) stacked along the third lattice vector. */
Crystal stacked(const Crystal &cell, int cells);

/** The atoms with keep[i] true. */
Crystal subset(const Crystal &crystal, const std::vector<bool> &keep);

/** Adds a seeded uniform displacement of up to `size` to the first `directions` components of every atom. */
void displace(Crystal &crystal, double size, int directions, std::uint64_t seed);

/** Voigt tensor (row-major 6 x 6), engineering shear. */
using Tensor = std::array<double, 36>;

/** The tensor seen from axes that are the columns of `axes` (orthonormal). */
Tensor rotated(const Tensor &tensor, const Mat3 &axes);

/** Turns the crystal into LAMMPS' frame (a along x, b in the xy plane, all lengths positive); gives the old axes. */
Mat3 turn_to_restricted_frame(Crystal &crystal);

/** Positive definite beyond rounding. */
bool positive_definite(const Tensor &tensor);

}  // namespace nanohooke::statics
