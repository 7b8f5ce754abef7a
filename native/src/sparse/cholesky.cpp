// SPDX-License-Identifier: Apache-2.0
#include "sparse/cholesky.h"

#include <algorithm>

#include "common/stopwatch.h"

namespace nanohooke::sparse {

bool Cholesky::same_pattern(const BlockMatrix &m) const {
    return m.size == size_ && m.first == pattern_first_ && m.row == pattern_row_;
}

bool Cholesky::factorise(const BlockMatrix &matrix) {
    ++factorisations_;
    done_ = false;
    if (!same_pattern(matrix)) {
        const Stopwatch watch(seconds_analysis_);
        size_ = matrix.size;
        pattern_first_ = matrix.first;
        pattern_row_ = matrix.row;
        symbolic_ = analyse(matrix);
        children_.assign(symbolic_.supernodes(), {});
        panel_at_.assign(1, 0);
        for (int s = 0; s < symbolic_.supernodes(); ++s) {
            if (symbolic_.parent[s] >= 0) children_[symbolic_.parent[s]].push_back(s);
            panel_at_.push_back(panel_at_.back() + std::size_t(symbolic_.height(s)) * symbolic_.columns(s) * size_ *
                                                       size_);
        }
        updates_.assign(symbolic_.supernodes(), {});
        local_.assign(symbolic_.nodes, 0);
    }
    const Stopwatch watch(seconds_factorisation_);
    panels_.resize(panel_at_.back());
    pivots_ = Pivots();
    for (int s = 0; s < symbolic_.supernodes(); ++s) {
        const int n = symbolic_.height(s) * size_, columns = symbolic_.columns(s) * size_;
        const std::size_t below = n - columns;
        double *panel = panels_.data() + panel_at_[s];
        std::fill(panel, panel + std::size_t(n) * columns, 0.0);
        if (below > 0) updates_[s] = take_memory(below * below);
        gather(matrix, s, panel, updates_[s].data());
        if (!partial_cholesky(n, columns, panel, updates_[s].data(), symbolic_.start[s] * size_, pivots_)) {
            for (auto &update : updates_) give_back(update);
            return false;
        }
    }
    done_ = true;
    return true;
}

/** Zeros in the smallest piece of spare memory that is large enough. */
std::vector<double> Cholesky::take_memory(std::size_t size) {
    std::size_t best = spare_.size();
    for (std::size_t k = 0; k < spare_.size(); ++k)
        if (spare_[k].capacity() >= size && (best == spare_.size() || spare_[k].capacity() < spare_[best].capacity()))
            best = k;
    std::vector<double> memory;
    if (best < spare_.size()) {
        memory = std::move(spare_[best]);
        spare_.erase(spare_.begin() + static_cast<std::ptrdiff_t>(best));
    }
    memory.assign(size, 0.0);
    return memory;
}

void Cholesky::give_back(std::vector<double> &memory) {
    if (memory.capacity() > 0) spare_.push_back(std::move(memory));
    memory = {};
}

/** Sums the matrix's columns and the children's updates into a front. */
void Cholesky::gather(const BlockMatrix &matrix, int s, double *panel, double *rest) {
    const int *rows = &symbolic_.rows[symbolic_.row_first[s]];
    const int height = symbolic_.height(s);
    for (int k = 0; k < height; ++k) local_[rows[k]] = k;
    const std::size_t ld = std::size_t(height) * size_;
    const int area = size_ * size_;
    for (int j = symbolic_.start[s]; j < symbolic_.start[s + 1]; ++j)
        for (int e = matrix.first[j]; e < matrix.first[j + 1]; ++e) {
            const double *block = &matrix.values[std::size_t(e) * area];
            double *to = panel + std::size_t(j - symbolic_.start[s]) * size_ * ld + local_[matrix.row[e]] * size_;
            for (int b = 0; b < size_; ++b)
                for (int a = 0; a < size_; ++a) to[b * ld + a] = block[a * size_ + b];
        }
    for (int child : children_[s]) {
        add_child(child, s, panel, rest);
        give_back(updates_[child]);
    }
}

void Cholesky::add_child(int child, int s, double *panel, double *rest) {
    const int first = symbolic_.row_first[child] + symbolic_.columns(child);
    const int count = symbolic_.row_first[child + 1] - first;
    const int *rows = &symbolic_.rows[first];
    const int n = symbolic_.height(s) * size_, columns = symbolic_.columns(s) * size_;
    const int below = n - columns, width = count * size_;
    const double *update = updates_[child].data();
    // Runs of rows that are consecutive in the parent too are added as vectors.
    std::vector<int> place(count);
    for (int k = 0; k < count; ++k) place[k] = local_[rows[k]] * size_;
    for (int k = 0; k < count; ++k)
        for (int b = 0; b < size_; ++b) {
            const int column = place[k] + b;
            const bool in_panel = column < columns;
            double *to = in_panel ? panel + std::size_t(column) * n : rest + std::size_t(column - columns) * below;
            const int offset = in_panel ? 0 : columns;
            const double *from = update + std::size_t(k * size_ + b) * width;
            for (int q = k; q < count;) {
                int run = q + 1;
                while (run < count && place[run] == place[run - 1] + size_) ++run;
                double *target = to + (place[q] - offset);
                const double *source = from + q * size_;
                const int length = (run - q) * size_;
                for (int a = 0; a < length; ++a) target[a] += source[a];
                q = run;
            }
        }
}

void Cholesky::forward(int s, double *b, double *local) const {
    const int n = symbolic_.height(s) * size_, columns = symbolic_.columns(s) * size_, below = n - columns;
    const int *rows = &symbolic_.rows[symbolic_.row_first[s]];
    const double *panel = panels_.data() + panel_at_[s];
    double *own = b + symbolic_.start[s] * size_;
    for (int j = 0; j < columns; ++j) {
        const double *column = panel + std::size_t(j) * n;
        own[j] /= column[j];
        for (int i = j + 1; i < columns; ++i) own[i] -= column[i] * own[j];
    }
    std::fill_n(local, below, 0.0);
    dense_kernel().apply(below, columns, panel + columns, n, own, local);
    for (int k = symbolic_.columns(s); k < symbolic_.height(s); ++k)
        for (int a = 0; a < size_; ++a) b[rows[k] * size_ + a] += local[k * size_ + a - columns];
}

void Cholesky::backward(int s, double *b, double *local) const {
    const int n = symbolic_.height(s) * size_, columns = symbolic_.columns(s) * size_, below = n - columns;
    const int *rows = &symbolic_.rows[symbolic_.row_first[s]];
    const double *panel = panels_.data() + panel_at_[s];
    double *own = b + symbolic_.start[s] * size_;
    for (int k = symbolic_.columns(s); k < symbolic_.height(s); ++k)
        for (int a = 0; a < size_; ++a) local[k * size_ + a - columns] = b[rows[k] * size_ + a];
    dense_kernel().apply_transposed(below, columns, panel + columns, n, local, own);
    for (int j = columns - 1; j >= 0; --j) {
        const double *column = panel + std::size_t(j) * n;
        double sum = own[j];
        for (int i = j + 1; i < columns; ++i) sum -= column[i] * own[i];
        own[j] = sum / column[j];
    }
}

void Cholesky::solve(double *b, int count) const {
    std::vector<double> local(order());
    // All right-hand sides meet a panel while it is in the cache.
    for (int s = 0; s < symbolic_.supernodes(); ++s)
        for (int k = 0; k < count; ++k) forward(s, b + std::size_t(k) * order(), local.data());
    for (int s = symbolic_.supernodes() - 1; s >= 0; --s)
        for (int k = 0; k < count; ++k) backward(s, b + std::size_t(k) * order(), local.data());
}

}  // namespace nanohooke::sparse
