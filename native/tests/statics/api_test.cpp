// SPDX-License-Identifier: Apache-2.0
//
// The C interface: errors that say what is wrong, handles, progress, frames, paths and outcomes.
#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "check.h"
#include "nanohooke/statics.h"
#include "structures.h"

using structures::Structure;

namespace {

nh_eam *eam = nullptr;

nh_crystal *crystal(const Structure &s) {
    nh_crystal *c = nullptr;
    CHECK(nh_crystal_create(eam, s.atoms(), s.x.data(), s.box, &c) == NH_OK);
    return c;
}

bool message_has(const char *part) { return std::string(nh_last_error()).find(part) != std::string::npos; }

nh_statics_options defaults() {
    nh_statics_options o;
    nh_statics_defaults(&o);
    return o;
}

nh_statics_result calculate(const Structure &s, const nh_statics_options &o, nh_crystal **minimum = nullptr) {
    nh_crystal *c = crystal(s);
    nh_statics_result r;
    const int status = nh_statics_calculate(c, &o, nullptr, nullptr, &r, minimum);
    CHECK(status == NH_OK);
    if (status != NH_OK) std::fprintf(stderr, "%s\n", nh_last_error());
    nh_crystal_free(c);
    return r;
}

double largest_difference(const double *a, const double *b) {
    double most = 0.0;
    for (int k = 0; k < 36; ++k) most = std::max(most, std::fabs(a[k] - b[k]));
    return most;
}

/** A small porous structure that keeps its one-cell period. */
Structure porous() { return structures::square_pores(8, 1, 3, 1); }

void errors() {
    nh_eam *e = nullptr;
    nh_crystal *c = nullptr;
    double table[6] = {0, 1, 4, 9, 16, 25};
    CHECK(nh_eam_create(6, 1, nullptr, 6, 1, table, table, 4, 27, &e) == NH_BAD_ARGUMENT && message_has("embedding"));
    CHECK(nh_eam_create(6, 1, table, 6, 1, table, table, 4, 27, nullptr) == NH_BAD_ARGUMENT && message_has("out"));
    CHECK(nh_eam_create(-1, 1, table, 6, 1, table, table, 4, 27, &e) == NH_BAD_ARGUMENT && message_has("positive"));
    CHECK(nh_eam_create(4, 1, table, 6, 1, table, table, 4, 27, &e) == NH_BAD_ARGUMENT && message_has("at least 5"));
    CHECK(nh_eam_create(6, 0, table, 6, 1, table, table, 4, 27, &e) == NH_BAD_ARGUMENT && message_has("spacing of F"));
    CHECK(nh_eam_create(6, 1, table, 6, 1, table, table, -4, 27, &e) == NH_BAD_ARGUMENT && message_has("cutoff"));
    table[3] = NAN;
    CHECK(nh_eam_create(6, 1, table, 6, 1, table, table, 4, 27, &e) == NH_BAD_ARGUMENT && message_has("not finite"));
    CHECK(e == nullptr);
    const double box[6] = {10, 10, 10, 0, 0, 0}, flat[6] = {10, 0, 10, 0, 0, 0}, x[3] = {0, 0, 0};
    const double bad[3] = {0, std::nan(""), 0};
    CHECK(nh_crystal_create(nullptr, 1, x, box, &c) == NH_BAD_ARGUMENT);
    CHECK(nh_crystal_create(eam, 0, x, box, &c) == NH_BAD_ARGUMENT && message_has("at least one atom"));
    CHECK(nh_crystal_create(eam, 1, x, flat, &c) == NH_BAD_ARGUMENT && message_has("positive"));
    CHECK(nh_crystal_create(eam, 1, bad, box, &c) == NH_BAD_ARGUMENT && message_has("atom 0"));
    CHECK(c == nullptr);

    c = crystal(porous());
    nh_statics_result r;
    auto o = defaults();
    o.cells = 2;
    CHECK(nh_statics_calculate(c, &o, nullptr, nullptr, &r, nullptr) == NH_BAD_ARGUMENT && message_has("cells"));
    o = defaults();
    o.force_tolerance = 0;
    CHECK(nh_statics_relax(c, &o, nullptr, nullptr, &r, nullptr) == NH_BAD_ARGUMENT && message_has("force_tolerance"));
    CHECK(nh_statics_calculate(c, nullptr, nullptr, nullptr, nullptr, nullptr) == NH_BAD_ARGUMENT);
    nh_crystal_free(c);
    nh_crystal_free(nullptr);
    nh_eam_free(nullptr);

    const double twice[6] = {1, 1, 1, 1, 1, 1};
    CHECK(nh_crystal_create(eam, 2, twice, box, &c) == NH_OK);
    CHECK(nh_statics_energy(c, nullptr, nullptr, nullptr) == NH_BAD_ARGUMENT && message_has("on top of each other"));
    CHECK(nh_statics_calculate(c, nullptr, nullptr, nullptr, &r, nullptr) == NH_BAD_ARGUMENT);
    nh_crystal_free(c);

    Structure shaken = porous();
    structures::shake(shaken, 0.01, true, 1);
    c = crystal(shaken);
    CHECK(nh_statics_certificate(c, nullptr, nullptr, nullptr) == NH_BAD_ARGUMENT && message_has("extruded"));
    nh_crystal_free(c);
}

/** Whatever numbers come, the answer is a status with its reason: nothing is written out of bounds, nothing hangs. */
void absurd_numbers() {
    const double infinity = std::numeric_limits<double>::infinity();
    struct Case {
        std::vector<double> x;
        double box[6];
        int status;
        const char *message;
    };
    const std::vector<double> one = {0, 0, 0}, two = {0, 0, 0, 2, 2, 2};
    const Case cases[] = {
        {two, {2e11, 2e11, 2e11, 0, 0, 0}, NH_OK, ""},
        {two, {4.05, 2e11, 4.05, 0, 0, 0}, NH_OK, ""},
        {two, {1e150, 1e150, 1e150, 0, 0, 0}, NH_NOT_FINITE, "no finite number"},
        {two, {4e-10, 4e-10, 4e-10, 0, 0, 0}, NH_BAD_ARGUMENT, "thin"},
        {two, {0.2, 1e6, 1e6, 0, 0, 0}, NH_BAD_ARGUMENT, "Angstrom"},
        {two, {10, 10, 10, 1e9, 0, 0}, NH_BAD_ARGUMENT, "thin"},
        {two, {10, 10, 10, 0, 1e300, 0}, NH_NOT_FINITE, "volume"},
        {two, {1e-300, 10, 10, 0, 0, 0}, NH_NOT_FINITE, "volume"},
        {{0, 0, 0, 2e11, 2, 2}, {10, 10, 10, 0, 0, 0}, NH_BAD_ARGUMENT, "periods"},
        {{0, 0, 0, 1e300, 2, 2}, {10, 10, 10, 0, 0, 0}, NH_BAD_ARGUMENT, "wrap"},
        {{0, 0, 0, 302, 2, 2}, {10, 10, 10, 0, 0, 0}, NH_BAD_ARGUMENT, "wrap"},
        {one, {10, infinity, 10, 0, 0, 0}, NH_BAD_ARGUMENT, "not finite"},
        {{0, infinity, 0}, {10, 10, 10, 0, 0, 0}, NH_BAD_ARGUMENT, "not finite"},
    };
    for (const Case &s : cases) {
        nh_crystal *c = nullptr;
        int status = nh_crystal_create(eam, static_cast<int>(s.x.size() / 3), s.x.data(), s.box, &c);
        if (status == NH_OK) status = nh_statics_energy(c, nullptr, nullptr, nullptr);
        CHECK(status == s.status);
        CHECK(status == NH_OK || message_has(s.message));
        if (status != s.status) std::fprintf(stderr, "box %g %g: %d %s\n", s.box[0], s.box[1], status, nh_last_error());
        nh_statics_result r;
        auto o = defaults();
        o.fire_max_steps = 20;
        o.max_iterations = 3;
        if (c != nullptr && s.status != NH_OK)
            CHECK(nh_statics_calculate(c, &o, nullptr, nullptr, &r, nullptr) == s.status);
        nh_crystal_free(c);
    }
    // So dense that 32-bit numbers of pairs would overflow: refused before any is made.
    std::vector<double> dense(3 * 60000);
    for (std::size_t k = 0; k < dense.size(); ++k) dense[k] = 1e-4 * static_cast<double>(k);
    const double small[6] = {6, 6, 6, 0, 0, 0};
    nh_crystal *c = nullptr;
    CHECK(nh_crystal_create(eam, 60000, dense.data(), small, &c) == NH_OK);
    CHECK(nh_statics_energy(c, nullptr, nullptr, nullptr) == NH_BAD_ARGUMENT && message_has("pairs within reach"));
    nh_crystal_free(c);
    CHECK(nh_crystal_create(eam, std::numeric_limits<int>::max(), one.data(), small, &c) == NH_BAD_ARGUMENT);
}

/** Lengths in nanometres or seventh of a cell too dense: whatever the forces do, it ends. */
void squeezed_crystals_end() {
    for (double scale : {0.3, 0.5, 2.5}) {
        Structure s = structures::perfect(2, 2, 2);
        structures::shake(s, 0.01, true, 3);
        for (double &v : s.x) v *= scale;
        for (int k = 0; k < 3; ++k) s.box[k] *= scale;
        nh_crystal *c = crystal(s);
        auto o = defaults();
        o.fire_max_steps = 200;
        o.max_iterations = 20;
        nh_statics_result r;
        const int status = nh_statics_calculate(c, &o, nullptr, nullptr, &r, nullptr);
        CHECK(status == NH_OK || std::string(nh_last_error()).size() > 10);
        nh_crystal_free(c);
    }
}

int calls = 0;
int count_calls(void *user, int stage, int, double force, double stress) {
    ++calls;
    CHECK(user == &calls);
    CHECK(stage >= NH_STAGE_GENTLE && stage <= NH_STAGE_CERTIFICATE);
    CHECK(std::isfinite(force) && std::isfinite(stress));
    return 0;
}
int cancel(void *, int stage, int, double, double) { return stage == NH_STAGE_NEWTON; }

void progress_and_cancel() {
    nh_crystal *c = crystal(porous());
    nh_statics_result r;
    CHECK(nh_statics_calculate(c, nullptr, count_calls, &calls, &r, nullptr) == NH_OK);
    CHECK(calls > 4);
    nh_crystal *minimum = nullptr;
    CHECK(nh_statics_calculate(c, nullptr, cancel, nullptr, &r, &minimum) == NH_CANCELLED);
    CHECK(minimum == nullptr);
    CHECK(message_has("cancelled"));
    nh_crystal_free(c);
}

/** Planar, general and "measure what is relaxed already" answer with the same tensor. */
void paths_agree() {
    auto o = defaults();
    nh_crystal *minimum = nullptr;
    const auto planar = calculate(porous(), o, &minimum);
    CHECK(planar.path == NH_PATH_PLANAR && planar.outcome == NH_OUTCOME_OK && planar.certificate == 1);
    CHECK(planar.max_force <= o.force_tolerance && planar.max_stress <= o.stress_tolerance);
    nh_statics_result again;
    CHECK(nh_statics_tensor(minimum, nullptr, &again) == NH_OK);
    CHECK(largest_difference(planar.tensor, again.tensor) < 1e-5);
    int definite = -1;
    double pivot = 0;
    CHECK(nh_statics_certificate(minimum, nullptr, &definite, &pivot) == NH_OK);
    CHECK(definite == 1);
    CHECK(pivot > 0.0 && planar.certificate_pivot > 0.0);  // numbers depend on the fill-reducing order

    o.force_general = 1;
    const auto general = calculate(porous(), o);
    CHECK(general.path == NH_PATH_GENERAL && general.outcome == NH_OUTCOME_OK);
    CHECK(general.certificate == -1);
    CHECK_NEAR(general.energy, planar.energy, 1e-7);
    CHECK(largest_difference(planar.tensor, general.tensor) < 1e-4);

    o = defaults();
    o.cells = NH_CELLS_THREE;
    const auto three = calculate(porous(), o);
    CHECK(three.path == NH_PATH_THREE_CELL && three.cells == 3 && three.atoms == 3 * planar.atoms);
    CHECK_NEAR(three.energy, planar.energy, 1e-7);
    CHECK(largest_difference(planar.tensor, three.tensor) < 1e-4);
    CHECK_NEAR(three.box[2], 3 * planar.box[2], 1e-6);
    nh_crystal_free(minimum);
}

/** C as stress differences of strained and relaxed cells, the box strained as LAMMPS would strain it. */
void tensor_against_differences() {
    Structure s = porous();
    // An asymmetric pore makes the relaxed box tilted, so that frames matter.
    s.x.erase(s.x.begin(), s.x.begin() + 3 * 3);
    auto o = defaults();
    nh_crystal *minimum = nullptr;
    const auto r = calculate(s, o, &minimum);
    CHECK(r.outcome == NH_OUTCOME_OK);
    CHECK(std::fabs(r.box[3]) > 1e-4);
    const int n = r.atoms;
    std::vector<double> x(3 * n);
    double box[6];
    CHECK(nh_crystal_get(minimum, x.data(), box, nullptr) == NH_OK);
    const double eps = 1e-5;
    for (int t : {0, 1, 5}) {
        double stress[2][6];
        for (int side = 0; side < 2; ++side) {
            const double e = side == 0 ? eps : -eps;
            // Upper triangular strain: engineering shear in one corner.
            double f[3][3] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
            if (t < 3) f[t][t] += e;
            if (t == 5) f[0][1] += e;
            Structure strained;
            strained.x.resize(3 * n);
            for (int i = 0; i < n; ++i)
                for (int a = 0; a < 3; ++a) {
                    strained.x[3 * i + a] = 0;
                    for (int b = 0; b < 3; ++b) strained.x[3 * i + a] += f[a][b] * x[3 * i + b];
                }
            const double tilt[6] = {
                f[0][0] * box[0], f[1][1] * box[1], f[2][2] * box[2], f[0][0] * box[3] + f[0][1] * box[1], 0, 0};
            std::copy(tilt, tilt + 6, strained.box);
            // Atoms follow at the fixed box: Newton steps, solved by conjugate gradients on the exported Hessian, so
            // that the check shares neither the factorisation nor the relaxation with what it checks.
            nh_crystal *c = crystal(strained);
            long long entries = 0;
            CHECK(nh_statics_hessian_size(c, &entries) == NH_OK);
            std::vector<int> rows(entries), columns(entries);
            std::vector<double> values(entries), force(3 * n);
            CHECK(nh_statics_hessian(c, entries, rows.data(), columns.data(), values.data(), nullptr, nullptr) ==
                  NH_OK);
            for (int newton = 0; newton < 3; ++newton) {
                CHECK(nh_statics_energy(c, nullptr, force.data(), nullptr) == NH_OK);
                std::vector<double> u(3 * n, 0.0), rest = force, p = force, hp(3 * n);
                double square = 0;
                for (double v : rest) square += v * v;
                for (int it = 0; it < 2000 && square > 1e-26; ++it) {
                    std::fill(hp.begin(), hp.end(), 0.0);
                    for (long long k = 0; k < entries; ++k) {
                        hp[rows[k]] += values[k] * p[columns[k]];
                        if (rows[k] != columns[k]) hp[columns[k]] += values[k] * p[rows[k]];
                    }
                    double curvature = 0;
                    for (int q = 0; q < 3 * n; ++q) curvature += p[q] * hp[q];
                    const double a = square / curvature;
                    double next = 0;
                    for (int q = 0; q < 3 * n; ++q) {
                        u[q] += a * p[q];
                        rest[q] -= a * hp[q];
                        next += rest[q] * rest[q];
                    }
                    for (int q = 0; q < 3 * n; ++q) p[q] = rest[q] + next / square * p[q];
                    square = next;
                }
                for (int q = 0; q < 3 * n; ++q) strained.x[q] += u[q];
                nh_crystal_free(c);
                c = crystal(strained);
            }
            CHECK(nh_statics_energy(c, nullptr, nullptr, stress[side]) == NH_OK);
            nh_crystal_free(c);
        }
        // Splines are only C1: their kinks leave some thousandths of a GPa in differences.
        for (int u = 0; u < 6; ++u) CHECK_NEAR(r.tensor[6 * u + t], (stress[0][u] - stress[1][u]) / (2 * eps), 0.02);
    }
    nh_crystal_free(minimum);
}

/** A slit through the cell: no stiffness across it, which is an outcome and not an error. */
void slit() {
    Structure s = structures::perfect(5, 4, 1);
    s.box[1] += 12.0;
    const auto r = calculate(s, defaults());
    CHECK(r.percolation == 5);
    CHECK(r.outcome == NH_OUTCOME_SOFT);
    CHECK(r.failed_block == NH_BLOCK_TENSOR);
    CHECK_NEAR(r.tensor[7], 0.0, 1e-3);
    CHECK(r.tensor[0] > 30.0);
}

void islands() {
    Structure s = structures::square_pores(12, 1, 5, 1);
    const int solid = s.atoms();
    const double column[3] = {22.0, 22.0, s.x[2]};
    s.x.insert(s.x.begin(), column, column + 3);
    nh_crystal *c = crystal(s);
    std::vector<int> component(s.atoms());
    int count = 0, percolation = 0;
    CHECK(nh_statics_islands(c, component.data(), &count, &percolation) == NH_OK);
    CHECK(count == 1 && percolation == 7);
    CHECK(component[0] == 1 && component[1] == 0);
    nh_crystal_free(c);

    auto o = defaults();
    o.drop_islands = 1;
    o.cells = NH_CELLS_ONE;
    nh_crystal *minimum = nullptr;
    const auto r = calculate(s, o, &minimum);
    CHECK(r.islands == 1 && r.island_atoms == 1 && r.dropped_atoms == 1);
    CHECK(r.atoms == solid);
    std::vector<int> origin(solid);
    CHECK(nh_crystal_get(minimum, nullptr, nullptr, origin.data()) == NH_OK);
    CHECK(origin[0] == 1 && origin[solid - 1] == solid);
    nh_crystal_free(minimum);
}

/** The same input gives the same bits, and a start without the gentle phase is possible. */
void reproducible() {
    const auto s = structures::random_pores(structures::Kind::circles, 0.3, 11, 10);
    auto o = defaults();
    o.cells = NH_CELLS_ONE;
    const auto a = calculate(s, o), b = calculate(s, o);
    CHECK(a.energy == b.energy);
    CHECK(std::equal(a.tensor, a.tensor + 36, b.tensor) || std::isnan(a.tensor[0]));
    o.fire_max_steps = 0;
    CHECK(calculate(porous(), o).fire_steps == 0);
    o.max_iterations = 0;
    CHECK(calculate(porous(), o).outcome == NH_OUTCOME_NOT_CONVERGED);
}

/** A gentle descent that is out of steps has not converged: no saddle, and no start for three cells. */
void out_of_gentle_steps() {
    const auto s = structures::families()[5];  // rectangles, whose unrelaxed lattice is not stable
    auto o = defaults();
    o.fire_max_steps = 30;
    const auto r = calculate(s, o);
    CHECK(r.outcome == NH_OUTCOME_NOT_CONVERGED && r.stop == NH_STOP_ITERATIONS);
    CHECK(r.path == NH_PATH_PLANAR && r.fire_steps == 30 && r.certificate == -1);
    CHECK(r.max_force > 1e-3 && r.failed_atom == -1);
}

}  // namespace

int main() {
    eam = structures::Aluminium().handle();
    CHECK(std::string(nh_version()).size() >= 5);
    CHECK(std::string(nh_cpu_description()).find("kernels") != std::string::npos);
    errors();
    absurd_numbers();
    squeezed_crystals_end();
    progress_and_cancel();
    paths_agree();
    tensor_against_differences();
    slit();
    islands();
    reproducible();
    out_of_gentle_steps();
    nh_eam_free(eam);
    return check::report("api_test");
}
