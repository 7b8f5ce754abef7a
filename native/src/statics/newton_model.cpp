// SPDX-License-Identifier: Apache-2.0
#include "statics/newton_model.h"

#include <algorithm>
#include <cmath>

#include "common/stopwatch.h"
#include "statics/crystal.h"
#include "statics/fire.h"

namespace nanohooke::statics {

namespace {

/** Lower Cholesky factor of a small dense row-major matrix in place. */
bool factorise_small(int n, std::vector<double> &a) {
    for (int j = 0; j < n; ++j)
        for (int i = j; i < n; ++i) {
            double v = a[i * n + j];
            for (int k = 0; k < j; ++k) v -= a[i * n + k] * a[j * n + k];
            if (i == j) {
                if (!(v > 0.0)) return false;
                a[j * n + j] = std::sqrt(v);
            } else {
                a[i * n + j] = v / a[j * n + j];
            }
        }
    return true;
}

void solve_small(int n, const std::vector<double> &l, double *b) {
    for (int i = 0; i < n; ++i) {
        for (int k = 0; k < i; ++k) b[i] -= l[i * n + k] * b[k];
        b[i] /= l[i * n + i];
    }
    for (int i = n - 1; i >= 0; --i) {
        for (int k = i + 1; k < n; ++k) b[i] -= l[k * n + i] * b[k];
        b[i] /= l[i * n + i];
    }
}

}  // namespace

bool NewtonModel::build(const eam::Evaluator &evaluator, const std::vector<double> &x, const Mat3 &h, double shift,
                        Verdict verdict, Ledger &ledger) {
    const int parts = static_cast<int>(space_.components.size());
    atoms_ = evaluator.atoms();
    discard();
    {
        const Stopwatch watch(ledger.assembly);
        pinned_.assign(static_cast<std::size_t>(atoms()) * parts, 0);
        for (int freedom : pinned_freedoms(components(evaluator, x, h), space_.components, x, h)) pinned_[freedom] = 1;
    }
    const auto form_shifted = [&] {
        form(evaluator, x, h, ledger);
        if (shift != 0.0) shift_all(shift);
    };
    form_shifted();
    if (!decide(verdict, ledger) && !decide_softly(evaluator, verdict, form_shifted, ledger)) return false;
    prepare_stiffness(evaluator, determinant(h), ledger);
    return true;
}

void NewtonModel::shift_all(double shift) {
    for (int i = 0; i < atoms(); ++i) shift_diagonal(i, shift);
}

bool NewtonModel::decide_softly(const eam::Evaluator &evaluator, Verdict verdict, const std::function<void()> &again,
                                Ledger &ledger) {
    if (verdict == Verdict::quick) verdict = Verdict::exact;
    const double force = largest_force(evaluator);
    if (force > tuning_.quiet) return false;
    const auto weak = weakly_held(evaluator, tuning_.weak_stiffness);
    const auto shift_weak = [&] {
        for (int i : weak) shift_diagonal(i, tuning_.weak_shift);
    };
    const bool rest = force <= tuning_.rest;
    if (weak.empty() && !rest) return false;
    shift_weak();
    if (rest) shift_all(tuning_.rest_shift);
    // All that may be given first: where that is not enough, as on saddles, nothing is. Then what is enough.
    if (!decide(verdict, ledger)) return false;
    if (weak.empty() || !rest) return true;
    again();
    shift_weak();
    if (decide(verdict, ledger)) return true;
    again();
    shift_weak();
    shift_all(tuning_.rest_shift);
    return decide(verdict, ledger);
}

void NewtonModel::prepare_stiffness(const eam::Evaluator &evaluator, double volume, Ledger &ledger) {
    const int parts = static_cast<int>(space_.components.size()), count = strains();
    eam::StrainDerivatives strain;
    {
        const Stopwatch watch(ledger.assembly);
        strain = eam::strain_derivatives(evaluator);
    }
    const std::size_t length = displacements();
    response_ = {};
    std::vector<double> mixed(length * count, 0.0);
    for (int t = 0; t < count; ++t)
        for (int i = 0; i < atoms(); ++i)
            for (int a = 0; a < parts; ++a)
                if (!pinned_[i * parts + a])
                    mixed[t * length + i * parts + a] =
                        strain.mixed[18 * static_cast<std::size_t>(i) + 6 * space_.components[a] + space_.strains[t]];
    strain.mixed = {};
    response_ = mixed;
    solve_displacements(response_.data(), count, ledger);

    stiffness_.assign(36, 0.0);
    std::vector<double> small(count * count);
    for (int t = 0; t < count; ++t)
        for (int u = 0; u <= t; ++u) {
            double sum = strain.born[space_.strains[t]][space_.strains[u]];
            for (std::size_t q = 0; q < length; ++q) sum -= mixed[t * length + q] * response_[u * length + q];
            small[t * count + u] = small[u * count + t] = sum;
            stiffness_[6 * space_.strains[t] + space_.strains[u]] = sum;
            stiffness_[6 * space_.strains[u] + space_.strains[t]] = sum;
        }
    stiffness_definite_ = factorise_small(count, small);
    if (!stiffness_definite_) {
        small.assign(count * count, 0.0);
        for (int t = 0; t < count; ++t)
            small[t * count + t] = std::sqrt(volume * tuning_.substitute_stiffness / kGigapascal);
    }
    stiffness_factor_ = small;
}

void NewtonModel::solve(std::vector<double> &v, bool fixed_box, Ledger &ledger) const {
    const int n = displacements(), count = strains();
    std::vector<double> strain(count, 0.0);
    if (!fixed_box) {
        for (int t = 0; t < count; ++t) {
            const double *response = &response_[static_cast<std::size_t>(t) * n];
            strain[t] = v[n + t];
            for (int q = 0; q < n; ++q) strain[t] -= response[q] * v[q];
        }
        solve_small(count, stiffness_factor_, strain.data());
    }
    solve_displacements(v.data(), 1, ledger);
    for (int t = 0; t < count; ++t) {
        const double *response = &response_[static_cast<std::size_t>(t) * n];
        if (strain[t] != 0.0)
            for (int q = 0; q < n; ++q) v[q] -= strain[t] * response[q];
        v[n + t] = strain[t];
    }
}

}  // namespace nanohooke::statics
