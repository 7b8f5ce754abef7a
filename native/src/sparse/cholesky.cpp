// SPDX-License-Identifier: Apache-2.0
#include "sparse/cholesky.h"

#include <algorithm>
#include <cmath>

#include "common/stopwatch.h"

namespace nanohooke::sparse {

namespace {

// With auxiliary freedoms a pivot below this share of the diagonal tells nothing and would spoil the accuracy.
constexpr double kTiny = 1e-8;
// Share of the largest diagonal entry that replaces a smaller pivot of an indefinite matrix.
constexpr double kReplaced = 1e-10;

std::size_t square(std::size_t n) { return n * n; }

}  // namespace

bool Cholesky::same_pattern(const BlockMatrix &m) const {
    return m.size == size_ && m.first == pattern_first_ && m.row == pattern_row_;
}

bool Cholesky::factorise_exactly(BlockMatrix &matrix) {
    if (factorise(matrix)) return true;
    if (matrix.auxiliary == 0) return false;
    matrix = condensed(matrix);
    return factorise(matrix);
}

bool Cholesky::factorise(const BlockMatrix &matrix) {
    prepare(matrix);
    pivots_ = expectations(matrix);
    return eliminate(matrix);
}

bool Cholesky::factorise_indefinite(const BlockMatrix &matrix) {
    prepare(matrix);
    signs_.assign(matrix.order(), 1.0);
    double largest = 0.0;
    for (int j = 0; j < matrix.nodes; ++j)
        for (int a = 0; a < matrix.size; ++a)
            largest = std::max(largest, std::fabs(matrix.diagonal(j, a)));
    pivots_ = Pivots::of_any_sign(kReplaced * (largest > 0.0 ? largest : 1.0));
    return eliminate(matrix);
}

void Cholesky::prepare(const BlockMatrix &matrix) {
    ++factorisations_;
    done_ = false;
    if (same_pattern(matrix)) return;
    const Stopwatch watch(seconds_analysis_);
    size_ = matrix.size;
    pattern_first_ = matrix.first;
    pattern_row_ = matrix.row;
    symbolic_ = analyse(matrix);
    plan_fronts();
}

bool Cholesky::eliminate(const BlockMatrix &matrix) {
    const Stopwatch watch(seconds_factorisation_);
    std::size_t top = 0;  // end of the stack of updates
    for (int s : order_) {
        const int n = symbolic_.height(s) * size_, columns = symbolic_.columns(s) * size_;
        const std::size_t rest = square(n - columns);
        double *panel = panels_.data() + panel_at_[s];
        std::fill_n(panel, std::size_t(n) * columns, 0.0);
        std::fill_n(rest_.data(), rest, 0.0);
        top = gather(matrix, s, top, panel);
        const int base = symbolic_.start[s] * size_;
        if (!partial_cholesky(n, columns, panel, rest_.data(), &signs_[base], base, pivots_)) return false;
        std::copy_n(rest_.data(), rest, updates_.data() + top);
        top += rest;
    }
    done_ = true;
    return true;
}

/** Signs of the pivots of a quasi-definite matrix: positive, but for auxiliary freedoms with a negative diagonal. */
Pivots Cholesky::expectations(const BlockMatrix &m) {
    expected_.assign(m.order(), 1);
    signs_.assign(m.order(), 1.0);
    double largest = 0.0;
    for (int j = 0; j < m.nodes; ++j)
        for (int a = 0; a < m.size; ++a) {
            const double own = m.values[(std::size_t(m.first[j]) * m.size + a) * m.size + a];
            largest = std::max(largest, std::fabs(own));
            if (a >= m.size - m.auxiliary && own < 0.0) expected_[j * m.size + a] = -1;
        }
    return Pivots(expected_, m.auxiliary == 0 ? 0.0 : kTiny * largest);
}

/**
 * Order of the fronts and room for them. Each subtree is finished before the next one begins, whatever the numbering:
 * a front's children are then the last updates on the stack.
 */
void Cholesky::plan_fronts() {
    children_.assign(symbolic_.supernodes(), {});
    panel_at_.assign(1, 0);
    std::vector<int> roots;
    for (int s = 0; s < symbolic_.supernodes(); ++s) {
        const int up = symbolic_.parent[s];
        (up >= 0 ? children_[up] : roots).push_back(s);
        panel_at_.push_back(panel_at_.back() +
                            std::size_t(symbolic_.height(s)) * symbolic_.columns(s) * size_ * size_);
    }
    // Parents before children from the right; read backwards it is the order from the leaves.
    order_.clear();
    while (!roots.empty()) {
        const int s = roots.back();
        roots.pop_back();
        order_.push_back(s);
        roots.insert(roots.end(), children_[s].begin(), children_[s].end());
    }
    std::reverse(order_.begin(), order_.end());
    std::size_t top = 0, highest = 0, largest = 0;
    for (int s : order_) {
        for (int child : children_[s]) top -= update_size(child);
        largest = std::max(largest, update_size(s));
        highest = std::max(highest, top += update_size(s));
    }
    Storage::provide(storage_, panel_at_.back(), panels_);
    Storage::provide(storage_, highest, updates_);
    Storage::provide(storage_, largest, rest_);
    local_.assign(symbolic_.nodes, 0);
}

std::size_t Cholesky::update_size(int s) const {
    return square(static_cast<std::size_t>(symbolic_.height(s) - symbolic_.columns(s)) * size_);
}

/** Sums matrix columns and children's updates into panel and rest_; gives the stack's end without the latter. */
std::size_t Cholesky::gather(const BlockMatrix &matrix, int s, std::size_t top, double *panel) {
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
    const auto &children = children_[s];
    for (auto child = children.rbegin(); child != children.rend(); ++child) {
        top -= update_size(*child);
        add_child(*child, s, updates_.data() + top, panel);
    }
    return top;
}

void Cholesky::add_child(int child, int s, const double *update, double *panel) {
    const int first = symbolic_.row_first[child] + symbolic_.columns(child);
    const int count = symbolic_.row_first[child + 1] - first;
    const int *rows = &symbolic_.rows[first];
    const int n = symbolic_.height(s) * size_, columns = symbolic_.columns(s) * size_;
    const int below = n - columns, width = count * size_;
    // Runs of rows that are consecutive in the parent too are added as vectors.
    std::vector<int> place(count);
    for (int k = 0; k < count; ++k) place[k] = local_[rows[k]] * size_;
    for (int k = 0; k < count; ++k)
        for (int b = 0; b < size_; ++b) {
            const int column = place[k] + b;
            const bool in_panel = column < columns;
            double *to = in_panel ? panel + std::size_t(column) * n
                                  : rest_.data() + std::size_t(column - columns) * below;
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
    for (int j = 0; j < columns; ++j) own[j] *= signs_[symbolic_.start[s] * size_ + j];
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
