// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <memory>
#include <mutex>
#include <vector>

#include "common/mat3.h"
#include "eam/potential.h"
#include "hyperelastic/inversion.h"

namespace nanohooke::hyperelastic {

/** Which deformations a cell is for. */
enum class Space {
    /** Any; every atom moves along x, y and z. */
    solid,
    /** Of extruded cells, none that shears along z: atoms keep to their mirror planes. Half the work. */
    plane
};

/** Pairs that stand for all others, see UnitCell::pairs(). Columns of equal length, one entry a pair. */
struct PairTable {
    /** Every pair that comes nearer than the cutoff is in it while its reference distance is less (Angstrom). */
    double reach = 0.0;
    std::vector<int> first, second;  // orbits
    std::vector<double> first_moves,
        second_moves;  // +1, -1, or 0: the atom's displacement over its orbit's
    std::vector<char> second_image;
    std::vector<double> weight;   // pairs that it stands for
    std::vector<double> x, y, z;  // reference vector from first to second
    std::vector<int> kind;        // of its images along z, see UnitCell::images()

    int size() const { return static_cast<int>(first.size()); }
};

/** Images along z of a pair of columns of atoms: heights squared, and how many pairs have each. */
struct ColumnImages {
    std::vector<double> square, weight;
};

/**
 * A periodic crystal whose atoms follow homogeneous deformations: reference positions, symmetry and pairs. Immutable
 * but for the tables of pairs, which are made when first asked for; any number of threads may share it.
 *
 * In Space::plane a pair is one of columns of atoms along z: one entry stands for all their images.
 */
class UnitCell {
public:
    /** `h` has the lattice vectors as columns. Throws Error(NH_BAD_ARGUMENT). */
    UnitCell(std::shared_ptr<const eam::Potential> potential, std::vector<double> x, const Mat3 &h, Space space);

    const eam::Potential &potential() const { return *potential_; }
    Space space() const { return space_; }
    const std::vector<double> &positions() const { return x_; }
    const Mat3 &vectors() const { return h_; }
    double volume() const { return volume_; }
    int atoms() const { return static_cast<int>(x_.size() / 3); }
    const Orbits &orbits() const { return orbits_; }

    /** 2 or 3 components of a displacement. */
    int dimension() const { return space_ == Space::plane ? 2 : 3; }
    /** Voigt indices of the strains that the cell follows. */
    const std::vector<int> &strains() const;
    /** Displacements of all orbits. Those of an atom on the inversion's centre are always zero. */
    int freedoms() const { return dimension() * orbits_.count(); }

    /** Pairs for distances in the reference up to a reach; nothing where that is out of all proportion. */
    const PairTable *pairs(double reach) const;
    const std::vector<ColumnImages> &images() const { return images_; }

private:
    void make_images(double reach);
    PairTable make_pairs(double reach) const;
    void add_pair(PairTable &table, int i, int j, const double *d, int kind) const;

    std::shared_ptr<const eam::Potential> potential_;
    std::vector<double> x_;
    Mat3 h_;
    Space space_;
    double volume_;
    Orbits orbits_;
    std::vector<char> upper_;  // of Space::plane: the atom is on the other mirror
                               // plane than the first
    std::vector<ColumnImages> images_;
    mutable std::mutex making_;
    mutable std::array<std::unique_ptr<const PairTable>, 7> tables_;
};

}  // namespace nanohooke::hyperelastic
