// SPDX-License-Identifier: Apache-2.0
#include "statics/components.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numeric>

#include "eam/pair_stiffness.h"

namespace nanohooke::statics {

namespace {

/** Backwards: ~image. */
struct Link {
    int to;
    int image;
};

/** Adds w to a list of independent integer vectors where it is independent of them. */
void add_winding(std::vector<std::vector<int>> &basis, const std::array<int, 3> &w) {
    if (basis.size() == 3) return;
    const auto determinant3 = [](const std::vector<int> &a, const std::vector<int> &b, const std::array<int, 3> &c) {
        return a[0] * (b[1] * c[2] - b[2] * c[1]) - a[1] * (b[0] * c[2] - b[2] * c[0]) +
               a[2] * (b[0] * c[1] - b[1] * c[0]);
    };
    bool independent = false;
    if (basis.empty()) {
        independent = w[0] != 0 || w[1] != 0 || w[2] != 0;
    } else if (basis.size() == 1) {
        const auto &a = basis[0];
        independent = a[0] * w[1] != a[1] * w[0] || a[0] * w[2] != a[2] * w[0] || a[1] * w[2] != a[2] * w[1];
    } else {
        independent = determinant3(basis[0], basis[1], w) != 0;
    }
    if (independent) basis.push_back({w[0], w[1], w[2]});
}

void cross(const double *a, const double *b, double *c) {
    for (int k = 0; k < 3; ++k) c[k] = a[(k + 1) % 3] * b[(k + 2) % 3] - a[(k + 2) % 3] * b[(k + 1) % 3];
}

double length(const double *a) { return std::sqrt(a[0] * a[0] + a[1] * a[1] + a[2] * a[2]); }

/** Position of the piece's k-th atom relative to its first, unfolded. */
void unfolded(const Component &piece, int k, const std::vector<double> &x, const Mat3 &h, double *d) {
    const double n[3] = {double(piece.offsets[3 * k]), double(piece.offsets[3 * k + 1]),
                         double(piece.offsets[3 * k + 2])};
    multiply(h, n, d);
    for (int a = 0; a < 3; ++a) d[a] += x[3 * piece.atoms[k] + a] - x[3 * piece.atoms[0] + a];
}

/**
 * Holds the rotations about the given axes, one freedom each: the atom and direction that such a rotation moves most.
 * A later axis is asked only for what the freedoms already held leave free, which single atoms chosen by the largest
 * lever satisfy for axes along the coordinates.
 */
void pin_rotation(const Component &piece, const double *axis, const std::vector<int> &directions,
                  const std::vector<double> &x, const Mat3 &h, std::vector<int> &pins) {
    double most = 0.0;
    int best = -1;
    const int count = static_cast<int>(directions.size());
    for (std::size_t k = 1; k < piece.atoms.size(); ++k) {
        double d[3], motion[3];
        unfolded(piece, static_cast<int>(k), x, h, d);
        cross(axis, d, motion);
        for (int a = 0; a < count; ++a) {
            const int freedom = piece.atoms[k] * count + a;
            const double size = std::fabs(motion[directions[a]]);
            if (size <= most || std::find(pins.begin(), pins.end(), freedom) != pins.end()) continue;
            most = size;
            best = freedom;
        }
    }
    if (most > 1e-6) pins.push_back(best);
}

}  // namespace

int Component::percolation() const {
    int bits = 0;
    for (const auto &w : windings)
        for (int a = 0; a < 3; ++a)
            if (w[a] != 0) bits |= 1 << a;
    return bits;
}

std::vector<Component> components(const eam::Evaluator &evaluator, const std::vector<double> &x, const Mat3 &h) {
    const eam::PairList &list = evaluator.list();
    const double limit = evaluator.potential().cutoff() * evaluator.potential().cutoff();
    const int n = list.atoms();
    const auto near = [&](int i, const eam::Neighbour &nb) {
        const auto &image = list.images[nb.image];
        const double cells[3] = {double(image.n[0]), double(image.n[1]), double(image.n[2])};
        double d[3];
        multiply(h, cells, d);
        for (int a = 0; a < 3; ++a) d[a] += x[3 * nb.j + a] - x[3 * i + a];
        return d[0] * d[0] + d[1] * d[1] + d[2] * d[2] < limit;
    };
    // Links of atom i: links[first[i]] .. links[first[i + 1]]; counted first, since there are many.
    std::vector<std::int64_t> first(n + 2, 0);
    const auto every_link = [&](const auto &body) {
        for (int i = 0; i < n; ++i)
            for (int k = list.first[i]; k < list.first[i + 1]; ++k) {
                const auto nb = list.neighbours[k];
                if (!near(i, nb)) continue;
                body(i, Link{nb.j, nb.image});
                if (nb.j != i) body(nb.j, Link{i, ~nb.image});
            }
    };
    every_link([&](int i, const Link &) { ++first[i + 2]; });
    for (int i = 0; i < n; ++i) first[i + 2] += first[i + 1];
    std::vector<Link> links(first[n + 1]);
    every_link([&](int i, const Link &link) { links[first[i + 1]++] = link; });

    std::vector<Component> pieces;
    std::vector<int> piece_of(n, -1), place(n, 0);
    for (int seed = 0; seed < n; ++seed) {
        if (piece_of[seed] >= 0) continue;
        Component piece;
        const int id = static_cast<int>(pieces.size());
        piece.atoms.push_back(seed);
        piece.offsets.assign(3, 0);
        piece_of[seed] = id;
        for (std::size_t k = 0; k < piece.atoms.size(); ++k) {
            const int i = piece.atoms[k];
            for (std::int64_t q = first[i]; q < first[i + 1]; ++q) {
                const Link &link = links[q];
                const bool back = link.image < 0;
                const int *cells = list.images[back ? ~link.image : link.image].n;
                std::array<int, 3> offset;
                for (int a = 0; a < 3; ++a) offset[a] = piece.offsets[3 * k + a] + (back ? -cells[a] : cells[a]);
                if (piece_of[link.to] < 0) {
                    piece_of[link.to] = id;
                    place[link.to] = static_cast<int>(piece.atoms.size());
                    piece.atoms.push_back(link.to);
                    piece.offsets.insert(piece.offsets.end(), offset.begin(), offset.end());
                } else {
                    for (int a = 0; a < 3; ++a) offset[a] -= piece.offsets[3 * place[link.to] + a];
                    add_winding(piece.windings, offset);
                }
            }
        }
        pieces.push_back(std::move(piece));
    }
    std::stable_sort(pieces.begin(), pieces.end(), [](const Component &a, const Component &b) {
        if (a.windings.size() != b.windings.size()) return a.windings.size() > b.windings.size();
        return a.atoms.size() > b.atoms.size();
    });
    return pieces;
}

std::vector<int> weakly_held(const eam::Evaluator &evaluator, double least_stiffness) {
    const int n = evaluator.atoms();
    std::vector<int> root(n), size(n, 0);
    std::iota(root.begin(), root.end(), 0);
    const auto find = [&](int i) {
        while (root[i] != i) i = root[i] = root[root[i]];
        return i;
    };
    for (int i = 0; i < n; ++i)
        for (int k = evaluator.first_active()[i]; k < evaluator.first_active()[i + 1]; ++k) {
            const auto s = eam::pair_stiffness(evaluator, i, k);
            const double along = s.stretch * evaluator.distance_squared(k) + s.tension;
            if (std::fabs(along) >= least_stiffness) root[find(i)] = find(evaluator.partner(k));
        }
    for (int i = 0; i < n; ++i) ++size[find(i)];
    const int main = static_cast<int>(std::max_element(size.begin(), size.end()) - size.begin());
    std::vector<int> weak;
    for (int i = 0; i < n; ++i)
        if (find(i) != main) weak.push_back(i);
    return weak;
}

std::vector<int> pinned_freedoms(const std::vector<Component> &pieces, const std::vector<int> &directions,
                                 const std::vector<double> &x, const Mat3 &h) {
    const int count = static_cast<int>(directions.size());
    std::vector<int> all;
    for (const Component &piece : pieces) {
        std::vector<int> pins;
        for (int a = 0; a < count; ++a) pins.push_back(piece.atoms[0] * count + a);
        const double unit[3][3] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
        if (count == 2) {
            // A planar piece that winds around z alone can turn about it.
            if ((piece.percolation() & 3) == 0) pin_rotation(piece, unit[2], directions, x, h, pins);
        } else if (count == 3 && piece.windings.size() == 1) {
            const auto &w = piece.windings[0];
            const double cells[3] = {double(w[0]), double(w[1]), double(w[2])};
            double axis[3];
            multiply(h, cells, axis);
            const double norm = length(axis);
            for (double &v : axis) v /= norm;
            pin_rotation(piece, axis, directions, x, h, pins);
        } else if (count == 3 && piece.windings.empty() && piece.atoms.size() > 1) {
            // The farthest atom may move only along its lever, a third one only within their plane.
            int far = 1;
            double best = 0.0, lever[3] = {0, 0, 0};
            for (std::size_t k = 1; k < piece.atoms.size(); ++k) {
                double d[3];
                unfolded(piece, static_cast<int>(k), x, h, d);
                if (length(d) <= best) continue;
                best = length(d);
                far = static_cast<int>(k);
                std::copy(d, d + 3, lever);
            }
            int along = 0;
            for (int a = 1; a < 3; ++a)
                if (std::fabs(lever[a]) > std::fabs(lever[along])) along = a;
            for (int a = 0; a < 3; ++a)
                if (a != along) pins.push_back(piece.atoms[far] * 3 + a);
            for (double &v : lever) v /= best;
            pin_rotation(piece, lever, directions, x, h, pins);
        }
        all.insert(all.end(), pins.begin(), pins.end());
    }
    return all;
}

}  // namespace nanohooke::statics
