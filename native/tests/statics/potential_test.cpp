// SPDX-License-Identifier: Apache-2.0
#include <fstream>
#include <sstream>
#include <string>

#include "check.h"
#include "common/error.h"
#include "eam/potential.h"
#include "eam/spline.h"

using namespace nanohooke;
using eam::Potential;

namespace {

std::string file_text() {
    std::ifstream file(check::potential_path());
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/** The message that a text is refused with; "" where it is taken. */
std::string refusal(const std::string &text, const std::string &element = "Al") {
    try {
        Potential::parse(text, element, "test.eam");
    } catch (const Error &error) {
        CHECK(error.status() == NH_BAD_FILE);
        return error.what();
    }
    return "";
}

bool says(const std::string &message, const char *part) { return message.find(part) != std::string::npos; }

/** A complete file of one element with five knots per table. */
std::string tiny(const std::string &header = "1 X", const std::string &grid = "5 1.0 5 0.5 2.0") {
    return "a\nb\nc\n" + header + "\n" + grid + "\n13 27.0 4.0 fcc\n0 1 4 9 16\n5 4 3 2 1\n0 1 2 3 4\n";
}

void mishin_aluminium() {
    const Potential p = Potential::load(check::potential_path(), "Al");
    CHECK(p.element() == "Al");
    CHECK_NEAR(p.mass(), 26.982, 1e-12);
    CHECK_NEAR(p.lattice_constant(), 4.05, 1e-12);
    CHECK_NEAR(p.cutoff(), 6.28721, 1e-12);
    CHECK(p.pair_intervals() == 9999);
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
    const Potential p = Potential::parse(tiny(), "X", "test.eam");
    // Inside, knots 0 1 4 9 16; the value and slope at knot 2 follow from the five-point rule.
    CHECK_NEAR(p.embedding(2.0).value, 4.0, 1e-14);
    CHECK_NEAR(p.embedding(2.0).first, ((0 - 16) + 8.0 * (9 - 1)) / 12.0, 1e-14);
    // Beyond the table: a straight line with the last slope.
    const auto end = p.embedding(4.0), far = p.embedding(6.0);
    CHECK_NEAR(far.value, end.value + 2.0 * end.first, 1e-13);
    CHECK_NEAR(far.second, 0.0, 0.0);
}

void refusals() {
    CHECK(refusal(file_text()).empty());
    CHECK(refusal(tiny(), "X").empty());
    CHECK(says(refusal(file_text(), "Cu"), "element 'Cu' is not in the file, which has Al"));
    CHECK(says(refusal(file_text().substr(0, 300000)), "cut off"));
    CHECK(says(refusal("just one line"), "comment"));
    CHECK(says(refusal(tiny("2 X Y")), "test.eam, line"));
    CHECK(says(refusal(tiny("0"), ""), "at least 1"));
    CHECK(says(refusal(tiny("1 X", "4 1.0 5 0.5 2.0"), "X"), "at least 5"));
    CHECK(says(refusal(tiny("1 X", "5 -1.0 5 0.5 2.0"), "X"), "spacing of densities must be positive"));
    CHECK(says(refusal(tiny("1 X", "5 1.0 5 0.5 99.0"), "X"), "beyond the tabulated"));
    CHECK(says(refusal(tiny("1 X", "5 1.0 5 abc 2.0"), "X"), "'abc' is not a number"));
    CHECK(says(refusal(tiny("1 X", "5 1.0 5 nan 2.0"), "X"), "'nan' is not a number"));
    CHECK(says(refusal("a\nb\nc\n2 X Y\n5 1 5 0.5 2\n", ""), "several elements (X, Y)"));
    try {
        Potential::load("no/such/file.eam", "Al");
        CHECK(!"a missing file must be refused");
    } catch (const Error &error) {
        CHECK(says(error.what(), "cannot open the potential file 'no/such/file.eam'"));
    }
}

}  // namespace

int main() {
    mishin_aluminium();
    splines();
    embedding();
    refusals();
    return check::report("potential_test");
}
