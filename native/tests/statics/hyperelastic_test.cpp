// SPDX-License-Identifier: Apache-2.0
//
// Deformed cells against differences, against the energy of the same atoms by the other evaluator, against each other.
#include "nanohooke/hyperelastic.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "aluminium.h"
#include "check.h"
#include "structures.h"

using structures::Structure;

namespace {

using Gradient = std::array<double, 9>;
constexpr Gradient kNone{1, 0, 0, 0, 1, 0, 0, 0, 1};

struct Answer {
    int outcome;
    double w;
    std::array<double, 9> p;
    std::array<double, 81> a;
    std::vector<double> state;
    int steps;
};

/** A cell with its handle. */
class Cell {
public:
    Cell(const Structure &s, int space) : eam_(structures::Aluminium().handle()) {
        const double *b = s.box;
        const double vectors[9] = {b[0], 0, 0, b[3], b[1], 0, b[4], b[5], b[2]};
        CHECK(nh_unit_cell_create(eam_, s.atoms(), s.x.data(), vectors, space, &cell_) == NH_OK);
        CHECK(nh_unit_cell_get_info(cell_, &info) == NH_OK);
        nh_deform_defaults(&options);
        options.force_tolerance = 1e-7;
    }
    ~Cell() {
        nh_unit_cell_free(cell_);
        nh_eam_free(eam_);
    }

    Answer deform(const Gradient &f, std::vector<double> state = {}) const {
        Answer r;
        if (state.empty()) {
            state.resize(info.state_size);
            // From bare lattices: their first minimum is farther than a way may jump.
            nh_unit_cell_start(cell_, 1, state.data());
            const Gradient none = {1, 0, 0, 0, 1, 0, 0, 0, 1};
            CHECK(nh_unit_cell_deform(cell_, &options, 1, none.data(), state.data(), &r.w, r.p.data(), r.a.data(),
                                      &r.outcome, &r.steps, nullptr) == NH_OK);
        }
        CHECK(nh_unit_cell_deform(cell_, &options, 1, f.data(), state.data(), &r.w, r.p.data(), r.a.data(), &r.outcome,
                                  &r.steps, nullptr) == NH_OK);
        r.state = std::move(state);
        return r;
    }

    /** Energy by the evaluator of the statics, and the largest force, of a point's atoms. */
    double energy(const Answer &at, const Gradient &f, double &force) const {
        std::vector<double> x(3 * info.atoms), forces(3 * info.atoms);
        double v[9];
        nh_unit_cell_atoms(cell_, at.state.data(), f.data(), x.data(), v);
        // Into LAMMPS' frame, which the other interface asks for.
        const auto dot = [](const double *a, const double *b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; };
        double e[3][3];
        const double la = std::sqrt(dot(v, v));
        for (int k = 0; k < 3; ++k) e[0][k] = v[k] / la;
        const double xy = dot(v + 3, e[0]);
        for (int k = 0; k < 3; ++k) e[1][k] = v[3 + k] - xy * e[0][k];
        const double ly = std::sqrt(dot(e[1], e[1]));
        for (int k = 0; k < 3; ++k) e[1][k] /= ly;
        for (int k = 0; k < 3; ++k)
            e[2][k] = e[0][(k + 1) % 3] * e[1][(k + 2) % 3] - e[0][(k + 2) % 3] * e[1][(k + 1) % 3];
        const double box[6] = {la, ly, dot(v + 6, e[2]), xy, dot(v + 6, e[0]), dot(v + 6, e[1])};
        std::vector<double> turned(x.size());
        for (int i = 0; i < info.atoms; ++i)
            for (int k = 0; k < 3; ++k) turned[3 * i + k] = dot(&x[3 * i], e[k]);
        nh_crystal *crystal = nullptr;
        CHECK(nh_crystal_create(eam_, info.atoms, turned.data(), box, &crystal) == NH_OK);
        double energy = 0.0;
        CHECK(nh_statics_energy(crystal, &energy, forces.data(), nullptr) == NH_OK);
        nh_crystal_free(crystal);
        force = 0.0;
        for (double c : forces) force = std::max(force, std::fabs(c));
        return energy;
    }

    nh_unit_cell *handle() const { return cell_; }

    nh_unit_cell_info info;
    nh_deform_options options;

private:
    nh_eam *eam_;
    nh_unit_cell *cell_ = nullptr;
};

/** P against differences of W, A against differences of P, along every component that the cell follows. */
void derivatives(const Cell &cell, const Gradient &f, bool plane) {
    const Answer at = cell.deform(f);
    CHECK(at.outcome == NH_DEFORM_OK);
    double largest = 0.0;
    for (double value : at.p) largest = std::max(largest, std::fabs(value));
    const double h = 2e-6;
    for (int q = 0; q < 9; ++q) {
        if (plane && (q / 3 == 2) != (q % 3 == 2)) continue;
        Gradient more = f, less = f;
        more[q] += h;
        less[q] -= h;
        const Answer up = cell.deform(more, at.state), down = cell.deform(less, at.state);
        CHECK_NEAR((up.w - down.w) / (2 * h), at.p[q], 1e-6 * largest);
        for (int r = 0; r < 9; ++r) {
            CHECK_NEAR((up.p[r] - down.p[r]) / (2 * h), at.a[9 * r + q], 2e-3);
            if (!plane || (r / 3 == 2) == (r % 3 == 2)) CHECK_NEAR(at.a[9 * r + q], at.a[9 * q + r], 1e-9);
        }
    }
}

/** The same atoms cost the same by the other evaluator, and are at rest by it. */
void against_evaluator(const Cell &cell, const Gradient &f) {
    const Answer at = cell.deform(f), none = cell.deform(kNone);
    double force, rest;
    const double energy = cell.energy(at, f, force), reference = cell.energy(none, kNone, rest);
    CHECK_NEAR((energy - reference) / cell.info.volume * 160.2176634, at.w - none.w, 1e-9);
    CHECK_NEAR(force, 0.0, 1e-6);
    CHECK_NEAR(rest, 0.0, 1e-6);
}

const Gradient kGeneral{1.012, 0.006, 0.003, -0.004, 0.991, -0.002, 0.001, 0.005, 1.004};
const Gradient kPlane{1.012, 0.006, 0, -0.004, 0.985, 0, 0, 0, 1.003};

/** Five cells squared with a pore that no inversion maps on itself. */
Structure lopsided() {
    Structure s = structures::square_pores(5, 1, 1, 1);
    Structure odd = s;
    odd.x.clear();
    // One column of atoms beside the pore goes, too.
    bool gone = false;
    for (int i = 0; i < s.atoms(); ++i) {
        const double dx = s.x[3 * i] - s.x[0] - 3 * 2.025, dy = s.x[3 * i + 1] - s.x[1] - 4.05;
        const bool beside = std::fabs(dx) < 2.1 && std::fabs(dy) < 2.1;
        if (beside && !gone) {
            gone = true;
            continue;
        }
        odd.x.insert(odd.x.end(), &s.x[3 * i], &s.x[3 * i] + 3);
    }
    return odd;
}

void symmetric_and_not_agree() {
    // The same crystal in the plane and in space, in one period and in two by two, whose matrix takes another way.
    const Structure one = structures::square_pores(5, 1, 1, 1);
    const Cell symmetric(one, NH_SPACE_PLANE), solid(one, NH_SPACE_SOLID);
    const Cell four(structures::square_pores(10, 2, 1, 1), NH_SPACE_SOLID);
    CHECK(symmetric.info.inversion == 1);
    CHECK(symmetric.info.freedoms == one.atoms());
    const Answer a = symmetric.deform(kPlane), b = solid.deform(kPlane), c = four.deform(kPlane);
    CHECK(four.info.freedoms > 512);
    CHECK_NEAR(c.w, b.w, 1e-9);
    CHECK_NEAR(a.w, b.w, 1e-9);
    for (int q = 0; q < 9; ++q) CHECK_NEAR(a.p[q], b.p[q], 1e-8);
    for (int q = 0; q < 81; ++q) CHECK_NEAR(c.a[q], b.a[q], 1e-6);
    for (int q = 0; q < 81; ++q)
        if (a.a[q] == a.a[q]) CHECK_NEAR(a.a[q], b.a[q], 1e-6);
}

void stability() {
    const Structure s = structures::square_pores(5, 1, 1, 1);
    const Cell cell(s, NH_SPACE_SOLID);
    const Answer rest = cell.deform(kNone);
    double eigenvalue = 0.0;
    std::vector<double> mode(3 * s.atoms());
    int breaking = -1;
    CHECK(nh_unit_cell_softest(cell.handle(), rest.state.data(), kNone.data(), &eigenvalue, &breaking, mode.data()) ==
          NH_OK);
    CHECK(eigenvalue > 0.01);
    // Far beyond what aluminium bears: named, and continued linearly from the last stable state.
    Gradient far = kNone;
    far[0] = 1.6;
    Answer lost = cell.deform(far);
    CHECK(lost.outcome == NH_DEFORM_UNSTABLE);
    const double strain = lost.state[1];
    CHECK(strain > 0.02 && strain < 0.6);
    const Answer again = cell.deform(far, lost.state);
    CHECK(again.outcome == NH_DEFORM_UNSTABLE);
    CHECK_NEAR(again.p[0], lost.p[0], 1e-6 * std::fabs(lost.p[0]));
    CHECK(again.state[1] == strain);
    const Answer back = cell.deform(kPlane, again.state), straight = cell.deform(kPlane);
    CHECK(back.outcome == NH_DEFORM_OK);
    CHECK_NEAR(back.w, straight.w, 1e-10);
    Gradient inverted = kNone;
    inverted[4] = -0.1;
    CHECK(cell.deform(inverted).outcome == NH_DEFORM_INVERTED);
}

void bad_input() {
    const Structure s = structures::square_pores(5, 1, 1, 1);
    const Cell plane(s, NH_SPACE_PLANE);
    std::vector<double> state(plane.info.state_size);
    nh_unit_cell_start(plane.handle(), 1, state.data());
    double w, p[9], a[81];
    int outcome;
    const auto status = [&](const Gradient &f) {
        return nh_unit_cell_deform(plane.handle(), nullptr, 1, f.data(), state.data(), &w, p, a, &outcome, nullptr,
                                   nullptr);
    };
    CHECK(status(kNone) == NH_OK);
    CHECK(status(kGeneral) == NH_BAD_ARGUMENT);
    Gradient bad = kNone;
    bad[0] = NAN;
    CHECK(status(bad) == NH_BAD_ARGUMENT);
    // From atoms at no place there is no way, whichever of their displacements and responses it is that is no number.
    CHECK(status(kPlane) == NH_OK);
    const std::vector<double> good = state;
    constexpr std::size_t first = 1 + 4;  // behind the mark and the strains
    for (std::size_t q = first; q < good.size(); ++q) {
        state = good;
        state[q] = NAN;
        CHECK(status(kNone) == NH_OK);
        CHECK(outcome == NH_DEFORM_UNSTABLE_START);
    }
    state = good;
    state[first] = NAN;
    CHECK(nh_unit_cell_softest(plane.handle(), state.data(), kNone.data(), &w, nullptr, nullptr) == NH_NOT_FINITE);
    Structure shaken = structures::perfect(2, 2, 1);
    structures::shake(shaken, 0.1, true, 3);
    nh_eam *eam = structures::Aluminium().handle();
    const double *b = shaken.box;
    const double vectors[9] = {b[0], 0, 0, 0, b[1], 0, 0, 0, b[2]}, left[9] = {b[0], 0, 0, 0, b[1], 0, 0, 0, -b[2]};
    nh_unit_cell *none = nullptr;
    CHECK(nh_unit_cell_create(eam, shaken.atoms(), shaken.x.data(), vectors, NH_SPACE_PLANE, &none) == NH_BAD_ARGUMENT);
    CHECK(nh_unit_cell_create(eam, shaken.atoms(), shaken.x.data(), left, NH_SPACE_SOLID, &none) == NH_BAD_ARGUMENT);
    CHECK(none == nullptr);
    nh_eam_free(eam);
}

}  // namespace

int main() {
    const Structure pores = structures::square_pores(5, 1, 1, 1), odd = lopsided(),
                    solid = structures::perfect(1, 1, 1);
    {
        const Cell cell(pores, NH_SPACE_PLANE);
        derivatives(cell, kPlane, true);
        against_evaluator(cell, kPlane);
        CHECK(cell.info.state_size * 8 < 4096);
    }
    {
        const Cell cell(pores, NH_SPACE_SOLID);
        derivatives(cell, kGeneral, false);
        against_evaluator(cell, kGeneral);
    }
    {
        const Cell cell(odd, NH_SPACE_SOLID);
        CHECK(cell.info.inversion == 0 && cell.info.atoms == 95);
        derivatives(cell, kGeneral, false);
        against_evaluator(cell, kGeneral);
    }
    {
        // One atom on each centre of inversion: nothing moves.
        const Cell cell(solid, NH_SPACE_SOLID);
        CHECK(cell.info.inversion == 1);
        derivatives(cell, kGeneral, false);
        against_evaluator(cell, kGeneral);
    }
    {
        const Cell cell(structures::perfect(2, 2, 1), NH_SPACE_PLANE);
        derivatives(cell, kPlane, true);
        against_evaluator(cell, kPlane);
    }
    symmetric_and_not_agree();
    stability();
    bad_input();
    return check::report("hyperelastic_test");
}
