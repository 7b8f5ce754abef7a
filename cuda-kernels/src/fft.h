// SPDX-License-Identifier: Apache-2.0
//
// Complex transforms of any length over the rows and columns of many planes, by Stockham's passes between two arrays in
// device memory: a thread computes one value of a pass, so that no thread waits for another. Two-dimensional spectra
// are [plane][row][column], frequencies in natural order.
#pragma once

#include <vector>

#include "device.h"

namespace nanohooke {

struct Complex {
    float re, im;
};

__host__ __device__ inline Complex operator*(Complex a, Complex b) {
    return {a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}
__host__ __device__ inline Complex operator+(Complex a, Complex b) { return {a.re + b.re, a.im + b.im}; }
__host__ __device__ inline Complex conj(Complex a) { return {a.re, -a.im}; }

// One dimension: its radices, 4 and then the prime ones, and the roots of unity exp(-2 pi i t / length) on the device.
class Line {
public:
    Line(int length, Pool& pool);
    void upload_roots(cudaStream_t stream) const;

    int length() const { return length_; }
    const std::vector<int>& radices() const { return radices_; }
    const Complex* roots() const { return roots_; }

private:
    int length_;
    std::vector<int> radices_;
    Complex* roots_;
};

// Transforms rows and columns of planes of height.length() x width.length() points. The result is in the array that
// is returned, which is one of the two.
Complex* transform(const Line& height, const Line& width, int planes, bool inverse, Complex* data, Complex* other,
                   cudaStream_t stream);

// The smallest length from n on whose prime factors are 2, 3 and 5.
int fast_length(int n);

}  // namespace nanohooke
