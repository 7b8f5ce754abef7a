// SPDX-License-Identifier: Apache-2.0
//
// The nanoporous beam as atoms, relaxed freely, held at its ends and bent: large_bench CELLS U_NM[,U_NM...] [THREADS]
// [RESIDUAL]. The beam is CELLS x CELLS/5 x 1 cells with a pore of one cell in every 5 x 5.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

#include "nanohooke/large.h"
#include "structures.h"

namespace {

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

void check(int status) {
    if (status == NH_OK) return;
    std::fprintf(stderr, "%s\n", nh_last_error());
    std::exit(1);
}

}  // namespace

int main(int count, char **words) {
    const int nx = count > 1 ? std::atoi(words[1]) : 100, ny = nx / 5;
    std::vector<double> us;
    for (char *word = std::strtok(count > 2 ? words[2] : nullptr, ","); word; word = std::strtok(nullptr, ","))
        us.push_back(std::atof(word));
    const double a = structures::kLattice;
    std::vector<double> x;
    std::vector<int> column;
    for (int i = 0; i < 2 * nx; ++i)
        for (int j = 0; j < 2 * ny; ++j) {
            const int X = i / 2, Y = j / 2;
            if (X % 5 == 4 && X <= nx - 6 && Y % 5 == 2) continue;
            x.insert(x.end(), {i * a / 2, j * a / 2, (i + j) % 2 * a / 2});
            column.push_back(i);
        }
    const int n = static_cast<int>(column.size());
    nh_eam *eam = structures::Aluminium().handle();
    nh_large_options options{};
    options.period = a;
    options.threads = count > 3 ? std::atoi(words[3]) : 0;
    options.cut_period[0] = options.cut_period[1] = 5 * a;
    options.cut_origin[0] = -0.25 * a;
    options.cut_origin[1] = 2.75 * a;
    const double t0 = now();
    nh_large *large = nullptr;
    check(nh_large_create(eam, n, x.data(), &options, &large));
    const double t1 = now();
    std::vector<unsigned char> held(n, 0);
    int left = -1, right = -1;
    for (int i = 0; i < n; ++i) {
        if (column[i] == 0 && left < 0 && x[3 * i + 1] >= ny * a / 2) left = i;
        if (column[i] == 2 * nx - 1 && right < 0 && x[3 * i + 1] >= ny * a / 2) right = i;
    }
    held[left] = 3;
    held[right] = 2;
    check(nh_large_hold(large, held.data()));
    const double t2 = now();
    nh_large_facts facts;
    nh_large_facts_of(large, &facts);
    std::printf(
        "%d atoms, %d threads, create %.2f s, hold %.2f s, spring %.3f eV/A^2, factor %.3g, kept %.3g, fronts "
        "%d, kinds %d\n",
        n, facts.threads, t1 - t0, t2 - t1, facts.spring_stiffness, double(facts.factor_entries),
        double(facts.kept_entries), facts.fronts, facts.kinds);
    nh_large_target target{count > 4 ? std::atof(words[4]) : 1e-5, 1e-5, {0.0, 1.0}, 400};
    nh_large_result result;
    const auto say = [](void *, int iteration, double residual, double imbalance) {
        if (std::getenv("VERBOSE")) std::printf("  %d %.3e %.3e\n", iteration, residual, imbalance);
        return 0;
    };
    check(nh_large_relax(large, &target, say, nullptr, &result));
    std::printf("free: E %.6f, %d iterations, %d evaluations, residual %.2e, %.2f s\n", result.energy,
                result.iterations, result.evaluations, result.residual, now() - t2);
    for (int i = 0; i < n; ++i) held[i] = column[i] < 4 ? 3 : column[i] >= 2 * nx - 4 ? 7 : 0;
    const double t3 = now();
    check(nh_large_hold(large, held.data()));
    std::printf("hold %.2f s\n", now() - t3);
    const double e0 = result.energy;
    std::vector<std::vector<double>> states;
    std::vector<double> forces(3 * n), state(3 * n), start(3 * n), at;
    nh_large_get_positions(large, start.data());
    double total = now();
    for (double u : us) {
        const double t4 = now();
        nh_large_get_positions(large, state.data());
        states.push_back(state);
        at.push_back(at.empty() ? 0.0 : at.back());
        const int k = static_cast<int>(at.size());
        std::vector<double> next(3 * n);
        static std::vector<double> known;
        if (known.empty()) known.push_back(0.0);
        if (known.size() == 1) {
            std::vector<double> move(3 * n, 0.0);
            for (int i = 0; i < n; ++i)
                if (held[i] & 4) move[3 * i + 1] = -10.0 * u;
            check(nh_large_carry(large, move.data()));
        } else {
            const int order = known.size() == 2 ? 2 : 3;
            for (int m = 0; m < order; ++m) {
                double w = 1.0;
                const int own = k - order + m;
                for (int o = k - order; o < k; ++o)
                    if (o != own) w *= (u - known[o]) / (known[own] - known[o]);
                for (int q = 0; q < 3 * n; ++q) next[q] += w * states[own][q];
            }
            for (int i = 0; i < n; ++i)
                if (held[i])
                    for (int c = 0; c < 3; ++c)
                        next[3 * i + c] = start[3 * i + c] - ((held[i] & 4) && c == 1 ? 10 * u : 0);
            check(nh_large_set_positions(large, next.data()));
        }
        known.push_back(u);
        check(nh_large_relax(large, &target, say, nullptr, &result));
        check(nh_large_energy(large, nullptr, forces.data()));
        double fy = 0.0, fx = 0.0, fl = 0.0;
        for (int i = 0; i < n; ++i) {
            if (held[i] & 4)
                fy += forces[3 * i + 1], fx -= forces[3 * i];
            else if (held[i])
                fl -= forces[3 * i + 1];
        }
        const double unit = 16.02176634 / a;
        std::printf("u %.3f Fy %.6f left %.6f Fx %.5f dE %.5f it %d ev %d residual %.2e %.2f s\n", u, fy * unit,
                    fl * unit, fx * unit, result.energy - e0, result.iterations, result.evaluations, result.residual,
                    now() - t4);
        std::fflush(stdout);
    }
    nh_large_facts_of(large, &facts);
    std::printf("path %.2f s; %d evaluations %.3f s each, solves %.2f s, springs %.2f s\n", now() - total,
                facts.evaluations, facts.seconds_forces / facts.evaluations, facts.seconds_solve,
                facts.seconds_springs);
    nh_large_free(large);
    nh_eam_free(eam);
}
