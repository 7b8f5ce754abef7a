// SPDX-License-Identifier: Apache-2.0
//
// Plane transforms against the definition of the discrete Fourier transform in double precision.
#include <complex>

#include "check.h"
#include "fft/plane.h"

using namespace nanohooke;
using Complex = std::complex<double>;

namespace {

// Spectrum rows 0 .. Ny/2 of an array placed at (top, left), by two passes of plain sums.
std::vector<Complex> naive_spectrum(const std::vector<float>& x, int height, int width, int top, int left, int ny,
                                    int nx) {
    const auto roots = [](int n) {
        std::vector<Complex> w;
        for (int t = 0; t < n; t++) w.push_back(std::polar(1.0, -2 * std::acos(-1.0) * t / n));
        return w;
    };
    const std::vector<Complex> wy = roots(ny), wx = roots(nx);
    std::vector<Complex> rows(static_cast<size_t>(height) * nx), out(static_cast<size_t>(ny / 2 + 1) * nx);
    for (int r = 0; r < height; r++) {
        for (int k = 0; k < nx; k++) {
            Complex sum = 0;
            for (int s = 0; s < width; s++) sum += wx[(s + left) % nx * k % nx] * double(x[r * width + s]);
            rows[r * nx + k] = sum;
        }
    }
    for (int l = 0; l <= ny / 2; l++) {
        for (int r = 0; r < height; r++) {
            const Complex w = wy[(r + top) % ny * l % ny];
            for (int k = 0; k < nx; k++) out[l * nx + k] += w * rows[r * nx + k];
        }
    }
    return out;
}

// Where frequency (l, k) lies in a spectrum of points.
size_t index_of(int l, int k, int ny, int nx) {
    const int block = l / 8, blocks = (ny / 2 + 8) / 8;
    if (block == blocks - 1 && blocks > 1 && (ny / 2) % 8 == 0) return (size_t(block) * nx + k / 8) * 16 + k % 8;
    return (size_t(block) * nx + k) * 16 + l % 8;
}

void test_plane(const KernelTable& kernels, const std::vector<float>& x, const std::vector<Complex>& expected, int ny,
                int nx, int height, int width, int top, int left) {
    const std::string what =
        check::text("%s plane %d x %d, array %d x %d at %d, %d", kernels.name, ny, nx, height, width, top, left);
    const PlaneTransform transform(kernels, ny, nx);
    const Placement placement = transform.place(height, width, top, left);
    const PlaneScratchSize size(std::max(ny, nx), std::max(height, width));
    std::vector<float> memory(size.floats(), NAN), spectrum(transform.points() * 16, NAN);
    const PlaneScratch scratch = size.carve(memory.data());
    const SpectrumView view = {spectrum.data(), 16};

    FloatPlane in = {x.data(), height, width};
    transform.forward(placement, {kernels.float_columns, &in}, scratch, view);
    std::vector<double> actual_parts, expected_parts;
    for (int l = 0; l <= ny / 2; l++) {
        for (int k = 0; k < nx; k++) {
            const size_t at = index_of(l, k, ny, nx);
            actual_parts.insert(actual_parts.end(), {spectrum[at], spectrum[at + 8]});
            expected_parts.insert(expected_parts.end(),
                                  {2 * expected[l * nx + k].real(), 2 * expected[l * nx + k].imag()});
        }
    }
    check::close(actual_parts, expected_parts, 2e-6, what + " forward");

    // What earlier planes left in the scratch memory must not matter.
    std::fill(memory.begin(), memory.end(), NAN);
    std::vector<float> back(x.size(), NAN);
    PlainOutput out = {back.data(), height, width, 0.5f / (float(ny) * float(nx))};
    transform.inverse(placement, view, {kernels.plain_output, &out}, scratch);
    check::close(back, x, 2e-6, what + " inverse");
}

// For every instruction set of this machine.
void test_all(int ny, int nx, int height, int width, int top, int left) {
    const std::vector<float> x = check::random(size_t(height) * width, ny * 1000 + nx);
    const std::vector<Complex> expected = naive_spectrum(x, height, width, top, left, ny, nx);
    for (const KernelTable* kernels : check::available()) {
        test_plane(*kernels, x, expected, ny, nx, height, width, top, left);
    }
}

}  // namespace

int main() {
    const KernelTable& any = *find_kernels(NH_ISA_PLAIN);
    for (int i = 0; i < any.line_count; i++) {
        const int n = any.lines[i].first_radix * any.lines[i].second_radix;
        test_all(n, n, n - 10, n - 9, 9, 9);
        test_all(n, n, n, n, n / 3, n / 2);  // periodic: wraps around
        test_all(n, n, 7, 5, 0, 0);          // a kernel
    }
    for (const int n : {1, 2, 3, 4, 5, 7, 8, 9, 11, 13, 15, 17, 22, 26, 30, 33, 49, 50, 60, 77, 98, 100, 121}) {
        test_all(n, n, n, n, 0, 0);
    }
    test_all(45, 64, 40, 30, 5, 9);
    test_all(128, 27, 100, 27, 0, 20);
    test_all(31, 75, 31, 60, 30, 15);
    return check::report();
}
