// SPDX-License-Identifier: Apache-2.0
//
// The C border of the sparse solver: checks arguments, owns the handles, lets no exception out.
#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "common/error.h"
#include "nanohooke/sparse.h"
#include "sparse/solver.h"

using namespace nanohooke;

struct nh_sparse {
    sparse::Solver solver;
};

namespace {

// Dense fronts are indexed with int.
constexpr int kMaxSize = 16;
constexpr int kMostThreads = 1024;

void check_pattern(int nodes, int size, const int *first, const int *row) {
    require(nodes > 0, "a matrix needs at least one node, not " + std::to_string(nodes));
    require(size > 0 && size <= kMaxSize,
            "blocks have 1 to " + std::to_string(kMaxSize) + " rows, not " + std::to_string(size));
    require(nodes <= 2147483647 / size, "too many unknowns for 32-bit indices");
    require(first != nullptr && row != nullptr, "first and row must not be null");
    require(first[0] == 0, "first must begin with 0");
    const auto refuse = [](int column, const char *why) {
        throw Error(NH_BAD_ARGUMENT, "column " + std::to_string(column) + why);
    };
    for (int j = 0; j < nodes; ++j) {
        if (first[j + 1] <= first[j]) refuse(j, " has no blocks: the diagonal one is needed");
        if (row[first[j]] != j) refuse(j, " must begin with its diagonal block");
        for (int e = first[j] + 1; e < first[j + 1]; ++e)
            if (row[e] <= row[e - 1] || row[e] >= nodes) refuse(j, " has rows that do not rise below the order");
    }
}

template <typename Factorise>
int factorised(nh_sparse *handle, const double *values, nh_sparse_info *info, bool indefinite, Factorise &&factorise) {
    return guarded([&] {
        require(handle != nullptr, "sparse must not be null");
        require(values != nullptr, "values must not be null");
        require(info != nullptr, "info must not be null");
        sparse::Solver &solver = handle->solver;
        const double before = solver.factor().seconds_factorisation();
        const bool done = factorise(solver);
        if (indefinite && !done)
            throw Error(NH_NOT_FINITE, "numbers overflowed in the factorisation of an indefinite matrix");
        const sparse::Pivots &pivots = solver.factor().pivots();
        nh_sparse_info found = {};
        found.factor_entries = solver.factor_entries();
        found.operations = solver.factor().symbolic().operations(solver.size());
        found.definite = done && pivots.negative() == 0 && pivots.replaced() == 0;
        found.negative_pivots = pivots.negative();
        found.replaced_pivots = pivots.replaced();
        found.smallest_pivot = pivots.smallest();
        found.smallest_at = pivots.at() < 0 ? -1 : solver.caller_place(pivots.at());
        found.seconds_analysis = solver.seconds_ordering() + solver.factor().seconds_analysis();
        found.seconds_factorisation = solver.factor().seconds_factorisation() - before;
        *info = found;
    });
}

}  // namespace

extern "C" {

int nh_sparse_analyse(int nodes, int size, const int *first, const int *row, const double *coordinates,
                      nh_sparse **out) {
    return guarded([&] {
        require(out != nullptr, "out must not be null");
        check_pattern(nodes, size, first, row);
        std::vector<double> places;
        if (coordinates != nullptr) {
            places.assign(coordinates, coordinates + 3 * static_cast<std::size_t>(nodes));
            for (double x : places)
                if (!std::isfinite(x)) throw Error(NH_BAD_ARGUMENT, "a coordinate is not finite");
        }
        *out = new nh_sparse{sparse::Solver(nodes, size, first, row, places)};
    });
}

int nh_sparse_use_threads(nh_sparse *handle, int threads) {
    return guarded([&] {
        require(handle != nullptr, "sparse must not be null");
        require(threads > 0 && threads <= kMostThreads,
                "threads must be 1 to " + std::to_string(kMostThreads) + ", not " + std::to_string(threads));
        handle->solver.use_threads(threads);
    });
}

int nh_sparse_factorise(nh_sparse *handle, const double *values, nh_sparse_info *info) {
    return factorised(handle, values, info, false, [&](sparse::Solver &s) { return s.factorise(values); });
}

int nh_sparse_factorise_indefinite(nh_sparse *handle, const double *values, nh_sparse_info *info) {
    return factorised(handle, values, info, true, [&](sparse::Solver &s) { return s.factorise_indefinite(values); });
}

int nh_sparse_solve(const nh_sparse *handle, double *b, int count) {
    return guarded([&] {
        require(handle != nullptr, "sparse must not be null");
        require(b != nullptr, "b must not be null");
        require(count > 0, "count must be positive, not " + std::to_string(count));
        require(handle->solver.ready(), "there is no factorisation to solve with");
        handle->solver.solve(b, count);
    });
}

void nh_sparse_free(nh_sparse *handle) { delete handle; }
}
