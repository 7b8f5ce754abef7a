// SPDX-License-Identifier: Apache-2.0
#include "hyperelastic/inversion.h"

#include <cmath>

namespace nanohooke::hyperelastic {

namespace {

/** d moved by lattice vectors to near zero. */
void nearest(const Mat3 &h, const Mat3 &to_fraction, double *d) {
    double s[3], shift[3];
    multiply(to_fraction, d, s);
    for (double &value : s) value = std::round(value);
    multiply(h, s, shift);
    for (int a = 0; a < 3; ++a) d[a] -= shift[a];
}

/** Partner of each atom under x -> twice - x, or nothing where some atom has none. */
std::vector<int> partners(const std::vector<double> &x, const Mat3 &h, const Mat3 &to_fraction, const double *twice,
                          double tolerance) {
    const int n = static_cast<int>(x.size() / 3);
    std::vector<int> partner(n, -1);
    for (int i = 0; i < n; ++i) {
        if (partner[i] >= 0) continue;
        for (int j = i; j < n && partner[i] < 0; ++j) {
            if (partner[j] >= 0) continue;
            double d[3];
            for (int a = 0; a < 3; ++a) d[a] = twice[a] - x[3 * i + a] - x[3 * j + a];
            nearest(h, to_fraction, d);
            if (std::hypot(d[0], d[1], d[2]) < tolerance) {
                partner[i] = j;
                partner[j] = i;
            }
        }
        if (partner[i] < 0) return {};
    }
    return partner;
}

}  // namespace

Orbits no_symmetry(int atoms) {
    Orbits orbits;
    for (int i = 0; i < atoms; ++i) {
        orbits.representative.push_back(i);
        orbits.orbit.push_back(i);
    }
    orbits.size.assign(atoms, 1.0);
    orbits.image.assign(atoms, 0);
    return orbits;
}

Orbits find_inversion(std::vector<double> &x, const Mat3 &h, double tolerance) {
    const int n = static_cast<int>(x.size() / 3);
    const Mat3 to_fraction = inverse(h);
    for (int k = 0; k < n; ++k) {
        const double twice[3] = {x[0] + x[3 * k], x[1] + x[3 * k + 1], x[2] + x[3 * k + 2]};
        const auto partner = partners(x, h, to_fraction, twice, tolerance);
        if (partner.empty()) continue;
        Orbits orbits;
        orbits.inversion = true;
        orbits.orbit.assign(n, -1);
        orbits.image.assign(n, 0);
        for (int i = 0; i < n; ++i) {
            const int j = partner[i];
            if (j < i) continue;
            double d[3];
            for (int a = 0; a < 3; ++a) d[a] = twice[a] - x[3 * i + a] - x[3 * j + a];
            nearest(h, to_fraction, d);
            for (int a = 0; a < 3; ++a) {
                x[3 * i + a] += 0.5 * d[a];
                if (j != i) x[3 * j + a] += 0.5 * d[a];
            }
            orbits.orbit[i] = orbits.orbit[j] = orbits.count();
            orbits.image[j] = j != i;
            orbits.representative.push_back(i);
            orbits.size.push_back(j != i ? 2.0 : 1.0);
        }
        return orbits;
    }
    return no_symmetry(n);
}

}  // namespace nanohooke::hyperelastic
