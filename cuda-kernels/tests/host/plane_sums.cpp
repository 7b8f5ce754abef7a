// SPDX-License-Identifier: Apache-2.0
#include "plane_sums.h"

using nanohooke::ConvolutionShape;

namespace {

// Place i + shift of a line, or -1 where there is zero padding.
int place(const ConvolutionShape& s, int i) {
    if (i >= 0 && i < s.height) return i;
    return s.periodic ? (i % s.height + s.height) % s.height : -1;
}

// Calls use(from, to, tap) for every product of the convolution of one plane with one kernel.
template <class Use>
void every_product(const ConvolutionShape& s, const Use& use) {
    const int n = s.height;
    for (int a = 0; a < s.kernel; a++) {
        for (int row = 0; row < n; row++) {
            const int from_row = place(s, row + a - s.before);
            if (from_row < 0) continue;
            for (int b = 0; b < s.kernel; b++) {
                for (int column = 0; column < n; column++) {
                    const int from_column = place(s, column + b - s.before);
                    if (from_column >= 0) use(from_row * n + from_column, row * n + column, a * s.kernel + b);
                }
            }
        }
    }
}

}  // namespace

Numbers by_definition(const ConvolutionShape& s, int batch, const Floats& x, const Floats& parameters,
                      const Floats& d) {
    const int n = s.height, m = n / s.pooled, points = n * n, taps = s.kernel * s.kernel;
    Numbers result;
    result.y.resize(batch * s.out_size());
    result.dx.resize(batch * s.in_size());
    result.gradient.resize(parameters.size());
    for (int image = 0; image < batch; image++) {
        for (int o = 0; o < s.out; o++) {
            Doubles sums(points), dy(points);
            for (int c = 0; c < s.in; c++) {
                const float* from = &x[(size_t(image) * s.in + c) * points];
                const float* w = &parameters[s.weights + (o * s.in + c) * taps];
                every_product(s, [&](int i, int j, int t) { sums[j] += double(from[i]) * w[t]; });
            }
            for (int p = 0; p < m * m; p++) {
                const int corner = p / m * s.pooled * n + p % m * s.pooled;
                int best = corner;
                for (int k = 1; k < s.pooled * s.pooled; k++) {
                    const int at = corner + k / 2 * n + k % 2;
                    if (sums[at] > sums[best]) best = at;
                }
                const size_t at = (size_t(image) * s.out + o) * m * m + p;
                const double value = sums[best] + parameters[s.biases + o];
                const bool off = s.relu && value <= 0;
                result.y[at] = off ? 0 : value;
                dy[best] = off ? 0 : d[at];
                result.gradient[s.biases + o] += dy[best];
            }
            for (int c = 0; c < s.in; c++) {
                const float* from = &x[(size_t(image) * s.in + c) * points];
                const float* w = &parameters[s.weights + (o * s.in + c) * taps];
                double* dx = &result.dx[(size_t(image) * s.in + c) * points];
                double* dw = &result.gradient[s.weights + (o * s.in + c) * taps];
                every_product(s, [&](int i, int j, int t) {
                    dx[i] += dy[j] * w[t];
                    dw[t] += dy[j] * from[i];
                });
            }
        }
    }
    return result;
}
