// SPDX-License-Identifier: Apache-2.0
#include "hyperelastic/cell_state.h"

#include <algorithm>
#include <cmath>

#include "sparse/kernels/dense.h"

namespace nanohooke::hyperelastic {

extern const CellKernel baseline_cell_kernel;
#ifdef NANOHOOKE_AVX2
extern const CellKernel avx2_cell_kernel;
extern const CellKernel avx512_cell_kernel;
#endif

const CellKernel &cell_kernel() {
#ifdef NANOHOOKE_AVX2
    static const bool widest = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
                               __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw");
    if (widest) return avx512_cell_kernel;
    static const bool wide = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    if (wide) return avx2_cell_kernel;
#endif
    return baseline_cell_kernel;
}

namespace {

// Strains and gradient fit into one block of the matrix.
constexpr int kBlock = 8;
// Above, packed tiles pay.
constexpr int kSmall = 512;
// Pivots below are none (eV/Angstrom^2).
constexpr double kLeastPivot = 1e-9;

}  // namespace

double smallest_eigenvalue(const double *m) {
    // Trigonometric solution of the characteristic cubic.
    const double mean = (m[0] + m[4] + m[8]) / 3.0;
    const double a = m[0] - mean, b = m[4] - mean, c = m[8] - mean;
    const double off = m[1] * m[1] + m[2] * m[2] + m[5] * m[5];
    const double size = std::sqrt((a * a + b * b + c * c + 2.0 * off) / 6.0);
    if (size == 0.0) return mean;
    const double half =
        0.5 * (a * (b * c - m[5] * m[5]) - m[1] * (m[1] * c - m[5] * m[2]) + m[2] * (m[1] * m[5] - b * m[2]));
    const double angle = std::acos(std::clamp(half / (size * size * size), -1.0, 1.0)) / 3.0;
    constexpr double kThird = 2.0943951023931957;
    return mean + 2.0 * size * std::cos(angle + kThird);
}

bool dense_cholesky(int n, int pivots, double *panel, double *rest, double least) {
    const std::vector<signed char> expected(pivots, 1);
    std::vector<double> signs(pivots), room(sparse::workspace_size());
    sparse::Pivots record(expected, least);
    const sparse::Crew alone{nullptr, {room.data()}};
    return sparse::partial_cholesky(n, pivots, panel, rest, signs.data(), 0, record, alone);
}

CellState::CellState(const UnitCell &cell)
    : cell_(cell),
      freedoms_(cell.freedoms()),
      strains_(static_cast<int>(cell.strains().size())),
      strain_row_((freedoms_ + kBlock - 1) / kBlock * kBlock),
      rows_(strain_row_ + kBlock) {
    const auto orbits = static_cast<std::size_t>(cell.orbits().count());
    gradient_.resize(rows_);
    density_.resize(orbits);
    slope_.resize(orbits);
    root_.resize(orbits);
    curvature_sign_.resize(orbits);
}

void CellState::reserve(const PairTable &table) {
    if (reserved_ == &table) return;
    reserved_ = &table;
    std::size_t images = 0;
    for (const int kind : table.kind) images += cell_.images()[kind].square.size();
    const auto pairs = static_cast<std::size_t>(table.size());
    entry_.resize(pairs);
    x_.resize(pairs);
    y_.resize(pairs);
    z_.resize(pairs);
    sums_.resize(pairs);
    image_pair_.resize(images);
    image_numbers_.resize(3 * images);
    image_terms_.resize(6 * images);
    double *numbers = image_numbers_.data();
    active_ = {0,
               entry_.data(),
               x_.data(),
               y_.data(),
               z_.data(),
               sums_.data(),
               image_pair_.data(),
               numbers,
               numbers + images,
               numbers + 2 * images,
               image_terms_.data()};
}

double CellState::embed(const PairTable &table, Motion motion) {
    const auto &sizes = cell_.orbits().size;
    std::fill(density_.begin(), density_.end(), 0.0);
    double energy = 0.0;
    for (int k = 0; k < active_.count; ++k) {
        const int entry = active_.entry[k], i = table.first[entry], j = table.second[entry];
        const double density = table.weight[entry] * active_.sums[k].density;
        density_[i] += density / sizes[i];
        density_[j] += density / sizes[j];
        energy += table.weight[entry] * active_.sums[k].energy;
    }
    for (std::size_t r = 0; r < density_.size(); ++r) {
        const auto jet = cell_.potential().embedding(density_[r]);
        energy += sizes[r] * jet.value;
        slope_[r] = jet.first;
        // An atom on the centre keeps its density when the others break the symmetry.
        const bool kept = motion == Motion::breaking && sizes[r] == 1.0;
        root_[r] = kept ? 0.0 : std::sqrt(std::fabs(jet.second) / sizes[r]);
        curvature_sign_[r] = jet.second < 0.0 ? -1.0 : 1.0;
    }
    return energy;
}

void CellState::prepare_motion(const PairTable &table, Motion motion) {
    if (motion == Motion::following) {
        second_sign_.assign(table.size(), 1.0);
        return;
    }
    first_moves_.assign(table.size(), 1.0);
    second_moves_.assign(table.size(), 1.0);
    second_sign_.resize(table.size());
    for (int k = 0; k < table.size(); ++k) second_sign_[k] = table.second_image[k] ? -1.0 : 1.0;
}

void CellState::add_embedding_curvature() {
    // C -= A S A', with the signs turned.
    std::vector<double> signs(curvature_sign_);
    for (double &sign : signs) sign = -sign;
    std::vector<double> workspace(sparse::workspace_size());
    sparse::dense_kernel().rank_update(rows_, static_cast<int>(density_.size()), densities_.data(), rows_, signs.data(),
                                       matrix_.data(), rows_, workspace.data());
}

bool CellState::factorise() {
    const auto rows = static_cast<std::size_t>(rows_);
    for (int q = 0; q < freedoms_; ++q) matrix_[rows * q + strain_row_ + strains_] = gradient_[q];
    for (int t = 0; t < strains_; ++t)
        matrix_[rows * (strain_row_ + t) + strain_row_ + strains_] = gradient_[strain_row_ + t];
    if (strain_row_ > kSmall) return factorise_large();
    return cell_kernel().factorise(matrix_.data(), rows_, strain_row_, densities_.data(), curvature_sign_.data(),
                                   static_cast<int>(density_.size()), kLeastPivot);
}

bool CellState::factorise_large() {
    add_embedding_curvature();
    const auto rows = static_cast<std::size_t>(rows_);
    double corner[kBlock * kBlock];
    for (int t = 0; t < kBlock; ++t)
        std::copy_n(&matrix_[rows * (strain_row_ + t) + strain_row_], kBlock, corner + kBlock * t);
    if (!dense_cholesky(rows_, strain_row_, matrix_.data(), corner, kLeastPivot)) return false;
    for (int t = 0; t < kBlock; ++t)
        std::copy_n(corner + kBlock * t, kBlock, &matrix_[rows * (strain_row_ + t) + strain_row_]);
    return true;
}

void CellState::back_substitute(int count, double *x) const {
    cell_kernel().back_substitute(strain_row_, matrix_.data(), rows_, count, x);
}

void CellState::settle_fixed(Motion motion) {
    const auto &orbits = cell_.orbits();
    const int dimension = cell_.dimension();
    const auto rows = static_cast<std::size_t>(rows_);
    for (int q = freedoms_; q < strain_row_; ++q) matrix_[(rows + 1) * q] = 1.0;
    if (orbits.inversion && motion == Motion::following) {
        for (int r = 0; r < orbits.count(); ++r)
            if (orbits.size[r] == 1.0)
                for (int a = 0; a < dimension; ++a) matrix_[(rows + 1) * (dimension * r + a)] = 1.0;
        return;
    }
    // Translations cost nothing; here they get a stiffness (eV/Angstrom^2) that changes nothing else.
    constexpr double kStiffness = 10.0;
    for (int q = 0; q < orbits.count(); ++q)
        for (int r = q; r < orbits.count(); ++r) {
            const double value = kStiffness * orbits.size[q] * orbits.size[r] / cell_.atoms();
            for (int a = 0; a < dimension; ++a) matrix_[rows * (dimension * q + a) + dimension * r + a] += value;
        }
}

bool CellState::evaluate(const double *metric, const double *displacements, bool matrix, Motion motion) {
    const int dimension = cell_.dimension();
    double farthest = 0.0, finite = 0.0;
    for (int k = 0; k < freedoms_; k += dimension) {
        double square = 0.0;
        for (int a = 0; a < dimension; ++a) square += displacements[k + a] * displacements[k + a];
        farthest = std::max(farthest, square);
        finite += square * 0.0;  // NaN where the square is not finite
    }
    const double least = smallest_eigenvalue(metric);
    if (!(least > 0.0) || finite != 0.0) return false;
    const PairTable *table = cell_.pairs(cell_.potential().cutoff() / std::sqrt(least) + 2.0 * std::sqrt(farthest));
    if (table == nullptr) return false;
    ++evaluations_;
    reserve(*table);

    constexpr int kKinds = 4;
    const double *squares[kKinds], *weights[kKinds];
    int counts[kKinds];
    for (int k = 0; k < kKinds; ++k) {
        const auto &images = cell_.images()[k];
        squares[k] = images.square.data();
        weights[k] = images.weight.data();
        counts[k] = static_cast<int>(images.square.size());
    }
    const auto &potential = cell_.potential();
    const PairView view{table->size(),
                        table->first.data(),
                        table->second.data(),
                        table->first_moves.data(),
                        table->second_moves.data(),
                        table->weight.data(),
                        table->x.data(),
                        table->y.data(),
                        table->z.data(),
                        table->kind.data(),
                        squares,
                        weights,
                        counts,
                        potential.pair_table(),
                        1.0 / potential.pair_spacing(),
                        potential.pair_intervals() - 1,
                        potential.cutoff() * potential.cutoff()};
    const CellKernel &kernel = cell_kernel();
    const bool plane = cell_.space() == Space::plane;
    (plane ? kernel.measure2 : kernel.measure3)(view, metric, displacements, active_);
    energy_ = embed(*table, motion);

    std::fill(gradient_.begin(), gradient_.end(), 0.0);
    if (matrix) {
        matrix_.assign(static_cast<std::size_t>(rows_) * rows_, 0.0);
        densities_.assign(static_cast<std::size_t>(rows_) * density_.size(), 0.0);
        prepare_motion(*table, motion);
    }
    const bool following = motion == Motion::following;
    const Derivatives to{rows_,
                         strain_row_,
                         gradient_.data(),
                         matrix ? matrix_.data() : nullptr,
                         densities_.data(),
                         slope_.data(),
                         root_.data(),
                         following ? view.first_moves : first_moves_.data(),
                         following ? view.second_moves : second_moves_.data(),
                         second_sign_.data()};
    (plane ? kernel.derive2 : kernel.derive3)(view, metric, active_, to);
    if (matrix) settle_fixed(motion);
    return std::isfinite(energy_);
}

}  // namespace nanohooke::hyperelastic
