// SPDX-License-Identifier: Apache-2.0
#include "sparse/repeated.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <unordered_map>

#include "sparse/kernels/dense.h"
#include "sparse/kernels/lanes.h"

namespace nanohooke::sparse {

extern const LaneKernel baseline_lane_kernel;
#ifdef NANOHOOKE_AVX2
extern const LaneKernel avx2_lane_kernel;
extern const LaneKernel avx512_lane_kernel;
#endif

const LaneKernel &lane_kernel() {
#ifdef NANOHOOKE_AVX2
    static const bool widest = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
                               __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw");
    if (widest) return avx512_lane_kernel;
    static const bool wide = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
    if (wide) return avx2_lane_kernel;
#endif
    return baseline_lane_kernel;
}

namespace {

constexpr int kLanes = LaneKernel::kLanes;

/** Two independent 64-bit mixes of a sequence (finaliser of splitmix64). */
struct Digest {
    std::uint64_t a = 0x243f6a8885a308d3ull, b = 0x13198a2e03707344ull;

    void add(std::uint64_t v) {
        a = mix(a ^ v) + 0x9e3779b97f4a7c15ull;
        b = mix(b + v * 0xd1342543de82ef95ull) ^ 0xa4093822299f31d0ull;
    }
    void add(double v) {
        std::uint64_t bits;
        std::memcpy(&bits, &v, sizeof bits);
        add(bits);
    }
    bool operator==(const Digest &other) const { return a == other.a && b == other.b; }

private:
    static std::uint64_t mix(std::uint64_t z) {
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
        return z ^ (z >> 31);
    }
};

struct DigestHash {
    std::size_t operator()(const Digest &d) const { return d.a; }
};

}  // namespace

void RepeatedCholesky::analyse_structure(const BlockMatrix &matrix) {
    if (matrix.size == size_ && matrix.first == pattern_first_ && matrix.row == pattern_row_) return;
    // The pattern is known when all of it is: memory may run out on the way.
    pattern_first_.clear();
    size_ = matrix.size;
    symbolic_ = analyse(matrix);
    const int n = symbolic_.supernodes();
    child_first_.assign(n + 1, 0);
    level_.assign(n, 0);
    for (int s = 0; s < n; ++s)
        if (const int up = symbolic_.parent[s]; up >= 0) {
            ++child_first_[up + 1];
            level_[up] = std::max(level_[up], level_[s] + 1);
        }
    for (int s = 0; s < n; ++s) child_first_[s + 1] += child_first_[s];
    child_.resize(child_first_[n]);
    std::vector<int> at(child_first_.begin(), child_first_.end() - 1);
    for (int s = 0; s < n; ++s)
        if (symbolic_.parent[s] >= 0) child_[at[symbolic_.parent[s]]++] = s;
    pattern_row_ = matrix.row;
    pattern_first_ = matrix.first;
}

void RepeatedCholesky::find_kinds(const BlockMatrix &matrix) {
    const int n = symbolic_.supernodes(), area = size_ * size_;
    kinds_.clear();
    kind_of_.resize(n);
    std::unordered_map<Digest, int, DigestHash> known;
    std::vector<int> local(symbolic_.nodes);
    entries_ = 0;
    for (int s = 0; s < n; ++s) {
        const int *rows = &symbolic_.rows[symbolic_.row_first[s]];
        const int height = symbolic_.height(s), columns = symbolic_.columns(s);
        const long long c = static_cast<long long>(columns) * size_, h = static_cast<long long>(height) * size_;
        entries_ += c * (c + 1) / 2 + c * (h - c);
        for (int k = 0; k < height; ++k) local[rows[k]] = k;
        Digest digest;
        digest.add(static_cast<std::uint64_t>(height) << 32 | static_cast<std::uint32_t>(columns));
        for (int j = symbolic_.start[s]; j < symbolic_.start[s + 1]; ++j) {
            digest.add(static_cast<std::uint64_t>(matrix.first[j + 1] - matrix.first[j]));
            for (int e = matrix.first[j]; e < matrix.first[j + 1]; ++e) {
                digest.add(static_cast<std::uint64_t>(local[matrix.row[e]]));
                for (int q = 0; q < area; ++q) digest.add(matrix.values[static_cast<std::size_t>(e) * area + q]);
            }
        }
        for (int q = child_first_[s]; q < child_first_[s + 1]; ++q) {
            const int child = child_[q];
            digest.add(static_cast<std::uint64_t>(kind_of_[child]) << 32 | 0xffffffffu);
            for (int r = symbolic_.row_first[child] + symbolic_.columns(child); r < symbolic_.row_first[child + 1]; ++r)
                digest.add(static_cast<std::uint64_t>(local[symbolic_.rows[r]]));
        }
        const auto [found, fresh] = known.try_emplace(digest, static_cast<int>(kinds_.size()));
        kind_of_[s] = found->second;
        if (!fresh) continue;
        Kind kind;
        kind.front = s;
        kind.level = level_[s];
        kind.height = height;
        kind.columns = columns;
        for (int q = child_first_[s]; q < child_first_[s + 1]; ++q) {
            const int child = child_[q];
            kind.children.push_back(kind_of_[child]);
            ++kinds_[kind_of_[child]].parents;
            std::vector<int> places;
            for (int r = symbolic_.row_first[child] + symbolic_.columns(child); r < symbolic_.row_first[child + 1]; ++r)
                places.push_back(local[symbolic_.rows[r]]);
            kind.places.push_back(std::move(places));
        }
        kinds_.push_back(std::move(kind));
    }
}

bool RepeatedCholesky::factorise_kind(const BlockMatrix &matrix, Kind &kind, std::vector<double> &rest) {
    const int s = kind.front, area = size_ * size_;
    const int n = kind.height * size_, columns = kind.columns * size_, below = n - columns;
    const int *rows = &symbolic_.rows[symbolic_.row_first[s]];
    kind.panel.reset(new double[static_cast<std::size_t>(n) * columns]());
    rest.assign(static_cast<std::size_t>(below) * below, 0.0);
    double *panel = kind.panel.get();
    for (int j = symbolic_.start[s]; j < symbolic_.start[s + 1]; ++j) {
        int k = 0;  // rows of a column rise, as those of the front do
        for (int e = matrix.first[j]; e < matrix.first[j + 1]; ++e) {
            while (rows[k] != matrix.row[e]) ++k;
            const double *block = &matrix.values[static_cast<std::size_t>(e) * area];
            double *to = panel + static_cast<std::size_t>(j - symbolic_.start[s]) * size_ * n + k * size_;
            for (int b = 0; b < size_; ++b)
                for (int a = 0; a < size_; ++a) to[static_cast<std::size_t>(b) * n + a] = block[a * size_ + b];
        }
    }
    for (std::size_t q = 0; q < kind.children.size(); ++q) {
        const auto &places = kind.places[q];
        const double *update = kinds_[kind.children[q]].update.get();
        const std::size_t width = places.size() * size_;
        for (std::size_t k = 0; k < places.size(); ++k)
            for (int b = 0; b < size_; ++b) {
                const int column = places[k] * size_ + b;
                const int shift = column < columns ? 0 : columns;
                double *to = column < columns ? panel + static_cast<std::size_t>(column) * n
                                              : rest.data() + static_cast<std::size_t>(column - columns) * below;
                const double *from = update + (k * size_ + b) * width;
                for (std::size_t r = k; r < places.size(); ++r)
                    for (int a = 0; a < size_; ++a) to[places[r] * size_ + a - shift] += from[r * size_ + a];
            }
    }
    std::vector<double> signs(columns, 1.0);
    const std::vector<signed char> positive(columns, 1);
    Pivots record(positive, 0.0);
    if (!partial_cholesky(n, columns, panel, rest.data(), signs.data(), 0, record)) return false;
    if (kind.parents > 0) {
        kind.update.reset(new double[rest.size()]);
        std::copy(rest.begin(), rest.end(), kind.update.get());
    }
    return true;
}

bool RepeatedCholesky::factorise(const BlockMatrix &matrix) {
    analyse_structure(matrix);
    find_kinds(matrix);
    std::vector<int> by_level(kinds_.size());
    for (std::size_t k = 0; k < kinds_.size(); ++k) by_level[k] = static_cast<int>(k);
    std::stable_sort(by_level.begin(), by_level.end(), [&](int a, int b) { return kinds_[a].level < kinds_[b].level; });
    std::vector<std::vector<double>> rest(workers_.count());
    std::atomic<bool> definite{true};
    kept_ = 0;
    for (std::size_t first = 0; first < by_level.size() && definite;) {
        std::size_t last = first;
        while (last < by_level.size() && kinds_[by_level[last]].level == kinds_[by_level[first]].level) ++last;
        workers_.run(static_cast<int>(last - first), [&](int task, int worker) {
            if (!factorise_kind(matrix, kinds_[by_level[first + task]], rest[worker])) definite = false;
        });
        for (; first < last; ++first) {
            const Kind &kind = kinds_[by_level[first]];
            kept_ += static_cast<long long>(kind.height) * size_ * kind.columns * size_;
            for (int child : kind.children)
                if (--kinds_[child].parents == 0) kinds_[child].update.reset();
        }
    }
    if (!definite) {
        kinds_.clear();
        return false;
    }
    plan_solution();
    return true;
}

void RepeatedCholesky::plan_solution() {
    const int n = symbolic_.supernodes();
    fronts_.resize(n);
    passed_at_.assign(n + 1, 0);
    int tallest = 0;
    for (int s = 0; s < n; ++s) {
        fronts_[s] = s;
        passed_at_[s + 1] = passed_at_[s] + static_cast<std::size_t>(below(kinds_[kind_of_[s]]));
        tallest = std::max(tallest, symbolic_.height(s));
    }
    std::sort(fronts_.begin(), fronts_.end(), [&](int a, int b) {
        if (level_[a] != level_[b]) return level_[a] < level_[b];
        return kind_of_[a] != kind_of_[b] ? kind_of_[a] < kind_of_[b] : a < b;
    });
    batches_.clear();
    level_first_.clear();
    for (int k = 0; k < n; ++k) {
        const int s = fronts_[k];
        const bool new_level = k == 0 || level_[s] != level_[fronts_[k - 1]];
        if (new_level) level_first_.push_back(static_cast<int>(batches_.size()));
        if (new_level || batches_.back().kind != kind_of_[s] || batches_.back().count == kLanes)
            batches_.push_back({kind_of_[s], k, 0});
        ++batches_.back().count;
    }
    level_first_.push_back(static_cast<int>(batches_.size()));
    passed_.resize(passed_at_.back());
    local_.assign(workers_.count(), std::vector<double>(static_cast<std::size_t>(tallest) * size_ * kLanes, 0.0));
}

void RepeatedCholesky::forward(const Batch &batch, double *b, double *local) {
    const Kind &kind = kinds_[batch.kind];
    const int n = kind.height * size_, columns = kind.columns * size_;
    std::fill_n(local, static_cast<std::size_t>(n) * kLanes, 0.0);
    for (int q = 0; q < batch.count; ++q) {
        const int s = fronts_[batch.first + q];
        const double *own = b + static_cast<std::size_t>(symbolic_.start[s]) * size_;
        for (int i = 0; i < columns; ++i) local[kLanes * i + q] = own[i];
        for (std::size_t c = 0; c < kind.children.size(); ++c) {
            const double *from = &passed_[passed_at_[child_[child_first_[s] + static_cast<int>(c)]]];
            for (int place : kind.places[c])
                for (int a = 0; a < size_; ++a) local[kLanes * (place * size_ + a) + q] += *from++;
        }
    }
    lane_kernel().forward(n, columns, kind.panel.get(), local);
    for (int q = 0; q < batch.count; ++q) {
        const int s = fronts_[batch.first + q];
        double *own = b + static_cast<std::size_t>(symbolic_.start[s]) * size_;
        for (int i = 0; i < columns; ++i) own[i] = local[kLanes * i + q];
        double *to = passed_.data() + passed_at_[s];
        for (int i = columns; i < n; ++i) *to++ = local[kLanes * i + q];
    }
}

void RepeatedCholesky::backward(const Batch &batch, double *b, double *local) {
    const Kind &kind = kinds_[batch.kind];
    const int n = kind.height * size_, columns = kind.columns * size_;
    if (batch.count < kLanes) std::fill_n(local, static_cast<std::size_t>(n) * kLanes, 0.0);
    for (int q = 0; q < batch.count; ++q) {
        const int s = fronts_[batch.first + q];
        const double *own = b + static_cast<std::size_t>(symbolic_.start[s]) * size_;
        for (int i = 0; i < columns; ++i) local[kLanes * i + q] = own[i];
        const double *from = passed_.data() + passed_at_[s];
        for (int i = columns; i < n; ++i) local[kLanes * i + q] = *from++;
    }
    lane_kernel().backward(n, columns, kind.panel.get(), local);
    for (int q = 0; q < batch.count; ++q) {
        const int s = fronts_[batch.first + q];
        double *own = b + static_cast<std::size_t>(symbolic_.start[s]) * size_;
        for (int i = 0; i < columns; ++i) own[i] = local[kLanes * i + q];
        for (std::size_t c = 0; c < kind.children.size(); ++c) {
            double *to = &passed_[passed_at_[child_[child_first_[s] + static_cast<int>(c)]]];
            for (int place : kind.places[c])
                for (int a = 0; a < size_; ++a) *to++ = local[kLanes * (place * size_ + a) + q];
        }
    }
}

void RepeatedCholesky::solve(double *b) {
    const int levels = static_cast<int>(level_first_.size()) - 1;
    for (int level = 0; level < levels; ++level)
        workers_.run_slices(level_first_[level + 1] - level_first_[level], 4, [&](int begin, int end, int worker) {
            for (int k = begin; k < end; ++k) forward(batches_[level_first_[level] + k], b, local_[worker].data());
        });
    for (int level = levels - 1; level >= 0; --level)
        workers_.run_slices(level_first_[level + 1] - level_first_[level], 4, [&](int begin, int end, int worker) {
            for (int k = begin; k < end; ++k) backward(batches_[level_first_[level] + k], b, local_[worker].data());
        });
}

}  // namespace nanohooke::sparse
