// SPDX-License-Identifier: Apache-2.0
#include "eam/spline.h"

namespace nanohooke::eam {

Spline::Spline(double spacing_, const std::vector<double> &f) : spacing(spacing_) {
    const int n = static_cast<int>(f.size());
    std::vector<double> slope(n);
    slope[0] = f[1] - f[0];
    slope[1] = 0.5 * (f[2] - f[0]);
    slope[n - 2] = 0.5 * (f[n - 1] - f[n - 3]);
    slope[n - 1] = f[n - 1] - f[n - 2];
    for (int m = 2; m < n - 2; ++m) slope[m] = ((f[m - 2] - f[m + 2]) + 8.0 * (f[m + 1] - f[m - 1])) / 12.0;

    coefficients.resize(4 * static_cast<std::size_t>(n - 1));
    for (int m = 0; m < n - 1; ++m) {
        double *c = &coefficients[4 * static_cast<std::size_t>(m)];
        const double rise = f[m + 1] - f[m];
        c[0] = slope[m] + slope[m + 1] - 2.0 * rise;
        c[1] = 3.0 * rise - 2.0 * slope[m] - slope[m + 1];
        c[2] = slope[m];
        c[3] = f[m];
    }
}

}  // namespace nanohooke::eam
