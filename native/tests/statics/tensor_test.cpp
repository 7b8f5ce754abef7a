// SPDX-License-Identifier: Apache-2.0
//
// Tensors against published and independently converged values: the perfect crystal (Mishin et al., Phys. Rev. B 59,
// 3393, 1999; converged with LAMMPS) and the square pores of Fig. 4 of Mianroodi et al. (npj Comput. Mater. 8, 67,
// 2022; converged with LAMMPS by stress differences).
#include <algorithm>
#include <vector>

#include "check.h"
#include "nanohooke/statics.h"
#include "structures.h"

using structures::Structure;

namespace {

nh_eam *potential() {
    static nh_eam *eam = structures::Aluminium().handle();
    return eam;
}

nh_crystal *crystal(const Structure &s) {
    nh_crystal *c = nullptr;
    CHECK(nh_crystal_create(potential(), s.atoms(), s.x.data(), s.box, &c) == NH_OK);
    return c;
}

nh_statics_result calculate(const Structure &s, void (*change)(nh_statics_options &) = nullptr) {
    nh_statics_options options;
    nh_statics_defaults(&options);
    if (change != nullptr) change(options);
    nh_crystal *c = crystal(s);
    nh_statics_result r;
    CHECK(nh_statics_calculate(c, &options, nullptr, nullptr, &r, nullptr) == NH_OK);
    nh_crystal_free(c);
    return r;
}

double component(const nh_statics_result &r, int t, int u) { return r.tensor[6 * (t - 1) + u - 1]; }

void perfect_crystal(void (*change)(nh_statics_options &), int path) {
    const auto r = calculate(structures::perfect(4, 4, 1), change);
    CHECK(r.outcome == NH_OUTCOME_OK);
    CHECK(r.path == path);
    CHECK_NEAR(r.energy / r.atoms, -3.36, 1e-4);
    for (int t : {1, 2, 3}) CHECK_NEAR(component(r, t, t), 113.796, 0.02);
    CHECK_NEAR(component(r, 1, 2), 61.555, 0.02);
    CHECK_NEAR(component(r, 1, 3), 61.555, 0.02);
    for (int t : {4, 5, 6}) CHECK_NEAR(component(r, t, t), 31.595, 0.02);
    CHECK_NEAR(component(r, 1, 6), 0.0, 1e-6);
    CHECK_NEAR(component(r, 1, 4), 0.0, 1e-6);
}

struct Pores {
    int per_side, width;
    double c11, c33, c12, c13, c44, c66, length;
};

void square_pores(const Pores &want) {
    const auto r = calculate(structures::square_pores(20, want.per_side, want.width, 1));
    CHECK(r.outcome == NH_OUTCOME_OK);
    CHECK(r.path == NH_PATH_PLANAR);
    CHECK(r.certificate == 1);
    CHECK(r.percolation == 7);
    CHECK(r.islands == 0);
    CHECK_NEAR(component(r, 1, 1), want.c11, 0.02);
    CHECK_NEAR(component(r, 2, 2), want.c11, 0.02);
    CHECK_NEAR(component(r, 3, 3), want.c33, 0.02);
    CHECK_NEAR(component(r, 1, 2), want.c12, 0.02);
    CHECK_NEAR(component(r, 1, 3), want.c13, 0.02);
    CHECK_NEAR(component(r, 2, 3), want.c13, 0.02);
    CHECK_NEAR(component(r, 4, 4), want.c44, 0.02);
    CHECK_NEAR(component(r, 5, 5), want.c44, 0.02);
    CHECK_NEAR(component(r, 6, 6), want.c66, 0.02);
    CHECK_NEAR(r.box[0], want.length, 0.002);
}

}  // namespace

int main() {
    perfect_crystal(nullptr, NH_PATH_PLANAR);
    perfect_crystal([](nh_statics_options &o) { o.force_general = 1; }, NH_PATH_GENERAL);
    square_pores({1, 4, 97.316, 104.150, 49.488, 51.744, 29.560, 27.210, 80.941});
    square_pores({2, 2, 98.623, 104.976, 50.693, 52.828, 30.090, 27.634, 80.855});
    square_pores({4, 1, 102.059, 107.477, 54.143, 56.120, 31.212, 28.238, 80.676});
    nh_eam_free(potential());
    return check::report("tensor_test");
}
