// SPDX-License-Identifier: Apache-2.0
//
// Energy, forces and virial against LAMMPS (golden/README.md) and against each other.
#include "eam/forces.h"

#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include "aluminium.h"
#include "check.h"
#include "common/error.h"
#include "eam/pair_kernel.h"
#include "structures.h"

using namespace nanohooke;
using structures::Structure;

namespace nanohooke::eam {
extern const PairKernel baseline_pair_kernel;
}

namespace {

std::shared_ptr<const eam::Potential> potential() { return structures::aluminium(); }

Mat3 box_matrix(const double *b) { return Mat3{{{b[0], b[3], b[4]}, {0, b[1], b[5]}, {0, 0, b[2]}}}; }

void against_lammps() {
    std::ifstream file(NANOHOOKE_GOLDEN "/forces.txt");
    std::string comment, word;
    std::getline(file, comment);
    int atoms = 0;
    double energy = 0, pressure[6];
    file >> word >> atoms >> word >> energy >> word;
    for (double &p : pressure) file >> p;
    Structure s = structures::square_pores(5, 1, 2, 1);
    structures::shake(s, 0.05, true, 3);
    CHECK(atoms == s.atoms());
    eam::Evaluator evaluator(potential(), s.atoms(), false);
    const Mat3 h = box_matrix(s.box);
    evaluator.evaluate(s.x, h);
    CHECK_NEAR(evaluator.energy(), energy, 1e-9);
    for (int q = 0; q < 3 * atoms; ++q) {
        double f = 0;
        CHECK(bool(file >> f));
        CHECK_NEAR(evaluator.forces()[q], f, 1e-10);
    }
    for (int t = 0; t < 6; ++t)
        CHECK_NEAR(evaluator.virial()[kVoigtA[t]][kVoigtB[t]], -pressure[t] / 1.6021765e6 * determinant(h), 1e-9);
}

/** Cells so thin that atoms meet their own images, beside the mirror planes too. */
void planar_equals_general_in_thin_cells() {
    for (const auto &[nx, ny] : {std::pair{1, 1}, {1, 3}, {2, 1}}) {
        Structure s = structures::perfect(nx, ny, 1);
        structures::shake(s, 0.2, false, 8);
        s.box[3] = 0.3;
        const Mat3 h = box_matrix(s.box);
        eam::Evaluator planar(potential(), s.atoms(), true), general(potential(), s.atoms(), false);
        planar.evaluate(s.x, h);
        general.evaluate(s.x, h);
        CHECK_NEAR(planar.energy(), general.energy(), 1e-10 * s.atoms());
        for (int q = 0; q < 3 * s.atoms(); ++q) CHECK_NEAR(planar.forces()[q], general.forces()[q], 1e-11);
        for (int t = 0; t < 6; ++t)
            CHECK_NEAR(planar.virial()[kVoigtA[t]][kVoigtB[t]], general.virial()[kVoigtA[t]][kVoigtB[t]], 1e-9);
    }
}

/** A planar list sees the same crystal with half of the pairs. */
void planar_equals_general() {
    Structure s = structures::square_pores(6, 2, 1, 1);
    structures::shake(s, 0.1, false, 8);
    const Mat3 h = box_matrix(s.box);
    CHECK(eam::on_mirror_planes(s.x, h, 1e-9));
    eam::Evaluator planar(potential(), s.atoms(), true), general(potential(), s.atoms(), false);
    planar.evaluate(s.x, h);
    general.evaluate(s.x, h);
    CHECK(planar.list().neighbours.size() < 0.7 * general.list().neighbours.size());
    CHECK_NEAR(planar.energy(), general.energy(), 1e-9);
    for (int q = 0; q < 3 * s.atoms(); ++q) CHECK_NEAR(planar.forces()[q], general.forces()[q], 1e-11);
    for (int t = 0; t < 6; ++t)
        CHECK_NEAR(planar.virial()[kVoigtA[t]][kVoigtB[t]], general.virial()[kVoigtA[t]][kVoigtB[t]], 1e-9);
    structures::shake(s, 0.01, true, 9);
    CHECK(!eam::on_mirror_planes(s.x, h, 1e-9));
}

/** Forces are minus the gradient, and do not depend on how atoms are wrapped or how the cell is tiled. */
void invariants() {
    Structure s = structures::perfect(3, 2, 2);
    s.box[3] = 0.5;
    s.box[5] = -0.3;
    structures::shake(s, 0.1, true, 4);
    const Mat3 h = box_matrix(s.box);
    const int n = s.atoms();
    eam::Evaluator evaluator(potential(), n, false);
    evaluator.evaluate(s.x, h);
    const auto forces = evaluator.forces();
    const double energy = evaluator.energy();
    double total[3] = {};
    for (int q = 0; q < 3 * n; ++q) total[q % 3] += forces[q];
    for (double f : total) CHECK_NEAR(f, 0.0, 1e-11);

    for (int q = 0; q < 3 * n; q += 7) {
        double e[2];
        for (int side = 0; side < 2; ++side) {
            auto x = s.x;
            x[q] += side == 0 ? 1e-5 : -1e-5;
            evaluator.evaluate(x, h);
            e[side] = evaluator.energy();
        }
        CHECK_NEAR(forces[q], (e[1] - e[0]) / 2e-5, 1e-7);
    }

    auto wrapped = s.x;
    for (int i = 0; i < n; i += 3)
        for (int a = 0; a < 3; ++a) wrapped[3 * i + a] += 2 * h[a][0] - h[a][1] + 3 * h[a][2];
    eam::Evaluator other(potential(), n, false);
    other.evaluate(wrapped, h);
    CHECK_NEAR(other.energy(), energy, 1e-9);
    for (int q = 0; q < 3 * n; ++q) CHECK_NEAR(other.forces()[q], forces[q], 1e-10);
}

/** Moving on step by step with one evaluator, list reuse included, equals a fresh one at the end. */
void list_reuse() {
    Structure s = structures::perfect(4, 4, 1);
    Mat3 h = box_matrix(s.box);
    eam::Evaluator evaluator(potential(), s.atoms(), false);
    for (int step = 0; step < 30; ++step) {
        structures::shake(s, 0.05, true, 100 + step);
        for (int a = 0; a < 3; ++a) h[a][a] *= 1.002;
        evaluator.evaluate(s.x, h);
        eam::Evaluator fresh(potential(), s.atoms(), false);
        fresh.evaluate(s.x, h);
        CHECK_NEAR(evaluator.energy(), fresh.energy(), 1e-9);
        for (int q = 0; q < 3 * s.atoms(); ++q) CHECK_NEAR(evaluator.forces()[q], fresh.forces()[q], 1e-10);
    }
}

/** The kernel for old processors gives what the chosen one gives. */
void kernels_agree() {
    const int count = 7;
    double square[8], d4[32], a[3][8], b[3][8];
    structures::Random random(6);
    for (int k = 0; k < count; ++k) {
        const double r = random.uniform(2.0, 6.28);
        square[k] = r * r;
        d4[4 * k + 3] = 1.0 + k % 2;
    }
    const auto terms = [&](const eam::PairKernel &kernel, double(*out)[8]) {
        return kernel.terms(count, square, d4, potential()->pair_table(), 1.0 / potential()->pair_spacing(),
                            potential()->pair_intervals() - 1, out[0], out[1], out[2]);
    };
    CHECK_NEAR(terms(eam::baseline_pair_kernel, a), terms(eam::pair_kernel(), b), 1e-13);
    for (int t = 0; t < 3; ++t)
        for (int k = 0; k < count; ++k) CHECK_NEAR(a[t][k], b[t][k], 1e-12);
}

void far_image_is_refused() {
    Structure s = structures::perfect(2, 2, 1);
    s.x[2] += 100 * s.box[2];
    eam::Evaluator evaluator(potential(), s.atoms(), false);
    bool refused = false;
    try {
        evaluator.evaluate(s.x, box_matrix(s.box));
    } catch (const Error &error) {
        refused = error.status() == NH_BAD_ARGUMENT;
    }
    CHECK(refused);
}

}  // namespace

int main() {
    against_lammps();
    planar_equals_general();
    planar_equals_general_in_thin_cells();
    invariants();
    list_reuse();
    kernels_agree();
    far_image_is_refused();
    return check::report("forces_test");
}
