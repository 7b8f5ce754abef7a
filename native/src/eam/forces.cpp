// SPDX-License-Identifier: Apache-2.0
#include "eam/forces.h"

#include <algorithm>
#include <cmath>

#include "common/stopwatch.h"

namespace nanohooke::eam {

namespace {

// Added to the cutoff when the pair list is built (Angstrom). A relaxation moves atoms by some tenths.
constexpr double kSkin = 0.6;

}  // namespace

Evaluator::Evaluator(std::shared_ptr<const Potential> potential, int atoms, bool planar)
    : potential_(std::move(potential)), atoms_(atoms), planar_(planar) {
    density_.resize(atoms);
    embedding_.resize(atoms);
    forces_.resize(3 * static_cast<std::size_t>(atoms));
}

bool Evaluator::list_is_stale(const std::vector<double> &x, const Mat3 &h) const {
    if (list_x_.empty()) return true;
    // What the box does to all pairs alike is told apart from what single atoms do.
    const Mat3 f = h * inverse(list_h_);
    double moved = 0.0;
    for (int i = 0; i < atoms_; ++i) {
        double y[3];
        multiply(f, &list_x_[3 * i], y);
        double sum = 0.0;
        for (int a = 0; a < 3; ++a) sum += (x[3 * i + a] - y[a]) * (x[3 * i + a] - y[a]);
        moved = std::max(moved, sum);
    }
    double stretch = 0.0;
    for (int a = 0; a < 3; ++a)
        for (int b = 0; b < 3; ++b) stretch += (f[a][b] - (a == b)) * (f[a][b] - (a == b));
    return 2.0 * std::sqrt(moved) + std::sqrt(stretch) * (potential_->cutoff() + kSkin) > kSkin;
}

void Evaluator::evaluate(const std::vector<double> &x, const Mat3 &h) {
    const Stopwatch watch(seconds_);
    ++evaluations_;
    if (list_is_stale(x, h)) {
        list_.build(x, h, potential_->cutoff() + kSkin, planar_);
        list_x_ = x;
        list_h_ = h;
        // One more than the list: the collecting loop writes before it knows whether a pair counts.
        pairs_.resize(list_.neighbours.size() + 1);
        first_active_.resize(atoms_ + 1);
    }
    collect_pairs(x, h);
    energy_ = 0.0;
    for (int i = 0; i < atoms_; ++i) {
        embedding_[i] = potential_->embedding(density_[i]);
        energy_ += embedding_[i].value;
    }
    sum_pairs();
}

void Evaluator::collect_pairs(const std::vector<double> &x, const Mat3 &h) {
    shifts_.resize(4 * list_.images.size());
    for (std::size_t k = 0; k < list_.images.size(); ++k) {
        const double n[3] = {double(list_.images[k].n[0]), double(list_.images[k].n[1]), double(list_.images[k].n[2])};
        multiply(h, n, &shifts_[4 * k]);
        shifts_[4 * k + 3] = list_.images[k].weight;
    }
    std::fill(density_.begin(), density_.end(), 0.0);
    const double limit = potential_->cutoff() * potential_->cutoff();
    const double per_length = 1.0 / potential_->pair_spacing();
    const int last = potential_->pair_intervals() - 1;
    const double *table = potential_->pair_table();

    ActivePair *out = pairs_.data();
    std::int32_t count = 0;
    for (int i = 0; i < atoms_; ++i) {
        first_active_[i] = count;
        const double xi = x[3 * i], yi = x[3 * i + 1], zi = x[3 * i + 2];
        // Branch-free: the outcome of the distance test is close to random, so each entry is written and kept or not.
        for (std::int32_t k = list_.first[i]; k < list_.first[i + 1]; ++k) {
            const Neighbour nb = list_.neighbours[k];
            const double *shift = &shifts_[4 * static_cast<std::size_t>(nb.image)];
            const double *xj = &x[3 * static_cast<std::size_t>(nb.j)];
            ActivePair &pair = out[count];
            const double dx = xj[0] + shift[0] - xi, dy = xj[1] + shift[1] - yi, dz = xj[2] + shift[2] - zi;
            const double square = dx * dx + dy * dy + dz * dz;
            pair.d[0] = dx;
            pair.d[1] = dy;
            pair.d[2] = dz;
            pair.r = square;
            pair.j = nb.j;
            pair.weight = shift[3];
            count += square < limit;
        }
        double own = 0.0;
        for (std::int32_t k = first_active_[i]; k < count; ++k) {
            ActivePair &pair = out[k];
            pair.r = std::sqrt(pair.r);
            double p = pair.r * per_length;
            const int m = std::min(static_cast<int>(p), last);
            p = std::min(p - m, 1.0);
            pair.interval = m;
            pair.fraction = p;
            const double *c = table + 8 * static_cast<std::size_t>(m);
            const double value = pair.weight * (((c[0] * p + c[1]) * p + c[2]) * p + c[3]);
            own += value;
            density_[pair.j] += value;
        }
        density_[i] += own;
    }
    first_active_[atoms_] = count;
}

void Evaluator::sum_pairs() {
    std::fill(forces_.begin(), forces_.end(), 0.0);
    const double per_length = 1.0 / potential_->pair_spacing();
    const double *table = potential_->pair_table();
    double energy = 0.0, xx = 0.0, yy = 0.0, zz = 0.0, yz = 0.0, xz = 0.0, xy = 0.0;
    for (int i = 0; i < atoms_; ++i) {
        const double own_slope = embedding_[i].first;
        double fx = 0.0, fy = 0.0, fz = 0.0;
        for (std::int32_t k = first_active_[i]; k < first_active_[i + 1]; ++k) {
            const ActivePair &pair = pairs_[k];
            const double p = pair.fraction;
            const double *c = table + 8 * static_cast<std::size_t>(pair.interval);
            const double density_slope = ((3.0 * c[0] * p + 2.0 * c[1]) * p + c[2]) * per_length;
            const double product = ((c[4] * p + c[5]) * p + c[6]) * p + c[7];
            const double product_slope = ((3.0 * c[4] * p + 2.0 * c[5]) * p + c[6]) * per_length;
            const double inverse_r = 1.0 / pair.r;
            const double phi = product * inverse_r;
            const double phi_slope = (product_slope - phi) * inverse_r;
            energy += pair.weight * phi;
            const double g = pair.weight * (phi_slope + (own_slope + embedding_[pair.j].first) * density_slope) *
                             inverse_r;
            const double gx = g * pair.d[0], gy = g * pair.d[1], gz = g * pair.d[2];
            fx += gx;
            fy += gy;
            fz += gz;
            double *fj = &forces_[3 * static_cast<std::size_t>(pair.j)];
            fj[0] -= gx;
            fj[1] -= gy;
            fj[2] -= gz;
            xx += gx * pair.d[0];
            yy += gy * pair.d[1];
            zz += gz * pair.d[2];
            yz += gy * pair.d[2];
            xz += gx * pair.d[2];
            xy += gx * pair.d[1];
        }
        forces_[3 * i] += fx;
        forces_[3 * i + 1] += fy;
        forces_[3 * i + 2] += fz;
    }
    if (planar_) {
        // Twins at +dz and -dz cancel in everything that is odd in z.
        for (int i = 0; i < atoms_; ++i) forces_[3 * i + 2] = 0.0;
        yz = xz = 0.0;
    }
    energy_ += energy;
    virial_ = Mat3{{{xx, xy, xz}, {xy, yy, yz}, {xz, yz, zz}}};
}

}  // namespace nanohooke::eam
