// SPDX-License-Identifier: Apache-2.0
#include "capi/cell.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "capi/constants.h"
#include "common/error.h"

namespace nanohooke::capi {

namespace {

/** Volume over the product of the edges below which three vectors count as lying in a plane. */
constexpr double kFlat = 1e-9;
/** Share by which a vector's square must shrink, so that vectors of equal length never change for ever. */
constexpr double kWorth = 1e-6;

double dot(const double *a, const double *b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }
double length(const double *a) { return std::sqrt(dot(a, a)); }

void cross(const double *a, const double *b, double *out) {
    const double x = a[1] * b[2] - a[2] * b[1], y = a[2] * b[0] - a[0] * b[2], z = a[0] * b[1] - a[1] * b[0];
    out[0] = x;
    out[1] = y;
    out[2] = z;
}

/** The rows of a box. */
Mat3 box_rows(const double *box) {
    Mat3 rows;
    rows[0][0] = box[0];
    rows[1][0] = box[3];
    rows[1][1] = box[1];
    rows[2][0] = box[4];
    rows[2][1] = box[5];
    rows[2][2] = box[2];
    return rows;
}

}  // namespace

Mat3 rotation_of(const Mat3 &deformation) {
    Mat3 r = deformation;
    for (int step = 0; step < 100; ++step) {
        Mat3 cofactors;
        for (int i = 0; i < 3; ++i) cross(r[(i + 1) % 3], r[(i + 2) % 3], cofactors[i]);
        const double d = dot(r[0], cofactors[0]);
        double change = 0;
        for (int i = 0; i < 3; ++i)
            for (int j = 0; j < 3; ++j) {
                const double next = 0.5 * (r[i][j] + (0.0 + cofactors[i][j] / d));
                change = std::fmax(change, std::fabs(next - r[i][j]));
                r[i][j] = next;
            }
        if (change < 4 * std::numeric_limits<double>::epsilon() && std::isfinite(d)) return r;
    }
    throw Error(NH_BAD_ARGUMENT, "a deformation of the cell has no polar decomposition: it flattens space");
}

RestrictedCell::RestrictedCell(const double *cell, bool reduce) {
    for (int v = 0; v < 3; ++v)
        for (int d = 0; d < 3; ++d) {
            require(std::isfinite(cell[3 * v + d]), "the cell has a number that is not finite");
            given_[v][d] = cell[3 * v + d] + 0.0;
        }
    const double volume = determinant(given_);
    const double scale = length(given_[0]) * length(given_[1]) * length(given_[2]);
    require(std::fabs(volume) > kFlat * scale && std::isfinite(scale),
            "the three vectors of the cell lie in a plane, so that it has no volume");
    left_handed_ = volume < 0;
    entered_ = given_;
    if (left_handed_)
        for (double &c : entered_.m[2]) c = -c + 0.0;
    for (bool again = reduce; again;) {
        again = false;
        for (int i = 0; i < 3; ++i)
            for (int j = 0; j < 3; ++j) again |= i != j && shorten(i, j);
    }
    const double *a = entered_[0], *b = entered_[1], *c = entered_[2];
    if (a[1] == 0 && a[2] == 0 && b[2] == 0 && a[0] > 0 && b[1] > 0 && c[2] > 0) {
        turn_ = Mat3::identity();
    } else {
        double normal[3];
        cross(a, b, normal);
        for (int d = 0; d < 3; ++d) {
            turn_[0][d] = a[d] / length(a);
            turn_[2][d] = normal[d] / length(normal);
        }
        cross(turn_[2], turn_[0], turn_[1]);
    }
    const double box[6] = {turn_[0][0] == 1 ? a[0] : length(a),
                           dot(b, turn_[1]),
                           dot(c, turn_[2]),
                           dot(b, turn_[0]),
                           dot(c, turn_[0]),
                           dot(c, turn_[1])};
    std::copy(box, box + 6, box_);
}

bool RestrictedCell::shorten(int i, int j) {
    double *r = entered_[i];
    const double *s = entered_[j];
    const double along = dot(r, s), square = dot(s, s), count = std::rint(along / square);
    // |r - k s|^2 = |r|^2 - k (2 r.s - k |s|^2)
    if (count == 0 || count * (2 * along - count * square) <= kWorth * dot(r, r)) return false;
    for (int d = 0; d < 3; ++d) r[d] -= count * s[d];
    for (auto &multiples : multiples_) multiples[j] += count * multiples[i];
    changed_ = true;
    return true;
}

void RestrictedCell::heights(double out[3]) const {
    const Mat3 rows = box_rows(box_);
    for (int v = 0; v < 3; ++v) {
        double normal[3];
        cross(rows[(v + 1) % 3], rows[(v + 2) % 3], normal);
        out[v] = volume() / length(normal);
    }
}

std::vector<double> RestrictedCell::enter(const double *positions, int count) const {
    std::vector<double> entered(3 * static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < entered.size(); i += 3) multiply(turn_, positions + i, entered.data() + i);
    return entered;
}

void RestrictedCell::fractions(const double *position, double out[3]) const {
    // Rows of the inverse of the matrix whose columns are the vectors.
    const Mat3 reciprocal = inverse(transpose(given_));
    multiply(reciprocal, position, out);
}

Mat3 RestrictedCell::way_back(const double *minimum, int cells) const {
    Mat3 from = entered_;
    for (double &c : from.m[2]) c *= cells;
    // Columns are vectors: F takes the entered cell, in the input's axes, to the minimum in this frame.
    const Mat3 deformation = transpose(box_rows(minimum)) * inverse(transpose(from));
    return transpose(rotation_of(deformation));
}

void RestrictedCell::leave(const double *minimum, int cells, double *cell) const {
    const Mat3 back = box_rows(minimum) * transpose(way_back(minimum, cells));
    for (int v = 0; v < 3; ++v)
        for (int d = 0; d < 3; ++d) {
            double value = back[v][d];
            if (cells == 1 && changed_) {
                value = 0;
                for (int r = 0; r < 3; ++r) value += multiples_[v][r] * back[r][d];
            }
            cell[3 * v + d] = left_handed_ && v == 2 ? -value : value;
        }
}

void tensor_in_axes(const double *cell, bool in_lammps_cell, const double *predicted, double *tensor) {
    const RestrictedCell restricted(cell, false);
    double in_frame[36];
    std::copy(predicted, predicted + 36, in_frame);
    if (!in_lammps_cell) {
        // What a network learns from are stretched squares whose crystal lies along x and y. Seen from the restricted
        // frame of the stretched cell the crystal is turned.
        const double *box = restricted.box(), edge = std::sqrt(box[0] * box[1]);
        Mat3 stretched = Mat3::identity();
        stretched[0][0] = box[0] / edge;
        stretched[0][1] = box[3] / edge;
        stretched[1][1] = box[1] / edge;
        rotated(predicted, rotation_of(stretched), in_frame);
    }
    rotated(in_frame, transpose(restricted.turn()), tensor);
}

}  // namespace nanohooke::capi
