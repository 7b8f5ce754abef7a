// SPDX-License-Identifier: Apache-2.0
#include "eam/potential.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "common/error.h"

namespace nanohooke::eam {

namespace {

// array2spline needs five values for its inner slopes.
constexpr std::size_t kLeastValues = 5;
// The loops over pairs count intervals up to the cutoff with 32 bits.
constexpr double kMostIntervals = 1e9;

void check(const Table &table, const char *name) {
    require(table.values.size() >= kLeastValues,
            std::string("the table of ") + name + " needs at least " + std::to_string(kLeastValues) + " values");
    require(std::isfinite(table.spacing) && table.spacing > 0.0,
            std::string("the spacing of ") + name + " must be positive");
    for (double value : table.values)
        require(std::isfinite(value), std::string("the table of ") + name + " has a value that is not finite");
}

}  // namespace

Potential::Potential(const Table &embedding, const Table &density, const Table &product, double cutoff, double mass)
    : cutoff_(cutoff), mass_(mass), spacing_(density.spacing) {
    check(embedding, "F");
    check(density, "rho");
    check(product, "r phi");
    require(density.values.size() == product.values.size() && density.spacing == product.spacing,
            "rho and r phi must have the same knots");
    require(std::isfinite(cutoff) && cutoff > 0.0, "the cutoff must be positive");
    require(cutoff / density.spacing < kMostIntervals,
            "the spacing of rho must be more than a billionth of the cutoff");
    require(std::isfinite(mass) && mass > 0.0, "the mass must be positive");
    max_density_ = static_cast<double>(embedding.values.size() - 1) * embedding.spacing;
    embedding_ = Spline(embedding.spacing, embedding.values);

    const Spline rho(density.spacing, density.values), z(product.spacing, product.values);
    pair_.resize(8 * static_cast<std::size_t>(rho.intervals()));
    for (std::size_t m = 0; m < static_cast<std::size_t>(rho.intervals()); ++m) {
        std::copy_n(&rho.coefficients[4 * m], 4, &pair_[8 * m]);
        std::copy_n(&z.coefficients[4 * m], 4, &pair_[8 * m + 4]);
    }
}

Jet Potential::embedding(double density) const {
    const double inverse = 1.0 / embedding_.spacing;
    double p = density * inverse;
    // Compared as reals: where atoms collapse, a density may be no number or have no whole one.
    const int m = p > 0.0 ? static_cast<int>(std::min(p, double(embedding_.intervals() - 1))) : 0;
    p = std::min(p - m, 1.0);
    const double *c = &embedding_.coefficients[4 * static_cast<std::size_t>(m)];
    Jet jet{((c[0] * p + c[1]) * p + c[2]) * p + c[3], ((3.0 * c[0] * p + 2.0 * c[1]) * p + c[2]) * inverse,
            (6.0 * c[0] * p + 2.0 * c[1]) * inverse * inverse};
    if (density > max_density_) {
        jet.value += jet.first * (density - max_density_);
        jet.second = 0.0;
    }
    return jet;
}

PairFunctions Potential::pair(double r) const {
    const double per_length = 1.0 / spacing_;
    double p = r * per_length;
    // Compared as reals here, too: springs of a caller's choice reach farther than the cutoff.
    const int m = p > 0.0 ? static_cast<int>(std::min(p, double(pair_intervals() - 1))) : 0;
    p -= m;
    const double inside = p <= 1.0 ? 1.0 : 0.0;
    p = std::min(p, 1.0);
    const double *c = &pair_[8 * static_cast<std::size_t>(m)];
    const auto jet = [&](const double *a) {
        return Jet{((a[0] * p + a[1]) * p + a[2]) * p + a[3], ((3.0 * a[0] * p + 2.0 * a[1]) * p + a[2]) * per_length,
                   inside * (6.0 * a[0] * p + 2.0 * a[1]) * per_length * per_length};
    };
    const double inverse_r = 1.0 / r;
    const Jet z = jet(c + 4);
    const double phi = z.value * inverse_r, slope = (z.first - phi) * inverse_r;
    return {jet(c), {phi, slope, (z.second - 2.0 * slope) * inverse_r}};
}

}  // namespace nanohooke::eam
