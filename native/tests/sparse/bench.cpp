// SPDX-License-Identifier: Apache-2.0
//
// Times of the sparse solver on matrices of finite elements, and of SuiteSparse's CHOLMOD with AMD and of MKL's PARDISO
// on the same ones in turn, where sparse_bench was built with NANOHOOKE_CHOLMOD or NANOHOOKE_PARDISO (README).
//
// `first` is the first factorisation, `factor` one that finds its memory, `sum` analysis, first and solution.
//
//   sparse_bench [--threads N] [--rounds N] [CASE ...]
//
// CASE: q8-31k (31,230 unknowns), q9-165k (164,862), h20-104k (104,001), or NX,NY[,NZ] elements of the kind Q9 or H27.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include "mesh_matrix.h"
#include "peers.h"

namespace {

struct Case {
    std::string name;
    MeshMatrix matrix;
};

Case named(const std::string &name) {
    // Beams that are held at both ends, 5 : 1, as in the benchmarks of the beam.
    const Lacking q8{true, true}, q9{false, true};
    if (name == "q8-31k") return {name, mesh_matrix(160, 32, 0, 2, 0.0, q8)};
    if (name == "q9-165k") return {name, mesh_matrix(320, 64, 0, 2, 0.0, q9)};
    if (name == "h20-104k") return {name, mesh_matrix(64, 12, 10, 3, 0.0, q8)};
    int n[3] = {0, 0, 0};
    if (std::sscanf(name.c_str(), "%d,%d,%d", &n[0], &n[1], &n[2]) < 2 || n[0] < 1 || n[1] < 1 || n[2] < 0) {
        std::fprintf(stderr, "no case \"%s\"; there are q8-31k, q9-165k, h20-104k and NX,NY[,NZ]\n", name.c_str());
        std::exit(2);
    }
    return {name, mesh_matrix(n[0], n[1], n[2], n[2] > 0 ? 3 : 2)};
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

void compare(const Case &c, int threads, int rounds) {
    const MeshMatrix &m = c.matrix;
    std::vector<double> x(m.order());
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = std::sin(0.01 * double(i));
    const std::vector<double> b = m.times(x);
    std::printf("%s: %d unknowns, %d thread%s, medians of %d rounds\n", c.name.c_str(), m.order(), threads,
                threads == 1 ? "" : "s", rounds);
    std::vector<Peer> peers = all_peers();
    std::vector<std::vector<PeerTimes>> seen(peers.size());
    // In turn, so that what else the machine does meets all alike.
    for (int round = 0; round < rounds; ++round)
        for (std::size_t p = 0; p < peers.size(); ++p) seen[p].push_back(peers[p].run(m, threads, b, x));
    const auto of = [&](std::size_t p, const auto &what) {
        std::vector<double> values;
        for (const PeerTimes &t : seen[p]) values.push_back(what(t));
        return median(values);
    };
    const auto all = [](const PeerTimes &t) { return t.all(); };
    std::printf("  %-12s%11s%11s%11s%11s%11s%13s%10s%22s\n", "", "analyse s", "first s", "factor s", "solve s", "sum s",
                "nnz(L)", "error", "sum, over nanohooke");
    for (std::size_t p = 0; p < peers.size(); ++p)
        std::printf(
            "  %-12s%11.4f%11.4f%11.4f%11.4f%11.4f%13.0f%10.1e%22.2f\n", peers[p].name,
            of(p, [](const PeerTimes &t) { return t.analyse; }), of(p, [](const PeerTimes &t) { return t.first; }),
            of(p, [](const PeerTimes &t) { return t.factorise; }), of(p, [](const PeerTimes &t) { return t.solve; }),
            of(p, all), of(p, [](const PeerTimes &t) { return t.entries; }),
            of(p, [](const PeerTimes &t) { return t.error; }), of(p, all) / of(0, all));
}

}  // namespace

int main(int count, char **arguments) {
    int threads = 1, rounds = 5;
    std::vector<std::string> names;
    for (int k = 1; k < count; ++k) {
        const std::string a = arguments[k];
        if ((a == "--threads" || a == "--rounds") && k + 1 < count)
            (a == "--threads" ? threads : rounds) = std::max(1, std::atoi(arguments[++k]));
        else
            names.push_back(a);
    }
    if (names.empty()) names = {"q8-31k", "q9-165k"};
    for (const std::string &name : names) compare(named(name), threads, rounds);
    return 0;
}
