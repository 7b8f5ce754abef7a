// SPDX-License-Identifier: Apache-2.0
#include "iterative/block_operator.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "common/error.h"
#include "eam/pair_stiffness.h"

namespace nanohooke::iterative {

BlockOperator::BlockOperator(const eam::Evaluator &evaluator, eam::Block block, double wave_number)
    : block_(block),
      atoms_(evaluator.atoms()),
      parts_(static_cast<int>(eam::block_space(block).components.size())),
      first_(evaluator.first_active()) {
    x_.resize(3 * static_cast<std::size_t>(atoms_));
    for (int i = 0; i < atoms_; ++i) std::copy_n(evaluator.place(i), 3, &x_[3 * static_cast<std::size_t>(i)]);
    const eam::PairList &list = evaluator.list();
    translations_.resize(3 * list.images.size());
    for (std::size_t k = 0; k < list.images.size(); ++k)
        std::copy_n(evaluator.translation(static_cast<int>(k)), 3, &translations_[3 * k]);
    pairs_.resize(first_.back());
    phase_.resize(block == eam::Block::bloch ? pairs_.size() : 0);
    // Atoms lie on two planes: few distances along z.
    std::map<double, std::int32_t> phases;
    for (int i = 0; i < atoms_; ++i) {
        int entry = list.first[i];  // pairs inside the cutoff come in the list's order
        for (int k = first_[i]; k < first_[i + 1]; ++k) {
            const double *want = evaluator.pair(k).d;
            const auto s = eam::pair_stiffness(evaluator, i, k);
            for (;; ++entry) {
                if (entry == list.first[i + 1]) throw Error(NH_INTERNAL, "a pair inside the cutoff is not in the list");
                pairs_[k] = {s.tension, s.stretch, s.density_slope, list.neighbours[entry].j,
                             list.neighbours[entry].image};
                double d[3];
                vector(i, pairs_[k], d);
                if (std::equal(d, d + 3, want)) break;
            }
            ++entry;
            if (block != eam::Block::bloch) continue;
            const auto [found, fresh] = phases.try_emplace(want[2], static_cast<std::int32_t>(cosine_.size()));
            phase_[k] = found->second;
            if (fresh) {
                cosine_.push_back(std::cos(wave_number * want[2]));
                sine_.push_back(std::sin(wave_number * want[2]));
            }
        }
    }
    curvature_.resize(atoms_);
    for (int i = 0; i < atoms_; ++i) curvature_[i] = evaluator.embedding_curvature(i);
    shift_.assign(atoms_, 0.0);
    pinned_.assign(freedoms(), 0);
    masked_.resize(freedoms());
    density_.resize(block == eam::Block::axial ? 0 : atoms_);
}

void BlockOperator::shift(int atom, double by) { shift_[atom] += by; }

void BlockOperator::apply(const std::vector<double> &u, std::vector<double> &y) {
    ++products_;
    y.resize(u.size());
    for (int q = 0; q < freedoms(); ++q) {
        masked_[q] = pinned_[q] ? 0.0 : u[q];
        y[q] = shift_[q / parts_] * masked_[q];
    }
    std::fill(density_.begin(), density_.end(), 0.0);
    switch (block_) {
        case eam::Block::full:
            full(masked_.data(), y.data());
            break;
        case eam::Block::in_plane:
            in_plane(masked_.data(), y.data());
            break;
        case eam::Block::axial:
            axial(masked_.data(), y.data());
            break;
        case eam::Block::bloch:
            bloch(masked_.data(), y.data());
            break;
    }
    for (int q = 0; q < freedoms(); ++q)
        if (pinned_[q]) y[q] = 0.0;
}

void BlockOperator::full(const double *u, double *y) {
    for (int i = 0; i < atoms_; ++i) {
        const double *ui = u + 3L * i;
        double f[3] = {0.0, 0.0, 0.0}, own = 0.0;
        for (int k = first_[i]; k < first_[i + 1]; ++k) {
            const Pair &p = pairs_[k];
            double d[3];
            vector(i, p, d);
            const double *uj = u + 3L * p.partner;
            double *yj = y + 3L * p.partner;
            const double v[3] = {uj[0] - ui[0], uj[1] - ui[1], uj[2] - ui[2]};
            const double along = d[0] * v[0] + d[1] * v[1] + d[2] * v[2];
            const double stretch = p.stretch * along, change = p.slope * along;
            for (int a = 0; a < 3; ++a) {
                const double t = stretch * d[a] + p.tension * v[a];
                f[a] += t;
                yj[a] += t;
            }
            own += change;
            density_[p.partner] += change;
        }
        for (int a = 0; a < 3; ++a) y[3L * i + a] -= f[a];
        density_[i] += own;
    }
    for (int i = 0; i < atoms_; ++i) density_[i] *= curvature_[i];
    for (int i = 0; i < atoms_; ++i) {
        double f[3] = {0.0, 0.0, 0.0};
        for (int k = first_[i]; k < first_[i + 1]; ++k) {
            const Pair &p = pairs_[k];
            double d[3];
            vector(i, p, d);
            double *yj = y + 3L * p.partner;
            const double t = p.slope * (density_[i] + density_[p.partner]);
            for (int a = 0; a < 3; ++a) {
                f[a] += t * d[a];
                yj[a] += t * d[a];
            }
        }
        for (int a = 0; a < 3; ++a) y[3L * i + a] -= f[a];
    }
}

void BlockOperator::in_plane(const double *u, double *y) {
    for (int i = 0; i < atoms_; ++i) {
        const double ux = u[2L * i], uy = u[2L * i + 1];
        double fx = 0.0, fy = 0.0, own = 0.0;
        for (int k = first_[i]; k < first_[i + 1]; ++k) {
            const Pair &p = pairs_[k];
            double d[3];
            vector(i, p, d);
            const double vx = u[2L * p.partner] - ux, vy = u[2L * p.partner + 1] - uy;
            const double along = d[0] * vx + d[1] * vy, change = p.slope * along;
            const double tx = p.stretch * along * d[0] + p.tension * vx;
            const double ty = p.stretch * along * d[1] + p.tension * vy;
            fx += tx;
            fy += ty;
            y[2L * p.partner] += tx;
            y[2L * p.partner + 1] += ty;
            own += change;
            density_[p.partner] += change;
        }
        y[2L * i] -= fx;
        y[2L * i + 1] -= fy;
        density_[i] += own;
    }
    for (int i = 0; i < atoms_; ++i) density_[i] *= curvature_[i];
    for (int i = 0; i < atoms_; ++i) {
        double fx = 0.0, fy = 0.0;
        for (int k = first_[i]; k < first_[i + 1]; ++k) {
            const Pair &p = pairs_[k];
            double d[3];
            vector(i, p, d);
            const double t = p.slope * (density_[i] + density_[p.partner]);
            fx += t * d[0];
            fy += t * d[1];
            y[2L * p.partner] += t * d[0];
            y[2L * p.partner + 1] += t * d[1];
        }
        y[2L * i] -= fx;
        y[2L * i + 1] -= fy;
    }
}

/** Displacements along z that do not change with z change no density to first order. */
void BlockOperator::axial(const double *u, double *y) {
    for (int i = 0; i < atoms_; ++i) {
        double f = 0.0;
        for (int k = first_[i]; k < first_[i + 1]; ++k) {
            const Pair &p = pairs_[k];
            double d[3];
            vector(i, p, d);
            const double t = (p.stretch * d[2] * d[2] + p.tension) * (u[p.partner] - u[i]);
            f += t;
            y[p.partner] += t;
        }
        y[i] -= f;
    }
}

/** As eam/pair_coupling.h has it, where the signs are explained. */
void BlockOperator::bloch(const double *u, double *y) {
    for (int i = 0; i < atoms_; ++i) {
        const double *ui = u + 3L * i;
        double *yi = y + 3L * i;
        for (int k = first_[i]; k < first_[i + 1]; ++k) {
            const Pair &p = pairs_[k];
            double d[3];
            vector(i, p, d);
            const double c = cosine_[phase_[k]], s = sine_[phase_[k]];
            const double *uj = u + 3L * p.partner;
            double *yj = y + 3L * p.partner;
            const double along_i = d[0] * ui[0] + d[1] * ui[1], along_j = d[0] * uj[0] + d[1] * uj[1];
            const double axial = p.stretch * d[2] * d[2] + p.tension, mixed = s * p.stretch * d[2];
            for (int a = 0; a < 2; ++a) {
                const double own_i = p.stretch * along_i * d[a] + p.tension * ui[a];
                const double own_j = p.stretch * along_j * d[a] + p.tension * uj[a];
                yi[a] += own_i - c * own_j + mixed * d[a] * uj[2];
                yj[a] += own_j - c * own_i - mixed * d[a] * ui[2];
            }
            const double zi = axial * (ui[2] - c * uj[2]) - mixed * along_j;
            const double zj = axial * (uj[2] - c * ui[2]) + mixed * along_i;
            yi[2] += zi;
            yj[2] += zj;
            density_[i] += p.slope * (c * along_j - along_i - s * d[2] * uj[2]);
            density_[p.partner] += p.slope * (along_j - c * along_i - s * d[2] * ui[2]);
        }
    }
    for (int i = 0; i < atoms_; ++i) density_[i] *= curvature_[i];
    for (int i = 0; i < atoms_; ++i) {
        double *yi = y + 3L * i;
        for (int k = first_[i]; k < first_[i + 1]; ++k) {
            const Pair &p = pairs_[k];
            double d[3];
            vector(i, p, d);
            const double c = cosine_[phase_[k]], s = sine_[phase_[k]];
            double *yj = y + 3L * p.partner;
            const double ei = p.slope * density_[i], ej = p.slope * density_[p.partner];
            for (int a = 0; a < 2; ++a) {
                yi[a] -= (ei + c * ej) * d[a];
                yj[a] += (ej + c * ei) * d[a];
            }
            yi[2] -= s * d[2] * ej;
            yj[2] -= s * d[2] * ei;
        }
    }
}

}  // namespace nanohooke::iterative
