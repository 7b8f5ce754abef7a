// SPDX-License-Identifier: Apache-2.0
#include "aluminium.h"
#include "check.h"
#include "common/error.h"
#include "eam/spline.h"

using namespace nanohooke;
using eam::Potential;

namespace {

void mishin_aluminium() {
    const auto p = structures::aluminium();
    CHECK_NEAR(p->cutoff(), 6.28721, 1e-12);
    CHECK(p->pair_intervals() == 9999);
}

/** Cubics through knots reproduce straight lines and, in the inside, parabolas exactly. */
void splines() {
    const eam::Spline line(0.5, {1, 3, 5, 7, 9, 11});
    for (int m = 0; m < line.intervals(); ++m) {
        CHECK_NEAR(line.coefficients[4 * m], 0.0, 1e-14);
        CHECK_NEAR(line.coefficients[4 * m + 1], 0.0, 1e-14);
        CHECK_NEAR(line.coefficients[4 * m + 2], 2.0, 1e-14);
    }
    const eam::Spline parabola(1.0, {0, 1, 4, 9, 16, 25, 36});
    const double *c = &parabola.coefficients[4 * 3];  // 3 + p: (3 + p)^2
    CHECK_NEAR(c[0], 0.0, 1e-13);
    CHECK_NEAR(c[1], 1.0, 1e-13);
    CHECK_NEAR(c[2], 6.0, 1e-13);
    CHECK_NEAR(c[3], 9.0, 1e-13);
}

void embedding() {
    const eam::Table f{1.0, {0, 1, 4, 9, 16}}, rho{0.5, {5, 4, 3, 2, 1}}, z{0.5, {0, 1, 2, 3, 4}};
    const Potential p(f, rho, z, 2.0, 27.0);
    // Inside, knots 0 1 4 9 16; the value and slope at knot 2 follow from the five-point rule.
    CHECK_NEAR(p.embedding(2.0).value, 4.0, 1e-14);
    CHECK_NEAR(p.embedding(2.0).first, ((0 - 16) + 8.0 * (9 - 1)) / 12.0, 1e-14);
    // Beyond the table: a straight line with the last slope.
    const auto end = p.embedding(4.0), far = p.embedding(6.0);
    CHECK_NEAR(far.value, end.value + 2.0 * end.first, 1e-13);
    CHECK_NEAR(far.second, 0.0, 0.0);
}

/** Intervals are counted with 32 bits: a cutoff that lies beyond is refused, a distance is in the last interval. */
void far_away() {
    const eam::Table f{1.0, {0, 1, 4, 9, 16}};
    const auto status = [&](double spacing) {
        const eam::Table rho{spacing, {5, 4, 3, 2, 1}}, z{spacing, {0, 1, 2, 3, 4}};
        try {
            const Potential p(f, rho, z, 2.0, 27.0);
            return int(NH_OK);
        } catch (const Error &error) {
            return error.status();
        }
    };
    CHECK(status(3e-9) == NH_OK);
    for (double spacing : {1e-9, 5e-13, 1e-300, 5e-324}) CHECK(status(spacing) == NH_BAD_ARGUMENT);
    const eam::Table rho{0.5, {5, 4, 3, 2, 1}}, z{0.5, {0, 1, 2, 3, 4}};
    const Potential p(f, rho, z, 2.0, 27.0);
    for (double r : {2.0, 3.0, 1e10, 1e300}) {
        CHECK_NEAR(p.pair(r).rho.value, 1.0, 1e-14);
        CHECK_NEAR(p.pair(r).phi.value * r, 4.0, 1e-14);
    }
}

}  // namespace

int main() {
    mishin_aluminium();
    splines();
    embedding();
    far_away();
    return check::report("potential_test");
}
