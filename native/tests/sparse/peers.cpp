// SPDX-License-Identifier: Apache-2.0
#include "peers.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "nanohooke/sparse.h"
#ifdef NANOHOOKE_CHOLMOD
#include <cholmod.h>
#endif
#ifdef NANOHOOKE_PARDISO
#include <dlfcn.h>
#endif

namespace {

double now(int threads) {
    timespec t{};
    clock_gettime(threads > 1 ? CLOCK_MONOTONIC : CLOCK_PROCESS_CPUTIME_ID, &t);
    return double(t.tv_sec) + 1e-9 * double(t.tv_nsec);
}

double error(const double *got, const std::vector<double> &want) {
    double most = 0.0;
    for (std::size_t i = 0; i < want.size(); ++i) most = std::max(most, std::fabs(got[i] - want[i]));
    return most;
}

void require(bool good, const char *what) {
    if (good) return;
    std::fprintf(stderr, "%s failed: %s\n", what, nh_last_error());
    std::exit(1);
}

PeerTimes ours(const MeshMatrix &m, int threads, bool coordinates, const std::vector<double> &b,
               const std::vector<double> &x) {
    nh_sparse *s = nullptr;
    nh_sparse_info info;
    const double t0 = now(threads);
    require(nh_sparse_analyse(m.nodes, m.size, m.first.data(), m.row.data(),
                              coordinates ? m.coordinates.data() : nullptr, &s) == NH_OK,
            "nh_sparse_analyse");
    require(nh_sparse_use_threads(s, threads) == NH_OK, "nh_sparse_use_threads");
    const double t1 = now(threads);
    require(nh_sparse_factorise(s, m.values.data(), &info) == NH_OK && info.definite, "nh_sparse_factorise");
    const double t2 = now(threads);
    require(nh_sparse_factorise(s, m.values.data(), &info) == NH_OK, "nh_sparse_factorise");
    const double t3 = now(threads);
    std::vector<double> y = b;
    const double t4 = now(threads);
    require(nh_sparse_solve(s, y.data(), 1) == NH_OK, "nh_sparse_solve");
    const double t5 = now(threads);
    nh_sparse_free(s);
    return {t1 - t0, t2 - t1, t3 - t2, t5 - t4, double(info.factor_entries), error(y.data(), x)};
}

PeerTimes by_coordinates(const MeshMatrix &m, int threads, const std::vector<double> &b, const std::vector<double> &x) {
    return ours(m, threads, true, b, x);
}

PeerTimes by_graph(const MeshMatrix &m, int threads, const std::vector<double> &b, const std::vector<double> &x) {
    return ours(m, threads, false, b, x);
}

/** The lower triangle by columns, one number after another. */
struct Columns {
    std::vector<int> first{0}, row;
    std::vector<double> value;

    explicit Columns(const MeshMatrix &m) {
        for (int j = 0; j < m.nodes; ++j)
            for (int d = 0; d < m.size; ++d) {
                for (int e = m.first[j]; e < m.first[j + 1]; ++e)
                    for (int a = m.row[e] == j ? d : 0; a < m.size; ++a) {
                        row.push_back(m.row[e] * m.size + a);
                        value.push_back(m.values[(std::size_t(e) * m.size + a) * m.size + d]);
                    }
                first.push_back(int(row.size()));
            }
    }
};

#ifdef NANOHOOKE_CHOLMOD
/** With AMD alone; the BLAS is that of the machine, its threads those of its own settings. */
PeerTimes cholmod(const MeshMatrix &m, int threads, const std::vector<double> &b, const std::vector<double> &x) {
    Columns columns(m);
    cholmod_common c;
    cholmod_start(&c);
    c.nmethods = 1;
    c.method[0].ordering = CHOLMOD_AMD;
    c.postorder = 1;
    const std::size_t n = std::size_t(m.order());
    cholmod_sparse matrix{};
    matrix.nrow = matrix.ncol = n;
    matrix.nzmax = columns.row.size();
    matrix.p = columns.first.data();
    matrix.i = columns.row.data();
    matrix.x = columns.value.data();
    matrix.stype = -1;
    matrix.itype = CHOLMOD_INT;
    matrix.xtype = CHOLMOD_REAL;
    matrix.dtype = CHOLMOD_DOUBLE;
    matrix.sorted = matrix.packed = 1;
    const double t0 = now(threads);
    cholmod_factor *f = cholmod_analyze(&matrix, &c);
    const double t1 = now(threads);
    cholmod_factorize(&matrix, f, &c);  // the first one also makes room
    const double t2 = now(threads);
    cholmod_factorize(&matrix, f, &c);
    const double t3 = now(threads);
    cholmod_dense *right = cholmod_allocate_dense(n, 1, n, CHOLMOD_REAL, &c);
    std::copy(b.begin(), b.end(), static_cast<double *>(right->x));
    const double t4 = now(threads);
    cholmod_dense *y = cholmod_solve(CHOLMOD_A, f, right, &c);
    const double t5 = now(threads);
    require(y != nullptr, "CHOLMOD");
    const PeerTimes times{t1 - t0, t2 - t1, t3 - t2, t5 - t4, c.lnz, error(static_cast<double *>(y->x), x)};
    cholmod_free_factor(&f, &c);
    cholmod_free_dense(&right, &c);
    cholmod_free_dense(&y, &c);
    cholmod_finish(&c);
    return times;
}
#endif

#ifdef NANOHOOKE_PARDISO
/** MKL's, from the libmkl_rt.so that the loader finds; threads as MKL_NUM_THREADS says. */
PeerTimes pardiso(const MeshMatrix &m, int threads, const std::vector<double> &b, const std::vector<double> &x) {
    using Call = void (*)(void **, const int *, const int *, const int *, const int *, const int *, const double *,
                          const int *, const int *, int *, const int *, int *, const int *, double *, double *, int *);
    static void *library = dlopen("libmkl_rt.so", RTLD_NOW | RTLD_GLOBAL);
    if (library == nullptr) library = dlopen("libmkl_rt.so.2", RTLD_NOW | RTLD_GLOBAL);
    require(library != nullptr, "dlopen of libmkl_rt.so");
    const Call call = reinterpret_cast<Call>(dlsym(library, "pardiso"));
    require(call != nullptr, "dlsym of pardiso");
    // Columns of the lower triangle are rows of the upper one.
    const Columns columns(m);
    void *state[64] = {};
    int options[64] = {};
    options[0] = 1;    // not the defaults
    options[1] = 2;    // METIS
    options[17] = -1;  // tell the factor's size
    options[34] = 1;   // from 0
    const int one = 1, kind = 2, n = m.order(), silent = 0;
    int failed = 0, unused = 0;
    std::vector<double> right = b, y(b.size());
    const auto phase = [&](int which) {
        call(state, &one, &one, &kind, &which, &n, columns.value.data(), columns.first.data(), columns.row.data(),
             &unused, &one, options, &silent, right.data(), y.data(), &failed);
        require(failed == 0, "pardiso");
        return now(threads);
    };
    const double t0 = now(threads), t1 = phase(11);
    const double t2 = phase(22), t3 = phase(22), t4 = phase(33);
    const PeerTimes times{t1 - t0, t2 - t1, t3 - t2, t4 - t3, double(options[17]), error(y.data(), x)};
    phase(-1);
    return times;
}
#endif

}  // namespace

std::vector<Peer> all_peers() {
    return {
        {"nanohooke", by_coordinates},
        {"by graph", by_graph},
#ifdef NANOHOOKE_CHOLMOD
        {"CHOLMOD", cholmod},
#endif
#ifdef NANOHOOKE_PARDISO
        {"PARDISO", pardiso},
#endif
    };
}
