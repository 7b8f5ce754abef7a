// SPDX-License-Identifier: Apache-2.0
#include "large/columns.h"

#include <algorithm>
#include <cmath>

#include "common/error.h"

namespace nanohooke::large {

namespace {

// Added to the cutoff when the list is built (Angstrom).
constexpr double kSkin = 0.5;
// Columns of one task of a loop over columns.
constexpr int kGrain = 8192;

}  // namespace

extern const ColumnKernel baseline_column_kernel;
#ifdef NANOHOOKE_AVX2
extern const ColumnKernel avx2_column_kernel;
extern const ColumnKernel avx512_column_kernel;
#endif

const ColumnKernel &column_kernel() {
#ifdef NANOHOOKE_AVX2
    static const bool widest = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
                               __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw");
    if (widest) return avx512_column_kernel;
    static const bool wide = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    if (wide) return avx2_column_kernel;
#endif
    return baseline_column_kernel;
}

Columns::Columns(std::shared_ptr<const eam::Potential> potential, std::vector<char> upper, double period, Plane plane,
                 Workers &workers, const ColumnKernel &kernel)
    : potential_(std::move(potential)),
      upper_(std::move(upper)),
      period_(period),
      plane_(plane),
      workers_(workers),
      kernel_(kernel) {
    require(std::isfinite(period) && period > 0.0, "the period along z must be positive");
    const double cutoff = potential_->cutoff();
    require(2.0 * cutoff < ColumnPairs::kMostRises * period,
            "the period along z must be longer than a sixteenth of the potential's cutoff");
    for (double half = 0.0; half * period < 2.0 * cutoff; half += 1.0) {
        const double rise = 0.5 * half * period;
        if (rise < cutoff) rises_[static_cast<int>(half) % 2].push_back({rise * rise, half == 0.0 ? 1.0 : 2.0});
    }
    own_images();
    density_.resize(upper_.size());
    embedding_slope_.resize(upper_.size());
    forces_.resize(2 * upper_.size());
}

/** Two images at each distance feel each other's density; their energy counts once. */
void Columns::own_images() {
    for (std::size_t k = 1; k < rises_[0].size(); ++k) {
        const auto pair = potential_->pair(std::sqrt(rises_[0][k].square));
        own_density_ += 2.0 * pair.rho.value;
        own_energy_ += pair.phi.value;
    }
}

bool Columns::list_is_stale(const std::vector<double> &x) {
    if (list_x_.empty()) return true;
    const int n = count(), tasks = (n + kGrain - 1) / kGrain;
    sums_.assign(2 * tasks, 0.0);
    workers_.run_slices(n, kGrain, [&](int begin, int end, int) {
        double most = 0.0, second = 0.0;
        for (int i = begin; i < end; ++i) {
            const double dx = x[2 * i] - list_x_[2 * i], dy = x[2 * i + 1] - list_x_[2 * i + 1];
            const double moved = dx * dx + dy * dy;
            second = std::max(second, std::min(most, moved));
            most = std::max(most, moved);
            if (!(moved < 1e300)) most = second = 1e300;
        }
        sums_[2 * (begin / kGrain)] = most;
        sums_[2 * (begin / kGrain) + 1] = second;
    });
    std::sort(sums_.begin(), sums_.end());
    // A pair comes closer by at most what its two columns have moved.
    return std::sqrt(sums_.back()) + std::sqrt(sums_[sums_.size() - 2]) > kSkin;
}

void Columns::evaluate(const std::vector<double> &x) {
    ++evaluations_;
    const int n = count();
    if (list_is_stale(x)) {
        list_x_.clear();  // until all of the list is there
        list_.build(x, upper_, plane_, potential_->cutoff() + kSkin, workers_);
        density_slope_.resize(list_.partner.size());
        pair_slope_.resize(list_.partner.size());
        list_x_ = x;
        ++lists_;
    }
    ColumnPairs pairs{};
    pairs.x = x.data();
    pairs.order = list_.order.data();
    pairs.partner = list_.partner.data();
    pairs.row = list_.row.data();
    pairs.same = list_.same.data();
    pairs.count = list_.count.data();
    pairs.box[0] = plane_.lx;
    pairs.box[1] = plane_.ly;
    pairs.box[2] = plane_.xy;
    pairs.limit = potential_->cutoff() * potential_->cutoff();
    for (int kind = 0; kind < 2; ++kind) {
        // Where a period is so long that no rise is below the cutoff, one beyond it has no weight.
        pairs.first[kind] = rises_[kind].empty() ? ColumnPairs::Rise{pairs.limit, 0.0} : rises_[kind][0];
        pairs.more[kind] = rises_[kind].data() + 1;
        pairs.more_count[kind] = std::max(0, static_cast<int>(rises_[kind].size()) - 1);
    }
    pairs.table = potential_->pair_table();
    pairs.per_length = 1.0 / potential_->pair_spacing();
    pairs.last_interval = potential_->pair_intervals() - 1;
    pairs.density = density_.data();
    pairs.density_slope = density_slope_.data();
    pairs.pair_slope = pair_slope_.data();
    pairs.embedding_slope = embedding_slope_.data();
    pairs.forces = forces_.data();

    const Slices &slices = list_.slices;
    std::fill(density_.begin(), density_.end(), own_density_);
    std::fill(forces_.begin(), forces_.end(), 0.0);
    const int tasks = (n + kGrain - 1) / kGrain;
    sums_.assign(slices.count() + tasks, 0.0);
    slices.run(workers_, [&](int s) { sums_[s] = kernel_.terms(pairs, slices.first[s], slices.first[s + 1]); });
    workers_.run_slices(n, kGrain, [&](int begin, int end, int) {
        double sum = 0.0;
        for (int i = begin; i < end; ++i) {
            const eam::Jet jet = potential_->embedding(density_[i]);
            embedding_slope_[i] = jet.first;
            sum += jet.value;
        }
        sums_[slices.count() + begin / kGrain] = sum;
    });
    slices.run(workers_, [&](int s) { kernel_.forces(pairs, slices.first[s], slices.first[s + 1]); });
    energy_ = n * own_energy_;
    for (double sum : sums_) energy_ += sum;
    if (!std::isfinite(energy_))
        throw Error(NH_NOT_FINITE, "the energy is not a finite number: atoms lie on top of each other");
}

}  // namespace nanohooke::large
