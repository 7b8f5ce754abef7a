// SPDX-License-Identifier: Apache-2.0
//
// What halving and doubling every constant of the relaxation does to forty structures of all families, as the table of
// docs/relaxation.md:
//     statics_sensitivity [--one-cell] [--iterative] [--every N] [name ...]
// Work is that of evaluations, factorisations and processor time beside the constants as they are; a structure has
// another answer where its outcome, its path or a component of its tensor (by over 0.02 GPa) is another. "name ..."
// takes those constants alone, --every each N-th structure, --one-cell leaves out the three cells that follow where one
// is not stable (five sixths of the time), --iterative solves by iterations.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

#include "common/stopwatch.h"
#include "statics/calculation.h"
#include "statics/handles.h"
#include "structures.h"

using namespace nanohooke;
using statics::Settings;

namespace {

// As everywhere a tensor is said to be another minimum's (GPa).
constexpr double kSame = 0.02;

struct Constant {
    const char *name;
    std::function<void(Settings &, double)> scale;
    bool iterative = false;
};

template <typename T>
void times(T &value, double factor) {
    value = static_cast<T>(std::is_integral<T>::value ? std::max(1.0, std::round(value * factor)) : value * factor);
}

#define OPTION(name)                                            \
    {                                                           \
#name, [](Settings & s, double f) { times(s.name, f); } \
    }
#define TUNED(name)                                                    \
    {                                                                  \
#name, [](Settings & s, double f) { times(s.tuning.name, f); } \
    }
#define ITERATED(name)                                                       \
    {                                                                        \
#name, [](Settings & s, double f) { times(s.tuning.name, f); }, true \
    }

const std::vector<Constant> kConstants = {OPTION(fire_timestep),
                                          OPTION(fire_max_steps),
                                          OPTION(fire_handover_force),
                                          TUNED(fire.largest_timestep),
                                          TUNED(fire.largest_move),
                                          TUNED(fire.delay),
                                          TUNED(operations_per_pair),
                                          TUNED(least_steps),
                                          TUNED(most_steps),
                                          TUNED(share_of_steps),
                                          TUNED(saddle_force),
                                          TUNED(most_saddles),
                                          OPTION(perturbation),
                                          OPTION(trust_displacement),
                                          OPTION(trust_ratio),
                                          TUNED(judgeable),
                                          OPTION(max_iterations),
                                          OPTION(refactor_interval),
                                          OPTION(max_step),
                                          OPTION(max_strain_step),
                                          TUNED(memory),
                                          TUNED(armijo),
                                          TUNED(energy_noise),
                                          TUNED(shorter),
                                          TUNED(most_cuts),
                                          TUNED(markedly),
                                          TUNED(patience),
                                          OPTION(force_tolerance),
                                          OPTION(stress_tolerance),
                                          OPTION(diagonal_shift),
                                          TUNED(quiet),
                                          TUNED(rest),
                                          TUNED(weak_shift),
                                          TUNED(rest_shift),
                                          TUNED(weak_stiffness),
                                          TUNED(substitute_stiffness),
                                          ITERATED(quick_chance),
                                          ITERATED(chance),
                                          ITERATED(most_lanczos),
                                          ITERATED(residual),
                                          ITERATED(most_iterations),
                                          ITERATED(try_in_steps)};

struct Answers {
    std::vector<nh_statics_result> results;
    double evaluations = 0.0, factorisations = 0.0, products = 0.0, seconds = 0.0;
};

Answers answers(const std::vector<structures::Structure> &all, const nh_eam &eam, const Settings &settings) {
    Answers sum;
    for (const auto &s : all) {
        statics::Crystal crystal{eam.potential, eam.storage, s.x, statics::box_matrix(s.box), {}};
        for (int i = 0; i < crystal.atoms(); ++i) crystal.origin.push_back(i);
        nh_statics_result r;
        statics::calculate(crystal, settings, statics::Observer(nullptr, nullptr), statics::Extent::everything, r);
        sum.results.push_back(r);
        sum.evaluations += r.evaluations;
        sum.factorisations += r.factorisations;
        sum.products += static_cast<double>(r.products);
        sum.seconds += r.seconds_total;
    }
    return sum;
}

double difference(const nh_statics_result &a, const nh_statics_result &b) {
    double most = 0.0;
    for (int k = 0; k < 36; ++k)
        if (!std::isnan(a.tensor[k]) || !std::isnan(b.tensor[k]))
            most = std::max(most, std::isnan(a.tensor[k] + b.tensor[k]) ? 1e9 : std::fabs(a.tensor[k] - b.tensor[k]));
    return most;
}

void compare(const Answers &now, const Answers &base, const std::vector<structures::Structure> &all) {
    int other = 0;
    double least = 0.0;
    std::string names;
    for (std::size_t k = 0; k < all.size(); ++k) {
        const auto &a = now.results[k], &b = base.results[k];
        const double d = difference(a, b);
        if (a.outcome != b.outcome || a.path != b.path || d > kSame) {
            ++other;
            names += (names.empty() ? "" : ", ") + all[k].name;
        } else {
            least = std::max(least, d);
        }
    }
    const auto share = [](double a, double b) { return b > 0.0 ? a / b : 1.0; };
    std::printf(" %.3f / %.3f / %.2f", share(now.evaluations, base.evaluations),
                share(now.factorisations, base.factorisations), share(now.seconds, base.seconds));
    if (base.products > 0.0) std::printf(" / %.3f", share(now.products, base.products));
    std::printf(" | %d%s%s%s | %.0e |", other, names.empty() ? "" : " (", names.c_str(), names.empty() ? "" : ")",
                least);
}

}  // namespace

int main(int argc, char **argv) {
    bool iterative = false, one_cell = false;
    std::size_t every = 1;
    std::vector<std::string> only;
    for (int k = 1; k < argc; ++k) {
        const std::string word = argv[k];
        if (word == "--iterative")
            iterative = true;
        else if (word == "--one-cell")
            one_cell = true;
        else if (word == "--every" && k + 1 < argc)
            every = std::max(1, std::atoi(argv[++k]));
        else
            only.push_back(word);
    }
    std::vector<structures::Structure> all;
    const auto families = structures::families();
    for (std::size_t k = 0; k < families.size(); k += every) all.push_back(families[k]);
    nh_eam *eam = structures::Aluminium().handle();
    nh_statics_options options;
    nh_statics_defaults(&options);
    if (one_cell) options.cells = NH_CELLS_ONE;
    if (iterative) options.solver = NH_SOLVER_ITERATIVE;
    const Settings settings(options);

    const Answers base = answers(all, *eam, settings);
    std::printf("%s; %zu structures, %.0f evaluations, %.0f factorisations, %.0f products, %.1f s\n\n",
                nh_cpu_description(), all.size(), base.evaluations, base.factorisations, base.products, base.seconds);
    const char *work =
        iterative ? "evaluations / factorisations / time / products" : "evaluations / factorisations / time";
    std::printf("| constant | halved: %s | other answers | else, GPa | doubled: %s | other answers | else, GPa |\n",
                work, work);
    std::printf("|---|---|---|---|---|---|---|\n");
    for (const Constant &c : kConstants) {
        const bool named = std::find(only.begin(), only.end(), c.name) != only.end();
        if (only.empty() ? c.iterative != iterative : !named) continue;
        std::printf("| `%s` |", c.name);
        for (const double factor : {0.5, 2.0}) {
            Settings changed = settings;
            c.scale(changed, factor);
            compare(answers(all, *eam, changed), base, all);
            std::fflush(stdout);
        }
        std::printf("\n");
    }
    nh_eam_free(eam);
    return 0;
}
