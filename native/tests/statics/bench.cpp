// SPDX-License-Identifier: Apache-2.0
//
// Runs the whole route on random structures and prints outcomes by porosity and times:
//     statics_bench [count [first_seed [lowest [highest]]]]     one line per structure with -v first
// Structure k has the kind k mod 3 and a porosity between `lowest` and `highest`, both functions of its seed alone.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "nanohooke/statics.h"
#include "structures.h"

namespace {

constexpr int kBins = 8;

struct Row {
    int structures = 0, planar = 0, three = 0, unstable = 0, stopped = 0, soft = 0, saddles = 0, islands = 0;
};

double quantile(std::vector<double> v, double share) {
    if (v.empty()) return 0.0;
    std::sort(v.begin(), v.end());
    return v[std::min(v.size() - 1, static_cast<std::size_t>(share * v.size()))];
}

double mean(const std::vector<double> &v) {
    double sum = 0.0;
    for (double x : v) sum += x;
    return v.empty() ? 0.0 : sum / v.size();
}

void print_times(const char *name, const std::vector<double> &v) {
    std::printf("%-12s n %4zu  median %.3f s  mean %.3f s  90%% %.3f s  max %.3f s\n", name, v.size(), quantile(v, 0.5),
                mean(v), quantile(v, 0.9), quantile(v, 1.0));
}

void stop_on(int status) {
    if (status == NH_OK) return;
    std::fprintf(stderr, "status %d: %s\n", status, nh_last_error());
    std::exit(1);
}

}  // namespace

int main(int argc, char **argv) {
    const bool verbose = argc > 1 && std::strcmp(argv[1], "-v") == 0;
    const auto number = [&](int k, double otherwise) {
        k += verbose;
        return k < argc ? std::atof(argv[k]) : otherwise;
    };
    const int count = static_cast<int>(number(1, 100));
    const std::uint64_t first = static_cast<std::uint64_t>(number(2, 1));
    const double low = number(3, 0.05), high = number(4, 0.80);

    nh_eam *eam = structures::Aluminium().handle();
    nh_statics_options options;
    nh_statics_defaults(&options);
    std::printf("%s; %d structures from seed %llu\n", nh_cpu_description(), count,
                static_cast<unsigned long long>(first));

    Row rows[kBins + 1];
    std::vector<double> one_cell, unstable_start, three_cell, all;
    double share[5] = {};
    for (int k = 0; k < count; ++k) {
        const std::uint64_t seed = first + k;
        structures::Random random(seed * 1000003);
        const double target = random.uniform(low, high);
        const auto s = structures::random_pores(static_cast<structures::Kind>(seed % 3), target, seed);
        nh_crystal *crystal = nullptr;
        stop_on(nh_crystal_create(eam, s.atoms(), s.x.data(), s.box, &crystal));
        nh_statics_result r;
        stop_on(nh_statics_calculate(crystal, &options, nullptr, nullptr, &r, nullptr));
        nh_crystal_free(crystal);

        for (Row *row : {&rows[std::min(kBins - 1, static_cast<int>(s.porosity * 10))], &rows[kBins]}) {
            ++row->structures;
            row->planar += r.path == NH_PATH_PLANAR && r.outcome == NH_OUTCOME_OK;
            row->three += r.path == NH_PATH_THREE_CELL && r.outcome == NH_OUTCOME_OK;
            row->unstable += r.outcome == NH_OUTCOME_UNSTABLE;
            row->stopped += r.outcome == NH_OUTCOME_NOT_CONVERGED;
            row->soft += r.outcome == NH_OUTCOME_SOFT;
            row->saddles += r.other_minimum != 0;
            row->islands += r.islands > 0;
        }
        all.push_back(r.seconds_total);
        (r.path == NH_PATH_THREE_CELL ? three_cell : one_cell).push_back(r.seconds_total);
        const double parts[5] = {r.seconds_forces, r.seconds_assembly, r.seconds_ordering, r.seconds_factorisation,
                                 r.seconds_solve};
        for (int q = 0; q < 5; ++q) share[q] += parts[q];
        if (verbose)
            std::printf(
                "%llu p %.3f N %d path %d outcome %d block %d isl %d fire %d it %d fac %d ev %d cert %d %.2e "
                "E %.6f s %.3f (f %.3f a %.3f o %.3f c %.3f s %.3f) C11 %.3f C33 %.3f\n",
                static_cast<unsigned long long>(seed), s.porosity, s.atoms(), r.path, r.outcome, r.failed_block,
                r.islands, r.fire_steps, r.iterations, r.factorisations, r.evaluations, r.certificate,
                r.certificate_pivot, r.energy, r.seconds_total, parts[0], parts[1], parts[2], parts[3], parts[4],
                r.tensor[0], r.tensor[14]);
    }
    nh_eam_free(eam);

    std::printf("porosity     all  one cell  three cells  unstable  not conv.  soft  other min.  islands\n");
    for (int b = 0; b <= kBins; ++b) {
        if (rows[b].structures == 0) continue;
        char name[16];
        std::snprintf(name, sizeof name, b < kBins ? "%.1f-%.1f" : "all", b * 0.1, (b + 1) * 0.1);
        std::printf("%-8s %7d %9d %12d %9d %10d %5d %11d %8d\n", name, rows[b].structures, rows[b].planar,
                    rows[b].three, rows[b].unstable, rows[b].stopped, rows[b].soft, rows[b].saddles, rows[b].islands);
    }
    print_times("one cell", one_cell);
    print_times("three cells", three_cell);
    print_times("all", all);
    std::printf("share of time: forces %.2f assembly %.2f ordering %.2f factorisation %.2f solve %.2f\n",
                share[0] / (mean(all) * all.size()), share[1] / (mean(all) * all.size()),
                share[2] / (mean(all) * all.size()), share[3] / (mean(all) * all.size()),
                share[4] / (mean(all) * all.size()));
    return 0;
}
