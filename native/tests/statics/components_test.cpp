// SPDX-License-Identifier: Apache-2.0
#include "statics/components.h"

#include <algorithm>
#include <memory>

#include "aluminium.h"
#include "check.h"
#include "statics/crystal.h"
#include "structures.h"

using namespace nanohooke;
using statics::Component;
using structures::Structure;

namespace {

struct Found {
    std::vector<Component> pieces;
    std::vector<int> pins;
};

Found find(const Structure &s, bool planar, const std::vector<int> &directions) {
    const auto potential = structures::aluminium();
    eam::Evaluator evaluator(potential, s.atoms(), planar);
    const Mat3 h = statics::box_matrix(s.box);
    evaluator.evaluate(s.x, h);
    Found f;
    f.pieces = statics::components(evaluator, s.x, h);
    f.pins = statics::pinned_freedoms(f.pieces, directions, s.x, h);
    return f;
}

Structure with_atoms(const double *box, std::vector<double> x) {
    Structure s;
    std::copy(box, box + 6, s.box);
    s.x = std::move(x);
    return s;
}

void solid_in_one_piece() {
    const auto f = find(structures::perfect(4, 4, 1), true, {0, 1});
    CHECK(f.pieces.size() == 1);
    CHECK(f.pieces[0].percolation() == 7);
    CHECK(f.pins.size() == 2);
}

/** A column of atoms in the middle of a wide pore: an island that winds around z alone. */
void column_in_pore() {
    Structure s = structures::square_pores(12, 1, 5, 1);
    const double z = s.x[2];
    const int solid = s.atoms();
    for (double v : {21.0, 22.0, z}) s.x.push_back(v);
    auto f = find(s, true, {0, 1});
    CHECK(f.pieces.size() == 2);
    CHECK(int(f.pieces[0].atoms.size()) == solid);
    CHECK(f.pieces[1].percolation() == 4);
    CHECK(f.pins.size() == 4);  // one atom cannot turn
    for (double v : {23.4, 21.7, z}) s.x.push_back(v);
    f = find(s, true, {0, 1});
    CHECK(f.pieces.size() == 2);
    CHECK(f.pieces[1].atoms.size() == 2);
    CHECK(f.pins.size() == 5);  // a pair of columns can
}

/** Slabs: two of them, each continuous in x and z. */
void slabs() {
    Structure s = structures::perfect(3, 2, 3);
    Structure two = s;
    two.box[1] = 40.0;
    for (int i = 0; i < s.atoms(); ++i)
        for (double v : {s.x[3 * i], s.x[3 * i + 1] + 20.0, s.x[3 * i + 2]}) two.x.push_back(v);
    const auto f = find(two, false, {0, 1, 2});
    CHECK(f.pieces.size() == 2);
    CHECK(f.pieces[0].percolation() == 5);
    CHECK(f.pieces[0].windings.size() == 2);
    CHECK(f.pins.size() == 6);
}

/** Free clusters: six rigid motions for three atoms, five for two, three for one. */
void clusters() {
    const double box[6] = {40, 40, 40, 0, 0, 0};
    CHECK(find(with_atoms(box, {1, 2, 3}), false, {0, 1, 2}).pins.size() == 3);
    CHECK(find(with_atoms(box, {1, 2, 3, 3.5, 2.5, 3}), false, {0, 1, 2}).pins.size() == 5);
    CHECK(find(with_atoms(box, {1, 2, 3, 3.5, 2.5, 3, 2, 4.5, 3.3}), false, {0, 1, 2}).pins.size() == 6);
    // Across the periodic face a cluster is still one piece, not a chain.
    const auto f = find(with_atoms(box, {0.5, 20, 20, 38.5, 20, 20}), false, {0, 1, 2});
    CHECK(f.pieces.size() == 1);
    CHECK(f.pieces[0].windings.empty());
}

/** A chain through the whole box along a diagonal direction winds once, and may turn about itself. */
void chain() {
    const double box[6] = {12, 40, 40, 0, 0, 0};
    const auto f = find(with_atoms(box, {0, 20, 20, 3, 21, 20, 6, 20, 20, 9, 20, 21}), false, {0, 1, 2});
    CHECK(f.pieces.size() == 1);
    CHECK(f.pieces[0].percolation() == 1);
    CHECK(f.pieces[0].windings.size() == 1);
    CHECK(f.pins.size() == 4);
    auto pins = f.pins;
    std::sort(pins.begin(), pins.end());
    CHECK(std::unique(pins.begin(), pins.end()) == pins.end());
}

}  // namespace

int main() {
    solid_in_one_piece();
    column_in_pore();
    slabs();
    clusters();
    chain();
    return check::report("components_test");
}
