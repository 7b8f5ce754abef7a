// SPDX-License-Identifier: Apache-2.0
#include "hyperelastic/deformation.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "statics/crystal.h"

namespace nanohooke::hyperelastic {

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
// Of forces at a last stable state (eV/Angstrom).
constexpr double kLastTolerance = 1e-8;
// Atoms that are found farther than the first from where they were expected, or than the second from where they were,
// may be those of another state, which the way jumped to: a smaller step tells (Angstrom). On a smooth way both
// distances fall with the step; jumps seen are of 0.3 and more.
constexpr double kSurprise = 0.1, kMotion = 0.2;

}  // namespace

long long PointState::size(const UnitCell &cell) {
    const long long strains = static_cast<long long>(cell.strains().size());
    return 1 + strains + static_cast<long long>(cell.freedoms()) * (1 + followed(cell));
}

PointState::PointState(const UnitCell &cell, double *numbers) : size_(size(cell)) {
    stuck = numbers;
    strain = numbers + 1;
    displacements = strain + cell.strains().size();
    response = displacements + cell.freedoms();
}

void PointState::start() { std::fill_n(stuck, size_, 0.0); }

Deformation::Deformation(const UnitCell &cell, const nh_deform_options &options)
    : cell_(cell),
      options_(options),
      cell_state_(cell),
      freedoms_(cell.freedoms()),
      strains_(static_cast<int>(cell.strains().size())),
      followed_(PointState::followed(cell)) {
    s_.resize(freedoms_);
}

void Deformation::metric(const double *strain, double *c) const {
    for (int q = 0; q < 9; ++q) c[q] = q % 4 == 0 ? 1.0 : 0.0;
    for (int t = 0; t < strains_; ++t) {
        const int voigt = cell_.strains()[t], row = kVoigtA[voigt], column = kVoigtB[voigt];
        c[3 * row + column] += voigt < 3 ? 2.0 * strain[t] : strain[t];
        if (voigt >= 3) c[3 * column + row] += strain[t];
    }
}

void Deformation::take_step(std::vector<double> &s) {
    const auto &matrix = cell_state_.matrix();
    const auto rows = static_cast<std::size_t>(cell_state_.rows());
    const int size = cell_state_.strain_row();
    right_.resize(size);
    for (int q = 0; q < size; ++q) right_[q] = matrix[rows * q + size + strains_];
    cell_state_.back_substitute(1, right_.data());
    double largest = 0.0;
    for (const double value : right_) largest = std::max(largest, std::fabs(value));
    const double scale = std::min(1.0, options_.max_step / largest);
    for (int q = 0; q < freedoms_; ++q) s[q] -= scale * right_[q];
}

void Deformation::finish(const double *strain, const std::vector<double> &s, PointState &state, RestState &rest) {
    // The rest of the way to the minimum is one more Newton step, which the factorisation has taken along: the corner
    // has energy, stress and moduli of its end.
    constexpr int kRight = 8;
    const auto &matrix = cell_state_.matrix();
    const auto rows = static_cast<std::size_t>(cell_state_.rows());
    const int size = cell_state_.strain_row();
    right_.resize(static_cast<std::size_t>(size) * kRight);
    for (int q = 0; q < size; ++q) std::copy_n(&matrix[rows * q + size], kRight, &right_[kRight * std::size_t(q)]);
    cell_state_.back_substitute(kRight, right_.data());
    for (int q = 0; q < freedoms_; ++q) {
        const double *row = &right_[kRight * std::size_t(q)];
        state.displacements[q] = s[q] - row[strains_];
        for (int t = 0; t < followed_; ++t) state.response[q * followed_ + t] = -row[t];
    }
    std::copy_n(strain, strains_, state.strain);
    const double *corner = &matrix[rows * size + size];
    rest.energy = cell_state_.energy() + 0.5 * corner[rows * strains_ + strains_];
    for (int t = 0; t < strains_; ++t) {
        rest.stress[t] = corner[rows * t + strains_];
        for (int u = t; u < strains_; ++u)
            rest.moduli[t * strains_ + u] = rest.moduli[u * strains_ + t] = corner[rows * t + u];
    }
}

Deformation::Rest Deformation::relax(const double *strain, double tolerance, PointState &state, RestState &rest) {
    for (int q = 0; q < freedoms_; ++q) {
        double value = state.displacements[q];
        for (int t = 0; t < followed_; ++t) value += state.response[q * followed_ + t] * (strain[t] - state.strain[t]);
        s_[q] = value;
    }
    expected_ = s_;
    double c[9];
    metric(strain, c);
    for (int iteration = 0; iteration < options_.max_iterations; ++iteration) {
        if (!cell_state_.evaluate(c, s_.data(), true) || !cell_state_.factorise()) return Rest::lost;
        double largest = 0.0;
        for (int q = 0; q < freedoms_; ++q)
            if (!(std::fabs(cell_state_.gradient()[q]) <= largest)) largest = std::fabs(cell_state_.gradient()[q]);
        if (!std::isfinite(largest)) return Rest::lost;
        if (largest <= tolerance) {
            if (jumped(strain, state)) return Rest::lost;
            finish(strain, s_, state, rest);
            return Rest::found;
        }
        take_step(s_);
    }
    return Rest::lost;
}

bool Deformation::jumped(const double *strain, const PointState &state) const {
    // Where the strain stays there is no way: the atoms were put down, and have not been relaxed yet.
    if (std::equal(strain, strain + strains_, state.strain)) return false;
    for (int q = 0; q < freedoms_; ++q)
        if (std::fabs(s_[q] - expected_[q]) > kSurprise || std::fabs(s_[q] - state.displacements[q]) > kMotion)
            return true;
    return false;
}

bool Deformation::walk(const double *target, PointState &state, RestState &rest) {
    double distance = 0.0;
    for (int t = 0; t < strains_; ++t) distance = std::max(distance, std::fabs(target[t] - state.strain[t]));
    const double least = distance == 0.0 ? 1.0 : std::min(1.0, options_.smallest_step / distance);
    double length = distance == 0.0 ? 1.0 : std::min(1.0, options_.largest_step / distance);
    length = 1.0 / std::ceil(1.0 / length - 1e-9);
    std::array<double, 6> start{}, trial{};
    std::copy_n(state.strain, strains_, start.begin());
    double done = 0.0;
    while (done < 1.0) {
        const double to = done + length > 1.0 - 1e-9 ? 1.0 : done + length;
        for (int t = 0; t < strains_; ++t) trial[t] = to == 1.0 ? target[t] : start[t] + to * (target[t] - start[t]);
        ++steps_;
        if (relax(trial.data(), options_.force_tolerance, state, rest) == Rest::found) {
            done = to;
            continue;
        }
        length *= 0.5;
        if (length < 0.999 * least) return false;
    }
    return true;
}

int Deformation::deform(PointState state, const double *f, double *w, double *p, double *a) {
    steps_ = 0;
    const Mat3 gradient{{{f[0], f[1], f[2]}, {f[3], f[4], f[5]}, {f[6], f[7], f[8]}}};
    if (!(determinant(gradient) > 0.0)) {
        *w = kNaN;
        std::fill_n(p, 9, kNaN);
        std::fill_n(a, 81, kNaN);
        return NH_DEFORM_INVERTED;
    }
    const Mat3 c = transpose(gradient) * gradient;
    std::array<double, 6> target{};
    for (int t = 0; t < strains_; ++t) {
        const int voigt = cell_.strains()[t], row = kVoigtA[voigt], column = kVoigtB[voigt];
        target[t] = voigt < 3 ? 0.5 * (c[row][row] - 1.0) : c[row][column];
    }
    RestState rest;
    const bool was_stuck = *state.stuck != 0.0;
    std::vector<double> before;
    if (was_stuck) before.assign(state.strain, state.response + static_cast<std::size_t>(freedoms_) * followed_);
    const bool found = walk(target.data(), state, rest);
    *state.stuck = found ? 0.0 : 1.0;
    if (!found) {
        // A point that is stuck stays where it is until it can be led all the way: else every call would find another
        // last stable state, and whoever iterates on the stress would never find equilibrium.
        if (was_stuck) std::copy(before.begin(), before.end(), state.strain);
        std::array<double, 6> last{};
        std::copy_n(state.strain, strains_, last.begin());
        // Near the end of stability moduli change with the least displacement: the same ones every time.
        if (relax(last.data(), std::min(kLastTolerance, options_.force_tolerance), state, rest) == Rest::lost) {
            *w = kNaN;
            std::fill_n(p, 9, kNaN);
            std::fill_n(a, 81, kNaN);
            return NH_DEFORM_UNSTABLE_START;
        }
        std::array<double, 6> change{};
        for (int t = 0; t < strains_; ++t)
            for (int u = 0; u < strains_; ++u) change[t] += rest.moduli[t * strains_ + u] * (target[u] - last[u]);
        for (int t = 0; t < strains_; ++t) {
            rest.energy += (rest.stress[t] + 0.5 * change[t]) * (target[t] - last[t]);
            rest.stress[t] += change[t];
        }
    }
    report(f, rest, w, p, a);
    return found ? NH_DEFORM_OK : NH_DEFORM_UNSTABLE;
}

void Deformation::report(const double *f, const RestState &rest, double *w, double *p, double *a) const {
    const double unit = statics::kGigapascal / cell_.volume();
    *w = (rest.energy - options_.reference_energy) * unit;
    // P = F S and A_iJkL = delta_ik S_JL + F_iM D_MJNL F_kN; strains that the cell does not follow stay unknown.
    double s[3][3], d[3][3][3][3];
    for (auto &row : s) std::fill_n(row, 3, cell_.space() == Space::plane ? 0.0 : kNaN);
    std::fill_n(&d[0][0][0][0], 81, cell_.space() == Space::plane ? 0.0 : kNaN);
    for (int t = 0; t < strains_; ++t) {
        const int vt = cell_.strains()[t], i = kVoigtA[vt], j = kVoigtB[vt];
        s[i][j] = s[j][i] = rest.stress[t] * unit;
        for (int u = 0; u < strains_; ++u) {
            const int vu = cell_.strains()[u], k = kVoigtA[vu], l = kVoigtB[vu];
            d[i][j][k][l] = d[j][i][k][l] = d[i][j][l][k] = d[j][i][l][k] = rest.moduli[t * strains_ + u] * unit;
        }
    }
    for (int i = 0; i < 3; ++i)
        for (int j = 0; j < 3; ++j) p[3 * i + j] = f[3 * i] * s[0][j] + f[3 * i + 1] * s[1][j] + f[3 * i + 2] * s[2][j];
    for (int i = 0; i < 3; ++i)
        for (int j = 0; j < 3; ++j) {
            double half[3][3];
            for (int n = 0; n < 3; ++n)
                for (int l = 0; l < 3; ++l)
                    half[n][l] = f[3 * i] * d[0][j][n][l] + f[3 * i + 1] * d[1][j][n][l] + f[3 * i + 2] * d[2][j][n][l];
            for (int k = 0; k < 3; ++k)
                for (int l = 0; l < 3; ++l)
                    a[9 * (3 * i + j) + 3 * k + l] = half[0][l] * f[3 * k] + half[1][l] * f[3 * k + 1] +
                                                     half[2][l] * f[3 * k + 2] + (i == k ? s[j][l] : 0.0);
        }
    if (cell_.space() == Space::plane) {
        // Shear along z is not followed: derivatives that ask for it are not zero but unknown.
        const auto out = [](int component) { return (component / 3 == 2) != (component % 3 == 2); };
        for (int q = 0; q < 9; ++q)
            for (int r = 0; r < 9; ++r)
                if (out(q) && out(r)) a[9 * q + r] = kNaN;
    }
}

}  // namespace nanohooke::hyperelastic
