// SPDX-License-Identifier: Apache-2.0
//
// Convolutions of planes in shared memory against sums by definition in double precision: results, masks by way of the
// gradients, all sizes and both paddings, odd numbers of channels and images, and the same bits in whatever order
// threads run.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "plane_convolution.h"
#include "plane_sums.h"

namespace {

using namespace nanohooke;

int failures = 0;

void that(bool condition, const std::string& what) {
    if (condition) return;
    std::printf("FAILED: %s\n", what.c_str());
    failures++;
}

std::string name_of(const ConvolutionShape& s, int batch) {
    return std::to_string(s.height) + (s.periodic ? " periodic " : " zero ") + std::to_string(s.in) + " to " +
           std::to_string(s.out) + " kernel " + std::to_string(s.kernel) + " pooled " + std::to_string(s.pooled) +
           (s.relu ? " relu" : "") + " batch " + std::to_string(batch);
}

// Device memory that begins as NaN.
class Memory {
public:
    Memory(size_t floats, cudaStream_t stream) : floats_(floats), stream_(stream) {
        NHC_CHECK(cudaMalloc(&memory_, floats * sizeof(float)));
        set(Floats(floats, std::numeric_limits<float>::quiet_NaN()));
    }
    ~Memory() { cudaFree(memory_); }
    void set(const Floats& values) { upload(memory_, values.data(), values.size(), stream_); }
    Floats get() const {
        Floats values(floats_);
        download(values.data(), memory_, floats_, stream_);
        return values;
    }
    float* at() const { return memory_; }

private:
    size_t floats_;
    cudaStream_t stream_;
    float* memory_ = nullptr;
};

struct Computed {
    Floats y, y_alone, dx, dx_alone, gradient;
};

Computed compute(const ConvolutionShape& s, int batch, const Floats& x, const Floats& parameters, const Floats& d,
                 bool as_bits = false) {
    cudaStream_t stream = nullptr;
    NHC_CHECK(cudaStreamCreate(&stream));
    Computed result;
    {
        PlaneConvolution layer(s);
        Pool pool;
        layer.carve(pool);
        pool.allocate();
        layer.carve(pool);
        layer.prepare(stream);
        const Memory scratch(layer.scratch_bytes() / sizeof(float), stream);
        Memory on_x(x.size(), stream), on_parameters(parameters.size(), stream), on_d(d.size(), stream);
        const Memory y(d.size(), stream), dx(x.size(), stream), gradient(parameters.size(), stream);
        on_x.set(x);
        on_parameters.set(parameters);
        on_d.set(d);
        Memory on_bits(batch * s.height * row_words(s.width), stream);
        if (as_bits) {
            std::vector<uint32_t> words(batch * s.height * row_words(s.width));
            for (size_t p = 0; p < x.size(); p++) {
                const size_t word = p / s.width * row_words(s.width) + p % s.width / 32;
                words[word] |= static_cast<uint32_t>(x[p]) << p % s.width % 32;
            }
            upload(reinterpret_cast<uint32_t*>(on_bits.at()), words.data(), words.size(), stream);
        }
        const ConvolutionInput input = {as_bits ? nullptr : on_x.at(),
                                        as_bits ? reinterpret_cast<const uint32_t*>(on_bits.at()) : nullptr};
        layer.update(on_parameters.at(), scratch.at(), stream);
        layer.forward(input, y.at(), on_parameters.at(), batch, false, scratch.at(), stream);
        result.y_alone = y.get();
        layer.forward(input, y.at(), on_parameters.at(), batch, true, scratch.at(), stream);
        result.y = y.get();
        layer.backward(input, on_d.at(), dx.at(), nullptr, batch, scratch.at(), stream);
        result.dx_alone = dx.get();
        layer.backward(input, on_d.at(), dx.at(), gradient.at(), batch, scratch.at(), stream);
        result.dx = dx.get();
        result.gradient = gradient.get();
    }
    cudaStreamDestroy(stream);
    return result;
}

double relative(const float* is, const Doubles& should, size_t first, size_t count) {
    double error = 0, norm = 0;
    for (size_t i = first; i < first + count; i++) {
        error += (is[i] - should[i]) * (is[i] - should[i]);
        norm += should[i] * should[i];
    }
    return std::sqrt(error / norm);
}

ConvolutionShape shape(int size, bool periodic, int in, int out, int kernel, int pooled, bool relu, int max_batch) {
    const int64_t weights = 3;  // not aligned
    return {in,
            out,
            kernel,
            (kernel - 1) / 2,
            size,
            size,
            periodic,
            pooled,
            relu,
            weights,
            weights + int64_t(out) * in * kernel * kernel,
            max_batch,
            true};
}

void test(const ConvolutionShape& s, int batch, std::mt19937& random) {
    const std::string name = name_of(s, batch);
    std::normal_distribution<float> normal;
    const auto numbers = [&](size_t count) {
        Floats values(count);
        for (float& v : values) v = normal(random);
        return values;
    };
    Floats parameters = numbers(s.biases + s.out);
    for (size_t i = 0; i < 3; i++) parameters[i] = std::numeric_limits<float>::quiet_NaN();
    const Floats x = numbers(batch * s.in_size()), d = numbers(batch * s.out_size());
    const Numbers right = by_definition(s, batch, x, parameters, d);
    Computed first;
    for (const HostOrder order : {kUpwards, kBackwards, kMixed}) {
        host_order(order);
        const Computed c = compute(s, batch, x, parameters, d);
        if (order == kUpwards) {
            first = c;
            const double errors[4] = {relative(c.y.data(), right.y, 0, right.y.size()),
                                      relative(c.dx.data(), right.dx, 0, right.dx.size()),
                                      relative(c.gradient.data(), right.gradient, s.weights, s.weight_count()),
                                      relative(c.gradient.data(), right.gradient, s.biases, s.out)};
            std::printf("%-60s y %.1e dx %.1e dw %.1e db %.1e\n", name.c_str(), errors[0], errors[1], errors[2],
                        errors[3]);
            for (const double e : errors) that(e < 1e-6, name);
            for (int i = 0; i < 3; i++) that(c.gradient[i] != c.gradient[i], name + " wrote before its weights");
        }
        const auto same = [&](const Floats& a, const Floats& b) {
            return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
        };
        that(same(c.y, first.y) && same(c.y_alone, first.y), name + ": results differ");
        that(same(c.dx, first.dx) && same(c.dx_alone, first.dx), name + ": dx differs");
        that(std::memcmp(&c.gradient[3], &first.gradient[3], (first.gradient.size() - 3) * sizeof(float)) == 0,
             name + ": the gradient differs");
        if (s.height * batch > 100 && order == kBackwards) break;  // time
    }
    host_order(kUpwards);
}

// The first of equal values wins, a value of 0 is cut off, and a NaN does not vanish.
void test_ties() {
    ConvolutionShape s = shape(16, true, 1, 2, 1, 2, true, 1);
    Floats parameters(s.biases + s.out, 0.0f), x(256, 0.0f), d(2 * 64, 1.0f);
    parameters[s.weights] = 1.0f;
    parameters[s.weights + 1] = 0.0f;
    parameters[s.biases] = 1.0f;
    Computed c = compute(s, 1, x, parameters, d);
    bool first = true, cut = true;
    for (int p = 0; p < 256; p++) {
        const bool corner = p / 16 % 2 == 0 && p % 2 == 0;
        first &= std::fabs(c.dx[p] - (corner ? 1.0f : 0.0f)) < 1e-5f;
    }
    for (int p = 0; p < 64; p++) cut &= c.y[p] == 1.0f && c.y[64 + p] == 0.0f;
    that(first, "the first of equals takes the derivative, nothing that was cut off gets any");
    that(cut, "results of a plane of zeros");
    x[37] = std::numeric_limits<float>::quiet_NaN();
    c = compute(s, 1, x, parameters, d);
    that(c.y[0] != c.y[0], "a NaN does not vanish");
}

// Images of bits give the bits that their planes give.
void test_bits(std::mt19937& random) {
    for (const int size : {16, 64}) {
        for (const bool periodic : {true, false}) {
            const ConvolutionShape s = shape(size, periodic, 1, 2, 3, 2, true, 2);
            std::normal_distribution<float> normal;
            Floats parameters(s.biases + s.out), x(2 * s.in_size()), d(2 * s.out_size(), 1.0f);
            for (float& v : parameters) v = normal(random);
            for (float& v : x) v = random() % 3 == 0 ? 1.0f : 0.0f;
            const Computed planes = compute(s, 2, x, parameters, d), bits = compute(s, 2, x, parameters, d, true);
            that(planes.y == bits.y && planes.dx == bits.dx, "bits for planes");
            that(std::equal(planes.gradient.begin() + 3, planes.gradient.end(), bits.gradient.begin() + 3),
                 "the gradient from bits");
        }
    }
}

void test_takes() {
    ConvolutionShape s = shape(64, true, 1, 1, 20, 2, true, 1);
    that(PlaneConvolution::takes(s), "64 x 64");
    s.kernel = 32;
    that(!PlaneConvolution::takes(s), "kernel of 32");
    s.kernel = 3;
    s.width = 32;
    that(!PlaneConvolution::takes(s), "planes that are no squares");
    s.height = s.width = 256;
    that(!PlaneConvolution::takes(s), "planes that fit no block");
}

}  // namespace

int main() {
    std::mt19937 random(20261126);
    test_takes();
    test_ties();
    test_bits(random);
    for (const bool periodic : {true, false}) {
        test(shape(16, periodic, 7, 13, 20, 2, true, 3), 3, random);
        test(shape(16, periodic, 2, 9, 31, 1, true, 41), 33, random);
        test(shape(16, periodic, 3, 2, 5, 1, false, 2), 1, random);
        test(shape(32, periodic, 3, 5, 20, 2, true, 5), 5, random);
        test(shape(32, periodic, 1, 1, 9, 1, true, 1), 1, random);
        test(shape(64, periodic, 3, 2, 20, 2, true, 2), 2, random);
        test(shape(64, periodic, 1, 1, 3, 2, false, 1), 1, random);
        test(shape(128, periodic, 1, 2, 20, 2, true, 1), 1, random);
    }
    // Two chunks of images, and several planes in a block.
    for (const bool periodic : {true, false}) {
        test(shape(16, periodic, 3, 7, 4, 2, true, 150), 150, random);
        test(shape(32, periodic, 1, 7, 2, 2, true, 121), 121, random);
        test(shape(64, periodic, 1, 3, 2, 2, true, 133), 133, random);
    }
    that(host_live() == 0, "nothing left");
    std::printf("%d failures\n", failures);
    return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
