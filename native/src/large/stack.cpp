// SPDX-License-Identifier: Apache-2.0
#include "large/stack.h"

#include <algorithm>
#include <cmath>

#include "common/error.h"

namespace nanohooke::large {

namespace {

// Along a free direction the box is as much wider than what lies in it, and by so many cutoffs: images never meet.
constexpr double kWider = 1.2, kApart = 4.0;
// A column's own stiffness in units of a spring: twelve neighbours of a close-packed crystal, shared by three axes.
constexpr double kOwn = 4.0;

Mat3 box_of(const std::vector<double> &x, const Plane &plane, double height, double cutoff) {
    double low[2] = {1e300, 1e300}, high[2] = {-1e300, -1e300};
    for (std::size_t q = 0; q < x.size(); q += 3)
        for (int a = 0; a < 2; ++a) {
            low[a] = std::min(low[a], x[q + a]);
            high[a] = std::max(high[a], x[q + a]);
        }
    Mat3 h;
    h[0][0] = plane.lx > 0.0 ? plane.lx : kWider * (high[0] - low[0]) + kApart * cutoff;
    h[1][1] = plane.ly > 0.0 ? plane.ly : kWider * (high[1] - low[1]) + kApart * cutoff;
    h[0][1] = plane.xy;
    h[2][2] = height;
    return h;
}

}  // namespace

Stack::Stack(std::shared_ptr<const eam::Potential> potential, const std::vector<double> &x, const Plane &plane,
             double height)
    : evaluator_(potential, static_cast<int>(x.size() / 3), false),
      box_(box_of(x, plane, height, potential->cutoff())) {}

void Stack::evaluate(const std::vector<double> &x) {
    evaluator_.evaluate(x, box_);
    if (!std::isfinite(evaluator_.energy()))
        throw Error(NH_NOT_FINITE, "the energy is not a finite number: atoms lie on top of each other");
}

void StackSprings::hold(const std::vector<char> &held) {
    std::vector<char> plane(2 * static_cast<std::size_t>(columns_));
    for (int i = 0; i < columns_; ++i)
        for (int a = 0; a < 2; ++a) {
            plane[2 * i + a] = held[at(0, i) + a];
            for (int p = 1; p < periods_; ++p)
                require(held[at(p, i) + a] == plane[2 * i + a], "what is held must be so in every period");
        }
    springs_.hold(plane);
    held_ = held;
}

void StackSprings::solve(std::vector<double> &v) {
    plane_.assign(2 * static_cast<std::size_t>(columns_), 0.0);
    for (int p = 0; p < periods_; ++p)
        for (int i = 0; i < columns_; ++i)
            for (int a = 0; a < 2; ++a) plane_[2 * i + a] += v[at(p, i) + a] / periods_;
    const double own = 1.0 / (kOwn * springs_.stiffness());
    for (int p = 0; p < periods_; ++p)
        for (int i = 0; i < columns_; ++i) {
            double *to = &v[at(p, i)];
            for (int a = 0; a < 2; ++a) to[a] = (to[a] - plane_[2 * i + a]) * own;
            to[2] *= own;
        }
    springs_.solve(plane_);
    for (int p = 0; p < periods_; ++p)
        for (int i = 0; i < columns_; ++i)
            for (int a = 0; a < 2; ++a) v[at(p, i) + a] += plane_[2 * i + a];
    for (std::size_t q = 0; q < v.size(); ++q)
        if (held_[q]) v[q] = 0.0;
}

void StackSprings::carry(std::vector<double> &move) {
    plane_.resize(2 * static_cast<std::size_t>(columns_));
    for (int i = 0; i < columns_; ++i)
        for (int a = 0; a < 2; ++a) plane_[2 * i + a] = move[at(0, i) + a];
    springs_.carry(plane_);
    for (int p = 0; p < periods_; ++p)
        for (int i = 0; i < columns_; ++i) {
            for (int a = 0; a < 2; ++a) move[at(p, i) + a] = plane_[2 * i + a];
            if (!held_[at(p, i) + 2]) move[at(p, i) + 2] = 0.0;
        }
}

double StackSprings::longest_stretch(const std::vector<double> &move) const {
    std::vector<double> plane(2 * static_cast<std::size_t>(columns_));
    double most = 0.0, apart = 0.0;
    for (int p = 0; p < periods_; ++p) {
        for (int i = 0; i < columns_; ++i) {
            const double *m = &move[at(p, i)], *first = &move[at(0, i)];
            for (int a = 0; a < 2; ++a) plane[2 * i + a] = m[a];
            // Along z, and against the same column of another period.
            apart = std::max({apart, 2.0 * std::fabs(m[2]), std::fabs(m[0] - first[0]), std::fabs(m[1] - first[1])});
        }
        most = std::max(most, springs_.longest_stretch(plane));
    }
    return std::sqrt(most * most + apart * apart);
}

}  // namespace nanohooke::large
