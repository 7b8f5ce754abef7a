// SPDX-License-Identifier: Apache-2.0
#include "hyperelastic/unit_cell.h"

#include <cmath>
#include <string>

#include "common/error.h"
#include "eam/neighbours.h"

namespace nanohooke::hyperelastic {

namespace {

// Relaxed positions are symmetric to the tolerance of their forces.
constexpr double kSymmetric = 1e-3;
constexpr double kOnPlane = 1e-3;
// Reaches of the tables of pairs over the cutoff: compressions and displacements of falling likelihood.
constexpr double kReaches[] = {1.06, 1.12, 1.2, 1.35, 1.6, 2.0, 3.0};
// Second derivatives are dense.
constexpr int kMostFreedoms = 6000;

enum Kind { same_plane = 0, other_plane = 1, own_column = 2, one_atom = 3 };

}  // namespace

UnitCell::UnitCell(std::shared_ptr<const eam::Potential> potential, std::vector<double> x, const Mat3 &h, Space space)
    : potential_(std::move(potential)), x_(std::move(x)), h_(h), space_(space), volume_(determinant(h)) {
    require(std::isfinite(volume_) && volume_ > 0.0, "the cell's vectors must be right-handed and have a volume");
    if (space == Space::plane) {
        require(
            std::fabs(h[2][0]) < kOnPlane && std::fabs(h[2][1]) < kOnPlane && eam::on_mirror_planes(x_, h_, kOnPlane),
            "plane deformations are for extruded cells: a and b in the plane, "
            "c along z, all atoms on the planes "
            "z and z + c/2");
        for (int i = 0; i < atoms(); ++i)
            upper_.push_back(std::lround((x_[3 * i + 2] - x_[2]) / (0.5 * h[2][2])) % 2 != 0);
    }
    orbits_ = find_inversion(x_, h_, kSymmetric);
    require(freedoms() <= kMostFreedoms, "second derivatives of a deformed cell are dense: at most " +
                                             std::to_string(kMostFreedoms) + " displacements, and this cell has " +
                                             std::to_string(freedoms()) + "; take a smaller cell");
    make_images(kReaches[6] * potential_->cutoff());
}

const std::vector<int> &UnitCell::strains() const {
    static const std::vector<int> all{0, 1, 2, 3, 4, 5}, plane{0, 1, 5, 2};
    return space_ == Space::plane ? plane : all;
}

void UnitCell::make_images(double reach) {
    images_.resize(4);
    images_[one_atom] = {{0.0}, {1.0}};
    if (space_ == Space::solid) return;
    const double c = h_[2][2];
    images_[same_plane] = {{0.0}, {1.0}};
    for (int k = 1; k * c < reach; ++k) {
        images_[same_plane].square.push_back(k * k * c * c);
        images_[same_plane].weight.push_back(2.0);
        // A column and itself: each pair once.
        images_[own_column].square.push_back(k * k * c * c);
        images_[own_column].weight.push_back(1.0);
    }
    for (int k = 0; (k + 0.5) * c < reach; ++k) {
        images_[other_plane].square.push_back((k + 0.5) * (k + 0.5) * c * c);
        images_[other_plane].weight.push_back(2.0);
    }
}

const PairTable *UnitCell::pairs(double reach) const {
    constexpr std::size_t count = sizeof kReaches / sizeof kReaches[0];
    for (std::size_t level = 0; level < count; ++level)
        if (reach <= kReaches[level] * potential_->cutoff()) {
            const std::lock_guard<std::mutex> lock(making_);
            auto &table = tables_[level];
            if (!table) table = std::make_unique<const PairTable>(make_pairs(kReaches[level] * potential_->cutoff()));
            return table.get();
        }
    return nullptr;
}

void UnitCell::add_pair(PairTable &table, int i, int j, const double *d, int kind) const {
    const auto &o = orbits_;
    double sign = 1.0;
    if (o.orbit[i] > o.orbit[j] || (o.orbit[i] == o.orbit[j] && o.image[i] && !o.image[j])) {
        std::swap(i, j);
        sign = -1.0;
    }
    const int a = o.orbit[i], b = o.orbit[j];
    double weight;
    if (a == b) {
        // An atom and a period of itself, or of its own image: inversion makes the latter the same pair again.
        if (o.image[i]) return;
        weight = o.image[j] ? 1.0 : o.size[a];
    } else if (o.size[a] == 2.0) {
        if (o.image[i]) return;
        weight = 2.0;
    } else if (o.size[b] == 2.0) {
        if (o.image[j]) return;
        weight = 2.0;
    } else {
        weight = 1.0;  // between centres of inversion both are in the list
    }
    const auto moves = [&](int atom, int orbit) {
        return !o.inversion ? 1.0 : o.size[orbit] == 1.0 ? 0.0 : o.image[atom] ? -1.0 : 1.0;
    };
    table.first.push_back(a);
    table.second.push_back(b);
    table.first_moves.push_back(moves(i, a));
    table.second_moves.push_back(moves(j, b));
    table.second_image.push_back(o.image[j]);
    table.weight.push_back(weight);
    table.x.push_back(sign * d[0]);
    table.y.push_back(sign * d[1]);
    table.z.push_back(sign * d[2]);
    table.kind.push_back(kind);
}

PairTable UnitCell::make_pairs(double reach) const {
    const bool plane = space_ == Space::plane;
    auto x = x_;
    Mat3 h = h_;
    if (plane) {
        // Seen along z; periods along it are images of a column.
        for (int i = 0; i < atoms(); ++i) x[3 * i + 2] = 0.0;
        h[0][2] = h[1][2] = h[2][0] = h[2][1] = 0.0;
        h[2][2] = 3.0 * reach;
    }
    eam::PairList list;
    list.build(x, h, reach, false);
    PairTable table;
    table.reach = reach;
    for (int i = 0; i < atoms(); ++i) {
        if (plane && !orbits_.image[i]) {
            const double zero[3] = {};
            add_pair(table, i, i, zero, own_column);
        }
        for (int k = list.first[i]; k < list.first[i + 1]; ++k) {
            const auto &entry = list.neighbours[k];
            const int *n = list.images[entry.image].n;
            double d[3];
            for (int a = 0; a < 3; ++a)
                d[a] = x[3 * entry.j + a] - x[3 * i + a] + h[a][0] * n[0] + h[a][1] * n[1] + h[a][2] * n[2];
            add_pair(table, i, entry.j, d, !plane ? one_atom : upper_[i] == upper_[entry.j] ? same_plane : other_plane);
        }
    }
    return table;
}

}  // namespace nanohooke::hyperelastic
