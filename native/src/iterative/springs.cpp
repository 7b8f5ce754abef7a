// SPDX-License-Identifier: Apache-2.0
#include "iterative/springs.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "common/error.h"
#include "eam/pair_coupling.h"
#include "sparse/ordering/ordering.h"
#include "sparse/symbolic.h"

namespace nanohooke::iterative {

namespace {

// Springs reach this much further than an atom's nearest neighbour: between the first and the second shell.
constexpr double kReach = 1.2;
// Share of the stiffness that every freedom gets beside its springs, so that nothing is singular.
constexpr double kLeast = 1e-6;
// An atom whose springs have a direction softer than this share is held by as much: it would go too far.
constexpr double kFloppy = 0.4;
// An anchor's share: what an atom's twelve neighbours hold it with along an axis.
constexpr double kAnchor = 4.0;
constexpr int kMost = 6;  // freedoms of two atoms

/** Lower factor L of a small positive semidefinite matrix, L L' = a, in place; directions without stiffness are 0. */
void factorise_semidefinite(int n, double *a) {
    double most = 0.0;
    for (int q = 0; q < n; ++q) most = std::max(most, a[q * n + q]);
    for (int j = 0; j < n; ++j) {
        const double pivot = a[j * n + j];
        const bool some = pivot > 1e-12 * most;
        const double root = some ? std::sqrt(pivot) : 0.0;
        for (int i = j; i < n; ++i) a[i * n + j] = some ? a[i * n + j] / root : 0.0;
        for (int i = j + 1; i < n; ++i)
            for (int k = j + 1; k <= i; ++k) a[i * n + k] -= a[i * n + j] * a[k * n + j];
        for (int k = j + 1; k < n; ++k) a[j * n + k] = 0.0;
    }
}

/** Two independent normal numbers at a time (Box and Muller 1958). */
class Normal {
public:
    explicit Normal(Random &random) : random_(random) {}
    double next() {
        if (have_) {
            have_ = false;
            return other_;
        }
        const double radius = std::sqrt(-2.0 * std::log(1.0 - random_.uniform(0.0, 1.0)));
        const double angle = 2.0 * 3.14159265358979323846 * random_.uniform(0.0, 1.0);
        other_ = radius * std::sin(angle);
        have_ = true;
        return radius * std::cos(angle);
    }

private:
    Random &random_;
    double other_ = 0.0;
    bool have_ = false;
};

}  // namespace

SpringNetwork::SpringNetwork(const eam::Evaluator &evaluator, const std::vector<double> &x, const Mat3 &h) {
    const int n = evaluator.atoms();
    const auto &first = evaluator.first_active();
    std::vector<double> nearest(n, std::numeric_limits<double>::infinity());
    for (int i = 0; i < n; ++i)
        for (int k = first[i]; k < first[i + 1]; ++k)
            for (int end : {i, evaluator.partner(k)})
                nearest[end] = std::min(nearest[end], evaluator.distance_squared(k));
    double sum = 0.0, count = 0.0;
    for (int i = 0; i < n; ++i)
        for (int k = first[i]; k < first[i + 1]; ++k) {
            const int j = evaluator.partner(k);
            const double square = evaluator.distance_squared(k);
            if (square > kReach * kReach * std::min(nearest[i], nearest[j])) continue;
            const auto &pair = evaluator.pair(k);
            springs_.push_back({i, j, {pair.d[0], pair.d[1], pair.d[2]}, pair.weight});
            const auto at = evaluator.potential().pair(std::sqrt(square));
            const double slope = evaluator.embedding()[i].first + evaluator.embedding()[j].first;
            sum += pair.weight * std::max(0.0, at.phi.second + slope * at.rho.second);
            count += pair.weight;
        }
    if (sum > 0.0) stiffness_ = sum / count;

    std::vector<std::vector<int>> near(n);
    for (const Spring &s : springs_)
        if (s.i != s.j) {
            near[s.i].push_back(s.j);
            near[s.j].push_back(s.i);
        }
    sparse::Graph graph;
    graph.first.assign(1, 0);
    for (auto &list : near) {
        std::sort(list.begin(), list.end());
        list.erase(std::unique(list.begin(), list.end()), list.end());
        graph.to.insert(graph.to.end(), list.begin(), list.end());
        graph.first.push_back(static_cast<int>(graph.to.size()));
        list = {};
    }
    sparse::Layout layout(x.size());
    const Mat3 to_fraction = inverse(h);
    for (int i = 0; i < n; ++i) {
        double *s = &layout[3 * static_cast<std::size_t>(i)];
        multiply(to_fraction, &x[3 * static_cast<std::size_t>(i)], s);
        for (int a = 0; a < 3; ++a) s[a] -= std::floor(s[a]);
    }
    rank_ = sparse::nested_dissection(graph, layout);
    sparse::postorder(graph, rank_);
}

/** The spring's matrix for the freedoms of its two atoms, row-major; of an image of the atom itself for one. */
void SpringFactor::couple(const SpringNetwork::Spring &spring, double *matrix) const {
    const double square = spring.d[0] * spring.d[0] + spring.d[1] * spring.d[1] + spring.d[2] * spring.d[2];
    const eam::PairStiffness s{0.0, spring.weight * network_->stiffness() / square, 0.0};
    double own[3][3], cross[3][3];
    eam::displacement_blocks(s, spring.d, block_, wave_number_, own, cross);
    const auto &components = eam::block_space(block_).components;
    const int size = spring.i == spring.j ? parts_ : 2 * parts_;
    for (int a = 0; a < parts_; ++a)
        for (int b = 0; b < parts_; ++b) {
            const double o = own[components[a]][components[b]], c = cross[components[a]][components[b]];
            const double transposed = cross[components[b]][components[a]];
            if (spring.i == spring.j) {
                matrix[a * size + b] = 2.0 * o + c + transposed;
                continue;
            }
            matrix[a * size + b] = matrix[(parts_ + a) * size + parts_ + b] = o;
            matrix[a * size + parts_ + b] = c;
            matrix[(parts_ + a) * size + b] = transposed;
        }
}

SpringFactor::SpringFactor(std::shared_ptr<const SpringNetwork> network, eam::Block block, double wave_number,
                           std::vector<char> pinned, double most_entries, const std::vector<char> &anchored)
    : network_(std::move(network)),
      block_(block),
      wave_number_(wave_number),
      parts_(static_cast<int>(eam::block_space(block).components.size())),
      pinned_(std::move(pinned)) {
    const int n = network_->atoms(), area = parts_ * parts_;
    const auto &rank = network_->rank();
    const double stiffness = network_->stiffness();
    sparse::BlockMatrix matrix;
    matrix.nodes = n;
    matrix.size = parts_;
    // The pattern: by columns, rows rising, each once.
    matrix.first.assign(n + 1, 0);
    for (const auto &s : network_->springs())
        if (s.i != s.j) ++matrix.first[std::min(rank[s.i], rank[s.j]) + 1];
    for (int k = 0; k < n; ++k) matrix.first[k + 1] += matrix.first[k] + 1;
    matrix.row.resize(matrix.first[n]);
    {
        std::vector<int> at(matrix.first.begin(), matrix.first.end() - 1);
        for (int k = 0; k < n; ++k) matrix.row[at[k]++] = k;
        for (const auto &s : network_->springs())
            if (s.i != s.j) matrix.row[at[std::min(rank[s.i], rank[s.j])]++] = std::max(rank[s.i], rank[s.j]);
        int to = 0, from = 0;
        for (int k = 0; k < n; ++k) {
            const int end = matrix.first[k + 1], begin = to;
            std::sort(matrix.row.begin() + from, matrix.row.begin() + end);
            for (; from < end; ++from)
                if (to == begin || matrix.row[to - 1] != matrix.row[from]) matrix.row[to++] = matrix.row[from];
            matrix.first[k] = begin;
            from = end;
        }
        matrix.first[n] = to;
        matrix.row.resize(to);
    }
    matrix.values.assign(static_cast<std::size_t>(matrix.row.size()) * area, 0.0);
    const auto block_at = [&](int row, int column) {
        const auto begin = matrix.row.begin() + matrix.first[column];
        const auto end = matrix.row.begin() + matrix.first[column + 1];
        return &matrix.values[static_cast<std::size_t>(std::lower_bound(begin, end, row) - matrix.row.begin()) * area];
    };
    double coupling[kMost * kMost];
    for (const auto &s : network_->springs()) {
        couple(s, coupling);
        const int size = s.i == s.j ? parts_ : 2 * parts_;
        const int i = rank[s.i], j = rank[s.j];
        double *first = block_at(i, i), *second = block_at(j, j),
               *cross = i == j ? nullptr : block_at(std::max(i, j), std::min(i, j));
        for (int a = 0; a < parts_; ++a)
            for (int b = 0; b < parts_; ++b) {
                first[a * parts_ + b] += coupling[a * size + b];
                if (i == j) continue;
                second[a * parts_ + b] += coupling[(parts_ + a) * size + parts_ + b];
                // The block (greater, less).
                cross[a * parts_ + b] += i > j ? coupling[a * size + parts_ + b] : coupling[(parts_ + a) * size + b];
            }
    }
    ground_.assign(static_cast<std::size_t>(n) * parts_, kLeast * stiffness);
    for (int i = 0; i < n; ++i) {
        double *diagonal = block_at(rank[i], rank[i]);
        double a[9];
        bool firm = true;
        for (int q = 0; q < area; ++q) a[q] = diagonal[q] - (q % (parts_ + 1) == 0 ? kFloppy * stiffness : 0.0);
        for (int c = 0; c < parts_ && firm; ++c) {
            firm = a[c * parts_ + c] > 0.0;
            for (int r = c + 1; r < parts_; ++r)
                for (int k = c + 1; k < parts_; ++k)
                    a[r * parts_ + k] -= a[r * parts_ + c] * a[c * parts_ + k] / a[c * parts_ + c];
        }
        for (int c = 0; c < parts_; ++c) {
            double &ground = ground_[static_cast<std::size_t>(i) * parts_ + c];
            if (!firm) ground = kFloppy * stiffness;
            if (!anchored.empty() && anchored[static_cast<std::size_t>(i) * parts_ + c]) ground += kAnchor * stiffness;
            diagonal[c * parts_ + c] += ground;
        }
    }
    std::vector<char> by_node(pinned_.size());
    for (int i = 0; i < n; ++i)
        for (int a = 0; a < parts_; ++a)
            by_node[static_cast<std::size_t>(rank[i]) * parts_ + a] = pinned_[i * parts_ + a];
    for (int c = 0; c < n; ++c)
        for (int e = matrix.first[c]; e < matrix.first[c + 1]; ++e)
            for (int a = 0; a < parts_; ++a)
                for (int b = 0; b < parts_; ++b) {
                    const int r = matrix.row[e] * parts_ + a, q = c * parts_ + b;
                    if (by_node[r] || by_node[q])
                        matrix.values[static_cast<std::size_t>(e) * area + a * parts_ + b] = r == q ? stiffness : 0.0;
                }
    const auto symbolic = sparse::analyse(matrix);
    double entries = 0.0;
    for (int s = 0; s < symbolic.supernodes(); ++s)
        entries += static_cast<double>(symbolic.height(s)) * symbolic.columns(s) * area;
    if (entries > most_entries) {
        blocks_.resize(static_cast<std::size_t>(n) * area);
        for (int i = 0; i < n; ++i) {
            double *to = &blocks_[static_cast<std::size_t>(i) * area];
            std::copy_n(block_at(rank[i], rank[i]), area, to);
            factorise_semidefinite(parts_, to);
        }
        return;
    }
    factor_.round_factors();
    if (!factor_.factorise(matrix)) throw Error(NH_INTERNAL, "a network of springs is not positive definite");
}

void SpringFactor::solve_diagonal(double *v) const {
    for (int i = 0; i < network_->atoms(); ++i) {
        const double *l = &blocks_[static_cast<std::size_t>(i) * parts_ * parts_];
        double *b = v + static_cast<std::size_t>(i) * parts_;
        for (int r = 0; r < parts_; ++r) {
            for (int c = 0; c < r; ++c) b[r] -= l[r * parts_ + c] * b[c];
            b[r] /= l[r * parts_ + r];
        }
        for (int r = parts_ - 1; r >= 0; --r) {
            for (int c = r + 1; c < parts_; ++c) b[r] -= l[c * parts_ + r] * b[c];
            b[r] /= l[r * parts_ + r];
        }
        for (int r = 0; r < parts_; ++r)
            if (pinned_[i * parts_ + r]) b[r] = 0.0;
    }
}

void SpringFactor::solve(std::vector<double> &v, int count) {
    const std::size_t length = pinned_.size();
    if (diagonal()) {
        for (int k = 0; k < count; ++k) solve_diagonal(v.data() + k * length);
        return;
    }
    const auto &rank = network_->rank();
    work_.resize(length * count);
    for (int k = 0; k < count; ++k)
        for (int i = 0; i < network_->atoms(); ++i) {
            const std::size_t from = k * length + static_cast<std::size_t>(i) * parts_;
            double *to = &work_[k * length + static_cast<std::size_t>(rank[i]) * parts_];
            for (int a = 0; a < parts_; ++a) to[a] = pinned_[i * parts_ + a] ? 0.0 : v[from + a];
        }
    factor_.solve(work_.data(), count);
    for (int k = 0; k < count; ++k)
        for (int i = 0; i < network_->atoms(); ++i) {
            const double *from = &work_[k * length + static_cast<std::size_t>(rank[i]) * parts_];
            double *to = &v[k * length + static_cast<std::size_t>(i) * parts_];
            for (int a = 0; a < parts_; ++a) to[a] = pinned_[i * parts_ + a] ? 0.0 : from[a];
        }
}

void SpringFactor::multiply(const std::vector<double> &v, std::vector<double> &y) const {
    if (diagonal()) {
        for (int i = 0; i < network_->atoms(); ++i) {
            const double *l = &blocks_[static_cast<std::size_t>(i) * parts_ * parts_];
            const double *u = &v[static_cast<std::size_t>(i) * parts_];
            for (int c = 0; c < parts_; ++c) {
                double along = 0.0;
                for (int r = c; r < parts_; ++r) along += l[r * parts_ + c] * u[r];
                for (int r = c; r < parts_; ++r)
                    y[static_cast<std::size_t>(i) * parts_ + r] += l[r * parts_ + c] * along;
            }
        }
        return;
    }
    double coupling[kMost * kMost];
    for (const auto &s : network_->springs()) {
        couple(s, coupling);
        const int size = s.i == s.j ? parts_ : 2 * parts_;
        const auto at = [&](int a) { return static_cast<std::size_t>(a < parts_ ? s.i : s.j) * parts_ + a % parts_; };
        for (int a = 0; a < size; ++a)
            for (int b = 0; b < size; ++b) y[at(a)] += coupling[a * size + b] * v[at(b)];
    }
    for (std::size_t q = 0; q < v.size(); ++q) y[q] += ground_[q] * v[q];
}

std::vector<double> SpringFactor::random(Random &random) {
    Normal normal(random);
    std::vector<double> w(pinned_.size());
    for (std::size_t q = 0; q < w.size(); ++q) w[q] = std::sqrt(ground_[q]) * normal.next();
    if (diagonal()) {
        for (int i = 0; i < network_->atoms(); ++i) {
            double own[3] = {normal.next(), normal.next(), normal.next()};
            for (int r = 0; r < parts_; ++r) {
                double sum = 0.0;
                for (int c = 0; c <= r; ++c)
                    sum += blocks_[static_cast<std::size_t>(i) * parts_ * parts_ + r * parts_ + c] * own[c];
                w[static_cast<std::size_t>(i) * parts_ + r] = pinned_[i * parts_ + r] ? 0.0 : sum;
            }
        }
        return w;
    }
    double coupling[kMost * kMost], draw[kMost];
    for (const auto &s : network_->springs()) {
        couple(s, coupling);
        const int size = s.i == s.j ? parts_ : 2 * parts_;
        // Pinned freedoms have neither row nor column.
        for (int a = 0; a < size; ++a) {
            const int atom = a < parts_ ? s.i : s.j;
            if (!pinned_[atom * parts_ + a % parts_]) continue;
            for (int b = 0; b < size; ++b) coupling[a * size + b] = coupling[b * size + a] = 0.0;
        }
        factorise_semidefinite(size, coupling);
        for (int a = 0; a < size; ++a) draw[a] = normal.next();
        for (int a = 0; a < size; ++a) {
            double sum = 0.0;
            for (int b = 0; b <= a; ++b) sum += coupling[a * size + b] * draw[b];
            w[static_cast<std::size_t>(a < parts_ ? s.i : s.j) * parts_ + a % parts_] += sum;
        }
    }
    for (std::size_t q = 0; q < w.size(); ++q)
        if (pinned_[q]) w[q] = 0.0;
    return w;
}

}  // namespace nanohooke::iterative
