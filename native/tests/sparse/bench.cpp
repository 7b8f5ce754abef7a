// SPDX-License-Identifier: Apache-2.0
//
// Times of the sparse solver on a mesh of nine-node quadrilaterals (or 27-node bricks), and of CHOLMOD with AMD on
// the same matrix where it was built with NANOHOOKE_CHOLMOD: sparse_bench NX NY [NZ]
#include "nanohooke/sparse.h"

#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "mesh_matrix.h"
#ifdef NANOHOOKE_CHOLMOD
#include <cholmod.h>
#endif

namespace {

double now() {
    timespec t{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);  // CPU seconds: other work on the machine does not count
    return double(t.tv_sec) + 1e-9 * double(t.tv_nsec);
}

void print(const char *name, double analyse, double factorise, double solve, double entries, double error) {
    std::printf("%-10s analyse %.4f s, factorise %.4f s, solve %.4f s, nnz(L) %.0f, error %.1e\n", name, analyse,
                factorise, solve, entries, error);
}

double error(const std::vector<double> &got, const std::vector<double> &want) {
    double most = 0.0;
    for (std::size_t i = 0; i < got.size(); ++i) most = std::max(most, std::fabs(got[i] - want[i]));
    return most;
}

void ours(const MeshMatrix &m, bool coordinates, const std::vector<double> &b, const std::vector<double> &x) {
    const double t0 = now();
    nh_sparse *s = nullptr;
    nh_sparse_info info;
    if (nh_sparse_analyse(m.nodes, m.size, m.first.data(), m.row.data(), coordinates ? m.coordinates.data() : nullptr,
                          &s) != NH_OK || nh_sparse_factorise(s, m.values.data(), &info) != NH_OK) std::abort();
    const double first = now() - t0;
    double t2 = now();
    nh_sparse_factorise(s, m.values.data(), &info);
    const double factorise = now() - t2;
    std::vector<double> y = b;
    t2 = now();
    nh_sparse_solve(s, y.data(), 1);
    print(coordinates ? "nanohooke" : "by graph", first - factorise, factorise, now() - t2,
          double(info.factor_entries), error(y, x));
    std::printf("           %.2f Gflop, %.2f Gflop/s\n", info.operations * 1e-9, info.operations * 1e-9 / factorise);
    nh_sparse_free(s);
}

#ifdef NANOHOOKE_CHOLMOD
void cholmod(const MeshMatrix &m, const std::vector<double> &b, const std::vector<double> &x) {
    cholmod_common c;
    cholmod_start(&c);
    c.nmethods = 1;
    c.method[0].ordering = CHOLMOD_AMD;
    c.postorder = 1;
    const int n = m.order();
    cholmod_triplet *t = cholmod_allocate_triplet(n, n, m.values.size(), -1, CHOLMOD_REAL, &c);
    std::size_t k = 0;
    for (int j = 0; j < m.nodes; ++j)
        for (int e = m.first[j]; e < m.first[j + 1]; ++e)
            for (int a = 0; a < m.size; ++a)
                for (int d = 0; d < m.size; ++d) {
                    const int r = m.row[e] * m.size + a, q = j * m.size + d;
                    if (r < q) continue;
                    static_cast<int *>(t->i)[k] = r;
                    static_cast<int *>(t->j)[k] = q;
                    static_cast<double *>(t->x)[k++] = m.values[(std::size_t(e) * m.size + a) * m.size + d];
                }
    t->nnz = k;
    cholmod_sparse *matrix = cholmod_triplet_to_sparse(t, 0, &c);
    const double t0 = now();
    cholmod_factor *f = cholmod_analyze(matrix, &c);
    const double t1 = now();
    cholmod_factorize(matrix, f, &c);
    double t2 = now();
    cholmod_factorize(matrix, f, &c);
    const double t3 = now();
    cholmod_dense *right = cholmod_allocate_dense(n, 1, n, CHOLMOD_REAL, &c);
    std::copy(b.begin(), b.end(), static_cast<double *>(right->x));
    const double t4 = now();
    cholmod_dense *y = cholmod_solve(CHOLMOD_A, f, right, &c);
    const double t5 = now();
    const double *v = static_cast<double *>(y->x);
    print("CHOLMOD", t1 - t0, t3 - t2, t5 - t4, c.lnz, error(std::vector<double>(v, v + n), x));
    cholmod_free_factor(&f, &c);
    cholmod_free_sparse(&matrix, &c);
    cholmod_free_triplet(&t, &c);
    cholmod_free_dense(&right, &c);
    cholmod_free_dense(&y, &c);
    cholmod_finish(&c);
}
#endif

}  // namespace

int main(int count, char **arguments) {
    const int nx = count > 1 ? std::atoi(arguments[1]) : 320, ny = count > 2 ? std::atoi(arguments[2]) : 64;
    const int nz = count > 3 ? std::atoi(arguments[3]) : 0;
    const MeshMatrix m = mesh_matrix(nx, ny, nz, nz > 0 ? 3 : 2);
    std::vector<double> x(m.order());
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = std::sin(0.01 * double(i));
    const std::vector<double> b = m.times(x);
    std::printf("%d unknowns, %zu numbers\n", m.order(), m.values.size());
    ours(m, true, b, x);
    ours(m, false, b, x);
#ifdef NANOHOOKE_CHOLMOD
    cholmod(m, b, x);
#endif
    return 0;
}
