// SPDX-License-Identifier: Apache-2.0
#include "eam/forces.h"

#include <algorithm>
#include <cmath>

#include "common/stopwatch.h"
#include "eam/pair_kernel.h"

namespace nanohooke::eam {

namespace {

// Added to the cutoff when the pair list is built (Angstrom). A relaxation moves atoms by some tenths.
constexpr double kSkin = 0.6;

}  // namespace

extern const PairKernel baseline_pair_kernel;
#ifdef NANOHOOKE_AVX2
extern const PairKernel avx2_pair_kernel;
#endif

const PairKernel &pair_kernel() {
#ifdef NANOHOOKE_AVX2
    static const bool wide = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    if (wide) return avx2_pair_kernel;
#endif
    return baseline_pair_kernel;
}

Evaluator::Evaluator(std::shared_ptr<const Potential> potential, int atoms, bool planar)
    : potential_(std::move(potential)), atoms_(atoms), planar_(planar) {
    const auto n = static_cast<std::size_t>(atoms);
    density_.resize(n);
    embedding_.resize(n);
    embedding_slope_.resize(n);
    embedding_curvature_.resize(n);
    forces_.resize(3 * n);
    x4_.assign(4 * n, 0.0);
    forces4_.resize(4 * n);
    first_active_.resize(n + 1);
}

bool Evaluator::list_is_stale(const std::vector<double> &x, const Mat3 &h) const {
    if (list_x_.empty()) return true;
    // What the box does to all pairs alike is told apart from what single atoms do.
    const Mat3 f = h * inverse(list_h_);
    double most = 0.0, second = 0.0, all = 0.0;
    for (int i = 0; i < atoms_; ++i) {
        double y[3];
        multiply(f, &list_x_[3 * i], y);
        double sum = 0.0;
        for (int a = 0; a < 3; ++a) sum += (x[3 * i + a] - y[a]) * (x[3 * i + a] - y[a]);
        all += sum;
        if (sum > most) {
            second = most;
            most = sum;
        } else {
            second = std::max(second, sum);
        }
    }
    double stretch = 0.0;
    for (int a = 0; a < 3; ++a)
        for (int b = 0; b < 3; ++b) stretch += (f[a][b] - (a == b)) * (f[a][b] - (a == b));
    // A pair comes closer by at most what its two atoms have moved; often a single one on a surface goes far.
    // A position or box that is no finite number asks for a new list, which refuses it.
    if (!std::isfinite(all + stretch)) return true;
    return std::sqrt(most) + std::sqrt(second) + std::sqrt(stretch) * (potential_->cutoff() + kSkin) > kSkin;
}

void Evaluator::build_list(const std::vector<double> &x, const Mat3 &h) {
    list_x_.clear();  // until all of the list is there
    list_.build(x, h, potential_->cutoff() + kSkin, planar_);
    // Room for what the kernels write past the last pair that counts.
    const std::size_t room = list_.neighbours.size() + 4;
    partners_.provide(room);
    pairs4_.provide(4 * room);
    for (auto *array : {&squares_, &pair_density_, &density_slope_, &pair_slope_}) array->provide(room);
    list_h_ = h;
    list_x_ = x;
}

void Evaluator::evaluate(const std::vector<double> &x, const Mat3 &h) {
    const Stopwatch watch(seconds_);
    ++evaluations_;
    if (list_is_stale(x, h)) build_list(x, h);
    collect_pairs(x, h);
    energy_ = pair_kernel().terms(first_active_[atoms_], squares_.data(), pairs4_.data(), potential_->pair_table(),
                                  1.0 / potential_->pair_spacing(), potential_->pair_intervals() - 1,
                                  pair_density_.data(), density_slope_.data(), pair_slope_.data());
    sum_densities();
    for (int i = 0; i < atoms_; ++i) {
        embedding_[i] = potential_->embedding(density_[i]);
        embedding_slope_[i] = embedding_[i].first;
        embedding_curvature_[i] = embedding_[i].second;
        energy_ += embedding_[i].value;
    }
    sum_forces();
}

void Evaluator::average_curvature(double window) {
    curvature_window_ = window;
    for (int i = 0; i < atoms_; ++i) embedding_curvature_[i] = embedding_[i].second;
    if (window == 0.0) return;
    std::vector<double> change(atoms_, 0.0);
    for (int i = 0; i < atoms_; ++i)
        for (int k = first_active_[i]; k < first_active_[i + 1]; ++k) {
            // A strain along one axis changes a distance by a third of itself in the mean over directions.
            const double by_pair = window / 3.0 * density_slope_[k] * squares_[k];
            change[i] += by_pair;
            change[partners_[k]] += by_pair;
        }
    for (int i = 0; i < atoms_; ++i) {
        const double reach = std::fabs(change[i]);
        if (reach > 0.0)
            embedding_curvature_[i] = (potential_->embedding(density_[i] + reach).first -
                                       potential_->embedding(std::max(0.0, density_[i] - reach)).first) /
                                      (density_[i] + reach - std::max(0.0, density_[i] - reach));
    }
}

void Evaluator::collect_pairs(const std::vector<double> &x, const Mat3 &h) {
    static_assert(sizeof(Neighbour) == 2 * sizeof(int), "the kernels read neighbours as pairs of integers");
    for (int i = 0; i < atoms_; ++i) std::copy_n(&x[3 * i], 3, &x4_[4 * i]);
    shifts4_.resize(4 * list_.images.size());
    for (std::size_t k = 0; k < list_.images.size(); ++k) {
        const Image &image = list_.images[k];
        const double n[3] = {double(image.n[0]), double(image.n[1]), double(image.n[2])};
        multiply(h, n, &shifts4_[4 * k]);
        shifts4_[4 * k + 3] = image.weight;
    }
    const double limit = potential_->cutoff() * potential_->cutoff();
    const PairKernel &kernel = pair_kernel();
    std::int32_t count = 0;
    for (int i = 0; i < atoms_; ++i) {
        first_active_[i] = count;
        const int *list = reinterpret_cast<const int *>(list_.neighbours.data() + list_.first[i]);
        count += kernel.collect(x4_.data(), i, list, list_.first[i + 1] - list_.first[i], shifts4_.data(), limit,
                                &pairs4_[4 * std::size_t(count)], &squares_[count], &partners_[count]);
    }
    first_active_[atoms_] = count;
}

void Evaluator::sum_densities() {
    std::fill(density_.begin(), density_.end(), 0.0);
    for (int i = 0; i < atoms_; ++i) {
        double own = 0.0;
        for (int k = first_active_[i]; k < first_active_[i + 1]; ++k) {
            own += pair_density_[k];
            density_[partners_[k]] += pair_density_[k];
        }
        density_[i] += own;
    }
}

void Evaluator::sum_forces() {
    std::fill(forces4_.begin(), forces4_.end(), 0.0);
    double virial[12] = {};
    const PairKernel &kernel = pair_kernel();
    for (int i = 0; i < atoms_; ++i) {
        const int k = first_active_[i];
        kernel.forces(i, first_active_[i + 1] - k, &pairs4_[4 * std::size_t(k)], &partners_[k], &density_slope_[k],
                      &pair_slope_[k], embedding_slope_.data(), forces4_.data(), virial);
    }
    for (int i = 0; i < atoms_; ++i)
        for (int a = 0; a < 3; ++a) forces_[3 * i + a] = forces4_[4 * i + a];
    for (int a = 0; a < 3; ++a)
        for (int b = 0; b < 3; ++b) virial_[a][b] = virial[4 * a + b];
    if (planar_) {
        // Twins at +dz and -dz cancel in everything that is odd in z.
        for (int i = 0; i < atoms_; ++i) forces_[3 * i + 2] = 0.0;
        for (int a = 0; a < 2; ++a) virial_[a][2] = virial_[2][a] = 0.0;
    }
}

}  // namespace nanohooke::eam
