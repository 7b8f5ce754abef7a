// SPDX-License-Identifier: Apache-2.0
#include "sparse/cholesky.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <utility>

#include "common/stopwatch.h"

namespace nanohooke::sparse {

namespace {

// With auxiliary freedoms a pivot below this share of the diagonal tells nothing and would spoil the accuracy.
constexpr double kTiny = 1e-8;
// A count of negative pivots is that of a matrix which differs from the given one by this share at the most.
constexpr double kCounted = 1e-10;
// Share of the largest diagonal entry that replaces a smaller pivot of an indefinite matrix.
constexpr double kReplaced = 1e-10;

}  // namespace

bool Cholesky::same_pattern(const BlockMatrix &m) const {
    return m.size == size_ && m.first == pattern_first_ && m.row == pattern_row_;
}

bool Cholesky::factorise_exactly(BlockMatrix &matrix, Refusal refusal) {
    if (refusal == Refusal::alone && matrix.auxiliary > 0) {
        const Count count = count_negative(matrix);
        if (count != Count::doubtful) return done_ = count == Count::auxiliary_alone;
    } else if (factorise(matrix)) {
        return true;
    }
    if (matrix.auxiliary == 0) return false;
    matrix = condensed(matrix);
    return factorise(matrix);
}

/**
 * The inertia of the whole matrix is that of its auxiliary diagonal and that of the condensed matrix together
 * (Haynsworth 1968), in whatever order it is eliminated. The factor is good for solutions, too, unless the count is
 * doubtful.
 */
Cholesky::Count Cholesky::count_negative(const BlockMatrix &matrix) {
    int auxiliary = 0;
    for (int j = 0; j < matrix.nodes; ++j)
        for (int a = matrix.size - matrix.auxiliary; a < matrix.size; ++a) auxiliary += matrix.diagonal(j, a) < 0.0;
    if (!factorise_indefinite(matrix) || pivots_.replaced() > 0 || !(backward_error(matrix) < kCounted))
        return Count::doubtful;
    return pivots_.negative() == auxiliary ? Count::auxiliary_alone : Count::more;
}

/** Share of the matrix by which the one that the factor belongs to differs from it, as one solution tells. */
double Cholesky::backward_error(const BlockMatrix &matrix) const {
    const int n = matrix.order();
    std::vector<double> x(n), product(n);
    // A right-hand side with a part of every eigenvector.
    for (int k = 0; k < n; ++k) x[k] = 1.0 + 0.5 * std::sin(1.0 + k);
    const std::vector<double> wanted = x;
    solve(x.data());
    multiply(matrix, x.data(), product.data());
    double residual = 0.0, solution = 0.0, largest = 0.0;
    for (int k = 0; k < n; ++k) {
        residual = std::max(residual, std::fabs(product[k] - wanted[k]));
        solution = std::max(solution, std::fabs(x[k]));
    }
    for (double v : matrix.values) largest = std::max(largest, std::fabs(v));
    return residual / (largest * solution);
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
        for (int a = 0; a < matrix.size; ++a) largest = std::max(largest, std::fabs(matrix.diagonal(j, a)));
    pivots_ = Pivots::of_any_sign(kReplaced * (largest > 0.0 ? largest : 1.0));
    return eliminate(matrix);
}

void Cholesky::prepare(const BlockMatrix &matrix) {
    ++factorisations_;
    analyse(matrix);
}

void Cholesky::analyse(const BlockMatrix &matrix) {
    done_ = false;
    if (same_pattern(matrix)) return;
    const Stopwatch watch(seconds_analysis_);
    // The pattern is known when all of it is: memory may run out on the way.
    pattern_first_.clear();
    size_ = matrix.size;
    symbolic_ = sparse::analyse(matrix, amalgamation_);
    plan_fronts();
    pattern_row_ = matrix.row;
    pattern_first_ = matrix.first;
}

void Cholesky::share(std::shared_ptr<Workers> workers) {
    workers_ = std::move(workers);
    if (pattern_first_.empty()) return;
    auto pattern = std::exchange(pattern_first_, {});
    plan_fronts();
    pattern_first_ = std::move(pattern);
}

bool Cholesky::eliminate(const BlockMatrix &matrix) {
    const Stopwatch watch(seconds_factorisation_);
    if (!rounded_) return eliminate_fronts(matrix);
    // Who rounds is short of memory: nothing is kept for another time.
    provide_work(std::make_shared<Storage>());
    const bool done = eliminate_fronts(matrix);
    memory_.clear();
    handed_ = {};
    return done;
}

bool Cholesky::eliminate_fronts(const BlockMatrix &matrix) {
    if (!eliminate_branches(matrix)) return false;
    Crew all;
    all.workers = workers_.get();
    for (Memory &memory : memory_) all.rooms.push_back(memory.packed.data());
    for (int s : schedule_.crown)
        if (!eliminate_front(matrix, s, memory_[0], all, pivots_)) return false;
    done_ = true;
    return true;
}

/** A branch that fails ends those after it in the tree's order, not those before: which one tells is no race. */
bool Cholesky::eliminate_branches(const BlockMatrix &matrix) {
    const int count = static_cast<int>(schedule_.branches.size());
    std::vector<Pivots> seen(count, pivots_);
    std::vector<Crew> alone(memory_.size());
    for (std::size_t w = 0; w < memory_.size(); ++w) {
        alone[w].rooms.push_back(memory_[w].packed.data());
        memory_[w].top = 0;
    }
    std::atomic<int> failed{count};
    const auto work = [&](int task, int worker) {
        const int number = schedule_.by_work[task];
        const Schedule::Branch &branch = schedule_.branches[number];
        Memory &memory = memory_[worker];
        memory.top = 0;
        for (int k = branch.begin; k < branch.end && number < failed; ++k) {
            if (eliminate_front(matrix, schedule_.order[k], memory, alone[worker], seen[number])) continue;
            int known = failed;
            while (number < known && !failed.compare_exchange_weak(known, number)) {
            }
        }
    };
    if (workers_)
        workers_->run(count, work);
    else
        for (int task = 0; task < count; ++task) work(task, 0);
    memory_[0].top = 0;
    if (failed < count) {
        pivots_ = seen[failed];
        return false;
    }
    for (const Pivots &pivots : seen) pivots_.add(pivots);
    return true;
}

bool Cholesky::eliminate_front(const BlockMatrix &matrix, int s, Memory &memory, const Crew &crew, Pivots &pivots) {
    const int n = symbolic_.height(s) * size_, columns = symbolic_.columns(s) * size_;
    const std::size_t rest = update_size(symbolic_, size_, s);
    double *panel = rounded_ ? memory.panel.data() : panels_.data() + panel_at_[s];
    const bool handed = schedule_.handed_at[s] >= 0;
    std::fill_n(panel, std::size_t(n) * columns, 0.0);
    std::fill_n(memory.rest.data(), rest, 0.0);
    gather(matrix, s, memory, panel);
    const int base = symbolic_.start[s] * size_;
    if (!partial_cholesky(n, columns, panel, memory.rest.data(), &signs_[base], base, pivots, crew)) return false;
    // The children's updates were in the way until now.
    std::copy_n(memory.rest.data(), rest,
                handed ? handed_.data() + schedule_.handed_at[s] : memory.updates.data() + memory.top);
    if (!handed) memory.top += rest;
    if (rounded_) std::copy_n(panel, std::size_t(n) * columns, rounded_panels_.get() + panel_at_[s]);
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

/** Order of the fronts and room for them. */
void Cholesky::plan_fronts() {
    schedule_ = schedule(symbolic_, size_, workers_ ? workers_->count() : 1);
    panel_at_.assign(1, 0);
    for (int s = 0; s < symbolic_.supernodes(); ++s)
        panel_at_.push_back(panel_at_.back() + std::size_t(symbolic_.height(s)) * symbolic_.columns(s) * size_ * size_);
    if (rounded_) {
        rounded_panels_.reset();
        rounded_panels_.reset(new float[panel_at_.back()]);
    } else {
        Storage::provide(storage_, panel_at_.back(), panels_);
        provide_work(storage_);
    }
}

/** What a factorisation works with beside the factor. */
void Cholesky::provide_work(const std::shared_ptr<Storage> &storage) {
    int highest = 0;
    std::size_t largest = 0;
    for (int s = 0; s < symbolic_.supernodes(); ++s) {
        highest = std::max(highest, symbolic_.height(s));
        largest = std::max(largest, panel_at_[s + 1] - panel_at_[s]);
    }
    Storage::provide(storage, schedule_.handed, handed_);
    memory_.resize(workers_ ? workers_->count() : 1);
    for (Memory &memory : memory_) {
        const bool crown = &memory == &memory_[0];
        Storage::provide(storage, std::max(schedule_.branch_stack, crown ? schedule_.crown_stack : 0), memory.updates);
        Storage::provide(storage, std::max(schedule_.branch_rest, crown ? schedule_.crown_rest : 0), memory.rest);
        if (rounded_) Storage::provide(storage, largest, memory.panel);
        memory.local.assign(symbolic_.nodes, 0);
        memory.place.assign(highest, 0);
        Storage::provide(storage, workspace_size(), memory.packed);
    }
}

/** Sums matrix columns and children's updates into panel and rest, and takes the latter off the stack. */
void Cholesky::gather(const BlockMatrix &matrix, int s, Memory &memory, double *panel) {
    int *local = memory.local.data();
    const int *rows = &symbolic_.rows[symbolic_.row_first[s]];
    const int height = symbolic_.height(s);
    for (int k = 0; k < height; ++k) local[rows[k]] = k;
    const std::size_t ld = std::size_t(height) * size_;
    const int area = size_ * size_;
    for (int j = symbolic_.start[s]; j < symbolic_.start[s + 1]; ++j)
        for (int e = matrix.first[j]; e < matrix.first[j + 1]; ++e) {
            const double *block = &matrix.values[std::size_t(e) * area];
            double *to = panel + std::size_t(j - symbolic_.start[s]) * size_ * ld + local[matrix.row[e]] * size_;
            for (int b = 0; b < size_; ++b)
                for (int a = 0; a < size_; ++a) to[b * ld + a] = block[a * size_ + b];
        }
    const auto &children = schedule_.children[s];
    for (auto child = children.rbegin(); child != children.rend(); ++child) {
        const std::ptrdiff_t handed = schedule_.handed_at[*child];
        if (handed < 0) memory.top -= update_size(symbolic_, size_, *child);
        add_child(*child, s, handed >= 0 ? handed_.data() + handed : memory.updates.data() + memory.top, memory, panel);
    }
}

void Cholesky::add_child(int child, int s, const double *update, Memory &memory, double *panel) {
    const int first = symbolic_.row_first[child] + symbolic_.columns(child);
    const int count = symbolic_.row_first[child + 1] - first;
    const int *rows = &symbolic_.rows[first];
    const int n = symbolic_.height(s) * size_, columns = symbolic_.columns(s) * size_;
    const int below = n - columns, width = count * size_;
    // Runs of rows that are consecutive in the parent too are added as vectors.
    int *place = memory.place.data();
    for (int k = 0; k < count; ++k) place[k] = memory.local[rows[k]] * size_;
    for (int k = 0; k < count; ++k)
        for (int b = 0; b < size_; ++b) {
            const int column = place[k] + b;
            const bool in_panel = column < columns;
            double *to =
                in_panel ? panel + std::size_t(column) * n : memory.rest.data() + std::size_t(column - columns) * below;
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

namespace {

void apply(int m, int k, const double *a, int lda, const double *x, double *y) {
    dense_kernel().apply(m, k, a, lda, x, y);
}
void apply(int m, int k, const float *a, int lda, const double *x, double *y) {
    dense_kernel().apply_single(m, k, a, lda, x, y);
}
void apply_transposed(int m, int k, const double *a, int lda, const double *x, double *y) {
    dense_kernel().apply_transposed(m, k, a, lda, x, y);
}
void apply_transposed(int m, int k, const float *a, int lda, const double *x, double *y) {
    dense_kernel().apply_single_transposed(m, k, a, lda, x, y);
}

}  // namespace

template <class Number>
void Cholesky::forward(int s, const Number *panel, double *b, double *local) const {
    const int n = symbolic_.height(s) * size_, columns = symbolic_.columns(s) * size_, below = n - columns;
    const int *rows = &symbolic_.rows[symbolic_.row_first[s]];
    double *own = b + symbolic_.start[s] * size_;
    for (int j = 0; j < columns; ++j) {
        const Number *column = panel + std::size_t(j) * n;
        own[j] /= column[j];
        for (int i = j + 1; i < columns; ++i) own[i] -= column[i] * own[j];
    }
    std::fill_n(local, below, 0.0);
    apply(below, columns, panel + columns, n, own, local);
    for (int k = symbolic_.columns(s); k < symbolic_.height(s); ++k)
        for (int a = 0; a < size_; ++a) b[rows[k] * size_ + a] += local[k * size_ + a - columns];
}

template <class Number>
void Cholesky::backward(int s, const Number *panel, double *b, double *local) const {
    const int n = symbolic_.height(s) * size_, columns = symbolic_.columns(s) * size_, below = n - columns;
    const int *rows = &symbolic_.rows[symbolic_.row_first[s]];
    double *own = b + symbolic_.start[s] * size_;
    for (int k = symbolic_.columns(s); k < symbolic_.height(s); ++k)
        for (int a = 0; a < size_; ++a) local[k * size_ + a - columns] = b[rows[k] * size_ + a];
    for (int j = 0; j < columns; ++j) own[j] *= signs_[symbolic_.start[s] * size_ + j];
    apply_transposed(below, columns, panel + columns, n, local, own);
    for (int j = columns - 1; j >= 0; --j) {
        const Number *column = panel + std::size_t(j) * n;
        double sum = own[j];
        for (int i = j + 1; i < columns; ++i) sum -= column[i] * own[i];
        own[j] = sum / column[j];
    }
}

void Cholesky::solve(double *b, int count) const {
    if (rounded_)
        solve(rounded_panels_.get(), b, count);
    else
        solve(panels_.data(), b, count);
}

template <class Number>
void Cholesky::solve(const Number *panels, double *b, int count) const {
    std::vector<double> local(order());
    // All right-hand sides meet a panel while it is in the cache.
    for (int s = 0; s < symbolic_.supernodes(); ++s)
        for (int k = 0; k < count; ++k) forward(s, panels + panel_at_[s], b + std::size_t(k) * order(), local.data());
    for (int s = symbolic_.supernodes() - 1; s >= 0; --s)
        for (int k = 0; k < count; ++k) backward(s, panels + panel_at_[s], b + std::size_t(k) * order(), local.data());
}

}  // namespace nanohooke::sparse
