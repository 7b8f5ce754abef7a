// SPDX-License-Identifier: Apache-2.0
//
// Second derivatives against central differences of forces and virials.
#include "eam/derivatives.h"

#include <memory>

#include "aluminium.h"
#include "check.h"
#include "structures.h"

using namespace nanohooke;
using eam::Block;
using structures::Structure;

namespace {

std::shared_ptr<const eam::Potential> potential() { return structures::aluminium(); }

Mat3 box_matrix(const double *b) { return Mat3{{{b[0], b[3], b[4]}, {0, b[1], b[5]}, {0, 0, b[2]}}}; }

std::vector<int> scrambled_rank(int n) {
    std::vector<int> rank(n);
    for (int i = 0; i < n; ++i) rank[i] = (i * 11 + 3) % n;  // n must not be a multiple of 11
    return rank;
}

double entry(const sparse::BlockMatrix &m, int row_node, int row_part, int column_node, int column_part) {
    if (row_node < column_node) return entry(m, column_node, column_part, row_node, row_part);
    for (int e = m.first[column_node]; e < m.first[column_node + 1]; ++e)
        if (m.row[e] == row_node) return m.values[(std::size_t(e) * m.size + row_part) * m.size + column_part];
    return 0.0;
}

// Third derivatives and the spline's kinks limit what a central difference can show.
constexpr double kStep = 1e-5;
constexpr double kTolerance = 3e-4;

void hessian_against_forces(const Structure &s, bool planar, Block block) {
    const int n = s.atoms();
    const Mat3 h = box_matrix(s.box);
    eam::Evaluator evaluator(potential(), n, planar), moved(potential(), n, false);
    evaluator.evaluate(s.x, h);
    const auto rank = scrambled_rank(n);
    const auto matrix = condensed(eam::hessian(evaluator, block, rank));
    const auto &parts = eam::block_space(block).components;
    for (int j = 0; j < n; j += 5)
        for (std::size_t b = 0; b < parts.size(); ++b) {
            std::vector<double> difference(3 * n, 0.0);
            for (double sign : {1.0, -1.0}) {
                auto x = s.x;
                x[3 * j + parts[b]] += sign * kStep;
                moved.evaluate(x, h);
                for (int q = 0; q < 3 * n; ++q) difference[q] -= sign * moved.forces()[q] / (2 * kStep);
            }
            for (int i = 0; i < n; ++i)
                for (std::size_t a = 0; a < parts.size(); ++a)
                    CHECK_NEAR(entry(matrix, rank[i], int(a), rank[j], int(b)), difference[3 * i + parts[a]],
                               kTolerance);
        }
}

void strain_against_differences(const Structure &s, bool planar) {
    const int n = s.atoms();
    const Mat3 h = box_matrix(s.box);
    eam::Evaluator evaluator(potential(), n, planar), moved(potential(), n, false);
    evaluator.evaluate(s.x, h);
    const auto exact = eam::strain_derivatives(evaluator);
    for (int t = 0; t < 6; ++t) {
        std::vector<double> force(3 * n, 0.0);
        double energy[3];
        Mat3 slope;
        int step = 0;
        for (double sign : {1.0, -1.0}) {
            std::array<double, 6> strain{};
            strain[t] = sign * kStep;
            const Mat3 f = deformation(strain);
            std::vector<double> x(3 * n);
            for (int i = 0; i < n; ++i) multiply(f, &s.x[3 * i], &x[3 * i]);
            moved.evaluate(x, f * h);
            energy[step++] = moved.energy();
            for (int q = 0; q < 3 * n; ++q) force[q] -= sign * moved.forces()[q] / (2 * kStep);
            // dE/d eps at the strained state: virial F^-T, symmetrised.
            const Mat3 g = moved.virial() * transpose(inverse(f));
            for (int a = 0; a < 3; ++a)
                for (int b = 0; b < 3; ++b) slope[a][b] += sign * 0.5 * (g[a][b] + g[b][a]) / (2 * kStep);
        }
        CHECK_NEAR((energy[0] - energy[1]) / (2 * kStep), evaluator.virial()[kVoigtA[t]][kVoigtB[t]], 2e-4);
        for (int q = 0; q < 3 * n; ++q) CHECK_NEAR(exact.mixed[6 * q + t], force[q], 5e-3);
        for (int u = 0; u < 6; ++u) CHECK_NEAR(exact.born[u][t], slope[kVoigtA[u]][kVoigtB[u]], 2e-2);
    }
}

/** At wave number 2 pi m / (3 a) a mode of the three-cell structure must see the same quadratic energy. */
void bloch_against_three_cells(const Structure &s) {
    const int n = s.atoms();
    const double pi = std::acos(-1.0), height = s.box[2], k = 2.0 * pi / (3.0 * height);
    eam::Evaluator one(potential(), n, true);
    one.evaluate(s.x, box_matrix(s.box));
    std::vector<int> rank = scrambled_rank(n);
    const auto bloch = condensed(eam::hessian(one, Block::bloch, rank, k));

    Structure three = s;
    three.x.clear();
    three.box[2] *= 3;
    for (int cell = 0; cell < 3; ++cell)
        for (int q = 0; q < 3 * n; ++q) three.x.push_back(s.x[q] + (q % 3 == 2 ? cell * height : 0.0));
    eam::Evaluator all(potential(), 3 * n, false);
    all.evaluate(three.x, box_matrix(three.box));
    std::vector<int> plain(3 * n);
    for (int i = 0; i < 3 * n; ++i) plain[i] = i;
    const auto full = condensed(eam::hessian(all, Block::full, plain));

    structures::Random random(5);
    std::vector<double> w(3 * n);
    for (auto &v : w) v = random.uniform(-1, 1);
    double quadratic = 0.0;
    for (int i = 0; i < n; ++i)
        for (int a = 0; a < 3; ++a)
            for (int j = 0; j < n; ++j)
                for (int b = 0; b < 3; ++b)
                    quadratic += w[3 * i + a] * entry(bloch, rank[i], a, rank[j], b) * w[3 * j + b];
    // Real mode of phase k z with u_z turned by i: x, y as cos(k z), z as -sin(k z).
    std::vector<double> u(9 * n);
    for (int q = 0; q < 9 * n; ++q) {
        const double phase = k * three.x[q / 3 * 3 + 2];
        u[q] = w[q % (3 * n)] * (q % 3 == 2 ? -std::sin(phase) : std::cos(phase));
    }
    double whole = 0.0;
    for (int j = 0; j < full.nodes; ++j)
        for (int e = full.first[j]; e < full.first[j + 1]; ++e)
            for (int a = 0; a < 3; ++a)
                for (int b = 0; b < 3; ++b)
                    whole += (full.row[e] == j ? 1.0 : 2.0) * full.values[9 * std::size_t(e) + 3 * a + b] *
                             u[3 * full.row[e] + a] * u[3 * j + b];
    CHECK_NEAR(whole, 1.5 * quadratic, 1e-8 * std::fabs(quadratic));
}

}  // namespace

int main() {
    Structure flat = structures::square_pores(5, 1, 2, 1);
    structures::shake(flat, 0.03, false, 1);
    hessian_against_forces(flat, true, Block::in_plane);
    hessian_against_forces(flat, true, Block::axial);
    strain_against_differences(flat, true);
    bloch_against_three_cells(flat);

    // A thin, tilted cell, so that an atom meets several images of its neighbours and of itself.
    Structure general = structures::perfect(2, 3, 1);
    general.box[3] = 0.4;
    general.box[4] = -0.2;
    general.box[5] = 0.3;
    structures::shake(general, 0.05, true, 2);
    hessian_against_forces(general, false, Block::full);
    strain_against_differences(general, false);
    return check::report("derivatives_test");
}
