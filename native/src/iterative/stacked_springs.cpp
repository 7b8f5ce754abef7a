// SPDX-License-Identifier: Apache-2.0
#include "iterative/stacked_springs.h"

#include <algorithm>
#include <cmath>

namespace nanohooke::iterative {

namespace {

// Iterations after which numbers for pinned freedoms are taken as they are, and what they may leave.
constexpr int kMostIterations = 100;
constexpr double kResidual = 1e-12;

double wave_number(double height) { return 2.0 * std::acos(-1.0) / (StackedSprings::kCells * height); }

std::vector<char> components(const std::vector<char> &atoms, int parts) {
    std::vector<char> freedoms;
    for (char atom : atoms) freedoms.insert(freedoms.end(), parts, atom);
    return freedoms;
}

std::vector<char> none(const SpringNetwork &network, int parts) {
    return std::vector<char>(static_cast<std::size_t>(network.atoms()) * parts, 0);
}

}  // namespace

StackedSprings::StackedSprings(std::shared_ptr<const SpringNetwork> network, std::vector<double> z, double height,
                               const std::vector<char> &anchored, double most_entries, double most_turning_entries)
    : atoms_(network->atoms()),
      in_plane_(network, eam::Block::in_plane, 0.0, none(*network, 2), most_entries, components(anchored, 2)),
      axial_(network, eam::Block::axial, 0.0, none(*network, 1), most_entries, anchored),
      turning_(network, eam::Block::bloch, wave_number(height), none(*network, 3), most_turning_entries) {
    const double scale = std::sqrt(2.0 / kCells);
    for (int i = 0; i < atoms_; ++i)
        for (int p = 0; p < kCells; ++p) {
            const double angle = wave_number(height) * (z[i] + p * height);
            cosine_.push_back(scale * std::cos(angle));
            sine_.push_back(scale * std::sin(angle));
        }
    pinned_.assign(3 * static_cast<std::size_t>(kCells) * atoms_, 0);
}

void StackedSprings::hold(std::vector<char> pinned) { pinned_ = std::move(pinned); }

/**
 * The transform is orthonormal. A wave is u = a cos + b sin for x and y, and for z, whose part of the block is that of
 * i u_z: there the cosine's real part goes with the sine of the others.
 */
void StackedSprings::to_waves(const std::vector<double> &v) {
    const double alike = 1.0 / std::sqrt(static_cast<double>(kCells));
    plane_wave_.assign(2 * static_cast<std::size_t>(atoms_), 0.0);
    axial_wave_.assign(atoms_, 0.0);
    turning_wave_.assign(6 * static_cast<std::size_t>(atoms_), 0.0);
    double *first = turning_wave_.data(), *second = first + 3 * static_cast<std::size_t>(atoms_);
    for (int p = 0; p < kCells; ++p)
        for (int i = 0; i < atoms_; ++i) {
            const double *u = &v[at(p, i)];
            const double c = cosine_[kCells * i + p], s = sine_[kCells * i + p];
            for (int a = 0; a < 2; ++a) {
                plane_wave_[2 * i + a] += alike * u[a];
                first[3 * i + a] += c * u[a];
                second[3 * i + a] += s * u[a];
            }
            axial_wave_[i] += alike * u[2];
            first[3 * i + 2] -= s * u[2];
            second[3 * i + 2] += c * u[2];
        }
}

void StackedSprings::from_waves(std::vector<double> &v) const {
    const double alike = 1.0 / std::sqrt(static_cast<double>(kCells));
    const double *first = turning_wave_.data(), *second = first + 3 * static_cast<std::size_t>(atoms_);
    for (int p = 0; p < kCells; ++p)
        for (int i = 0; i < atoms_; ++i) {
            double *u = &v[at(p, i)];
            const double c = cosine_[kCells * i + p], s = sine_[kCells * i + p];
            for (int a = 0; a < 2; ++a)
                u[a] = alike * plane_wave_[2 * i + a] + c * first[3 * i + a] + s * second[3 * i + a];
            u[2] = alike * axial_wave_[i] - s * first[3 * i + 2] + c * second[3 * i + 2];
        }
}

/** The free part of P^-1 is the inverse of P condensed to the free freedoms: positive definite, too. */
void StackedSprings::solve(std::vector<double> &v) {
    for (std::size_t q = 0; q < v.size(); ++q)
        if (pinned_[q]) v[q] = 0.0;
    to_waves(v);
    in_plane_.solve(plane_wave_);
    axial_.solve(axial_wave_);
    turning_.solve(turning_wave_, 2);
    from_waves(v);
    for (std::size_t q = 0; q < v.size(); ++q)
        if (pinned_[q]) v[q] = 0.0;
}

void StackedSprings::multiply(const std::vector<double> &v, std::vector<double> &y) {
    to_waves(v);
    const auto product = [](const SpringFactor &factor, std::vector<double> &wave) {
        std::vector<double> image(wave.size(), 0.0);
        factor.multiply(wave, image);
        wave = std::move(image);
    };
    product(in_plane_, plane_wave_);
    product(axial_, axial_wave_);
    const auto middle = turning_wave_.begin() + turning_wave_.size() / 2;
    std::vector<double> first(turning_wave_.begin(), middle), second(middle, turning_wave_.end());
    product(turning_, first);
    product(turning_, second);
    std::copy(first.begin(), first.end(), turning_wave_.begin());
    std::copy(second.begin(), second.end(), middle);
    y.resize(v.size());
    from_waves(y);
}

/**
 * With w of covariance P and z of the pinned freedoms alone, P_pp z = w_p, the free part of w - P z has that of P
 * condensed: P_ff - P_fp P_pp^-1 P_pf.
 */
std::vector<double> StackedSprings::random(Random &random) {
    plane_wave_ = in_plane_.random(random);
    axial_wave_ = axial_.random(random);
    turning_wave_ = turning_.random(random);
    const auto second = turning_.random(random);
    turning_wave_.insert(turning_wave_.end(), second.begin(), second.end());
    std::vector<double> w(pinned_.size());
    from_waves(w);

    std::vector<std::size_t> held;
    for (std::size_t q = 0; q < w.size(); ++q)
        if (pinned_[q]) held.push_back(q);
    if (held.empty()) return w;
    // Conjugate gradients: pinned atoms are few and mostly far apart.
    const auto sum = [&](const std::vector<double> &a, const std::vector<double> &b) {
        double all = 0.0;
        for (std::size_t q : held) all += a[q] * b[q];
        return all;
    };
    std::vector<double> step(w.size(), 0.0), image;
    for (std::size_t q : held) step[q] = w[q];
    const double start = sum(w, w);
    double square = start;
    for (int k = 0; k < kMostIterations && square > kResidual * kResidual * start; ++k) {
        multiply(step, image);
        const double length = square / sum(step, image);
        for (std::size_t q = 0; q < w.size(); ++q) w[q] -= length * image[q];
        const double next = sum(w, w);
        for (std::size_t q : held) step[q] = w[q] + next / square * step[q];
        square = next;
    }
    for (std::size_t q : held) w[q] = 0.0;
    return w;
}

}  // namespace nanohooke::iterative
