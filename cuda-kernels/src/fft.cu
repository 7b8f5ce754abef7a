// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <utility>

#include "fft.h"

namespace nanohooke {

namespace {

// One value of a pass of radix R after radices whose product is `done`: value q of the butterfly j, along lines of
// `length` points that are `stride` apart.
__global__ void stockham_pass(int64_t count, const Complex* from, Complex* to, const Complex* roots, int length,
                              int stride, int radix, int done, bool inverse) {
    const int64_t index = NHC_INDEX();
    if (index >= count) return;
    const int64_t inner = index % stride, outer = index / (static_cast<int64_t>(length) * stride);
    const int place = static_cast<int>(index / stride % length);
    // The place holds value q of butterfly j: place = (j / done) * done * radix + j % done + q * done.
    const int block = place / (done * radix), q = place / done % radix, phase = place % done;
    const int j = block * done + phase, step = length / radix;
    // Root of unity of term k: k * (phase * length / (done * radix) + q * length / radix), modulo the length.
    const int turn = (phase * (length / (done * radix)) + q * step) % length;
    const Complex* line = from + outer * length * stride + inner;
    Complex sum = {0.0f, 0.0f};
    int root = 0;
    for (int k = 0; k < radix; k++) {
        Complex w = roots[root];
        if (inverse) w = conj(w);
        sum = sum + line[static_cast<int64_t>(j + k * step) * stride] * w;
        root += turn;
        if (root >= length) root -= length;
    }
    to[index] = sum;
}

}  // namespace

Line::Line(int length, Pool& pool) : length_(length), roots_(pool.take<Complex>(length)) {
    int rest = length;
    for (int radix = 4; rest > 1; radix = radix == 4 ? 2 : radix == 2 ? 3 : radix + 2) {
        while (rest % radix == 0) {
            radices_.push_back(radix);
            rest /= radix;
        }
    }
}

void Line::upload_roots(cudaStream_t stream) const {
    std::vector<Complex> roots(length_);
    for (int t = 0; t < length_; t++) {
        const double angle = -2 * 3.14159265358979323846 * t / length_;
        roots[t] = {static_cast<float>(std::cos(angle)), static_cast<float>(std::sin(angle))};
    }
    upload(roots_, roots.data(), roots.size(), stream);
    NHC_CHECK(cudaStreamSynchronize(stream));
}

Complex* transform(const Line& height, const Line& width, int planes, bool inverse, Complex* data, Complex* other,
                   cudaStream_t stream) {
    const int64_t points = static_cast<int64_t>(planes) * height.length() * width.length();
    for (const Line* line : {&width, &height}) {
        const int stride = line == &width ? 1 : width.length();
        int done = 1;
        for (const int radix : line->radices()) {
            NHC_LAUNCH(stockham_pass, stream, points, data, other, line->roots(), line->length(), stride, radix, done,
                       inverse);
            done *= radix;
            std::swap(data, other);
        }
    }
    return data;
}

int fast_length(int n) {
    for (;; n++) {
        int rest = n;
        for (const int prime : {2, 3, 5}) {
            while (rest % prime == 0) rest /= prime;
        }
        if (rest == 1) return n;
    }
}

}  // namespace nanohooke
