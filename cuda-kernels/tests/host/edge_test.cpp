// SPDX-License-Identifier: Apache-2.0
//
// The first layer by edges against plain convolutions in double precision: structures and noise, both paddings, kernels
// and images of several sizes, forward and back.
#include "edge_convolution.h"
#include "kernels_test.h"

using namespace kernels_test;
using nanohooke::ConvolutionShape;
using nanohooke::EdgeConvolution;

namespace {

enum Picture { kCircles, kNoise, kStripes, kFull, kEmpty };

struct Case {
    int out, kernel, height, width, batch;
    bool periodic, relu;
    Picture picture;
};

std::string name(const Case& c) {
    return std::to_string(c.height) + " x " + std::to_string(c.width) + ", kernel " + std::to_string(c.kernel) + ", " +
           std::to_string(c.out) + " outputs, batch " + std::to_string(c.batch) +
           (c.periodic ? ", periodic" : ", zero") + (c.relu ? ", ReLU" : "") + ", picture " + std::to_string(c.picture);
}

bool pixel(const Case& c, Numbers& noise, int image, int row, int column) {
    switch (c.picture) {
        case kNoise:
            return noise.bits() >> 31;
        case kStripes:
            return (row + column + image) & 1;
        case kFull:
            return true;
        case kEmpty:
            return false;
        default:
            break;
    }
    const double y = std::remainder(row - 0.1 * c.height * image, c.height) / c.height;
    const double x = std::remainder(column - 0.3 * c.width, c.width) / c.width;
    return x * x + y * y < 0.1;
}

// A layer's results in double precision.
struct Plain {
    const Case& c;
    const std::vector<uint8_t>& pixels;
    const std::vector<float>& parameters;

    int before() const { return (c.kernel - 1) / 2; }
    int weight(int o, int i, int j) const { return (o * c.kernel + i) * c.kernel + j; }
    // Index of the pixel under a kernel place, or -1.
    int under(int image, int r, int i, int s, int j) const {
        int row = r + i - before(), column = s + j - before();
        if (c.periodic) {
            row = ((row % c.height) + c.height) % c.height;
            column = ((column % c.width) + c.width) % c.width;
        }
        if (row < 0 || row >= c.height || column < 0 || column >= c.width) return -1;
        return (image * c.height + row) * c.width + column;
    }
    double result(int image, int o, int r, int s) const {
        double sum = parameters[c.out * c.kernel * c.kernel + o];
        for (int i = 0; i < c.kernel; i++) {
            for (int j = 0; j < c.kernel; j++) {
                const int at = under(image, r, i, s, j);
                if (at >= 0 && pixels[at]) sum += parameters[weight(o, i, j)];
            }
        }
        return sum;
    }
};

void test(const Case& c) {
    const Stream stream;
    Numbers numbers(c.height * 31 + c.width + c.kernel + c.out);
    const int rows = c.height / 2, columns = c.width / 2, row_words = c.width / 32;
    const int results = c.batch * c.out * rows * columns, weights = c.out * c.kernel * c.kernel;
    std::vector<uint8_t> pixels(c.batch * c.height * c.width);
    std::vector<uint32_t> bits(c.batch * c.height * row_words);
    for (size_t at = 0; at < pixels.size(); at++) {
        const int column = at % c.width, row = at / c.width % c.height;
        pixels[at] = pixel(c, numbers, at / c.width / c.height, row, column);
        bits[at / c.width * row_words + column / 32] |= uint32_t{pixels[at]} << column % 32;
    }
    const std::vector<float> parameters = numbers.numbers(weights + c.out, 0.3f);
    std::vector<float> dy = numbers.numbers(results, 1.0f);
    const Plain plain = {c, pixels, parameters};

    std::vector<double> y(results), gradient(weights + c.out), dx(pixels.size());
    for (int at = 0; at < results; at++) {
        const int s = at % columns, r = at / columns % rows, o = at / columns / rows % c.out;
        const int image = at / columns / rows / c.out;
        double four[4], second = -INFINITY;
        int most = 0;
        for (int k = 0; k < 4; k++) {
            four[k] = plain.result(image, o, 2 * r + k / 2, 2 * s + k % 2);
            if (four[k] > four[most]) most = k;
        }
        for (int k = 0; k < 4; k++) second = k == most ? second : std::max(second, four[k]);
        y[at] = c.relu ? std::max(0.0, four[most]) : four[most];
        // Where rounding decides which result counts, no derivative is asked for.
        if (second > four[most] - 1e-5 || (c.relu && std::fabs(four[most]) < 1e-5)) dy[at] = 0.0f;
        if (c.relu && four[most] <= 0) continue;
        gradient[weights + o] += dy[at];
        for (int i = 0; i < c.kernel; i++) {
            for (int j = 0; j < c.kernel; j++) {
                const int under = plain.under(image, 2 * r + most / 2, i, 2 * s + most % 2, j);
                if (under < 0) continue;
                if (pixels[under]) gradient[plain.weight(o, i, j)] += dy[at];
                dx[under] += double(dy[at]) * parameters[plain.weight(o, i, j)];
            }
        }
    }

    const ConvolutionShape shape = {
        1, c.out, c.kernel, (c.kernel - 1) / 2, c.height, c.width, c.periodic, 2, c.relu, 0, weights, c.batch, true};
    that(EdgeConvolution::takes(shape), name(c) + ": a layer that is taken");
    const Device<uint32_t> device_bits(bits, stream);
    const Device<float> device_parameters(parameters, stream), device_dy(dy, stream);
    const auto run = [&] {
        EdgeConvolution layer(shape);
        nanohooke::Pool pool;
        layer.carve(pool);
        pool.allocate();
        layer.carve(pool);
        const Device<float> device_y(results, stream), device_gradient(weights + c.out, stream);
        const Device<float> device_dx(pixels.size(), stream), without_mask(results, stream);
        const Device<char> scratch(layer.scratch_bytes(), stream);
        layer.prepare(stream);
        layer.update(device_parameters.get(), scratch.get(), stream);
        layer.forward({nullptr, device_bits.get()}, device_y.get(), device_parameters.get(), c.batch, true,
                      scratch.get(), stream);
        layer.backward({nullptr, device_bits.get()}, device_dy.get(), device_dx.get(), device_gradient.get(), c.batch,
                       scratch.get(), stream);
        layer.forward({nullptr, device_bits.get()}, without_mask.get(), device_parameters.get(), c.batch, false,
                      scratch.get(), stream);
        std::vector<float> all = device_y.values();
        that(std::memcmp(all.data(), without_mask.values().data(), all.size() * sizeof(float)) == 0,
             name(c) + ": the same without a mask");
        for (const auto& more : {device_gradient.values(), device_dx.values()}) {
            all.insert(all.end(), more.begin(), more.end());
        }
        return all;
    };
    const std::vector<float> found = in_all_orders(run, name(c));
    const auto part = [&](size_t from, size_t count) {
        return std::vector<float>(found.begin() + from, found.begin() + from + count);
    };
    // Running sums over hundreds of edges lose a digit more.
    near(part(0, results), y, name(c) + ": results", c.picture == kNoise ? 1e-5 : 1e-6);
    near(part(results, weights + c.out), gradient, name(c) + ": gradient");
    near(part(results + weights + c.out, dx.size()), dx, name(c) + ": derivatives by the image");
}

void test_not_a_number() {
    const Stream stream;
    const ConvolutionShape shape = {1, 1, 3, 1, 32, 32, true, 2, true, 0, 9, 1, false};
    std::vector<float> parameters(10, 1.0f);
    parameters[9] = NAN;
    const Device<float> device_parameters(parameters, stream), y(256, stream);
    const Device<uint32_t> bits(std::vector<uint32_t>(32, 0u), stream);
    EdgeConvolution layer(shape);
    layer.forward({nullptr, bits.get()}, y.get(), device_parameters.get(), 1, false, nullptr, stream);
    for (const float value : y.values()) that(std::isnan(value), "NaN comes through the ReLU and the maximum");
}

void test_refusals() {
    const ConvolutionShape good = {1, 6, 20, 9, 256, 256, true, 2, true, 0, 2400, 1, true};
    that(EdgeConvolution::takes(good), "the paper's first layer");
    ConvolutionShape bad = good;
    bad.in = 2;
    that(!EdgeConvolution::takes(bad), "two channels");
    bad = good;
    bad.kernel = 21;
    that(!EdgeConvolution::takes(bad), "a kernel of 21");
    bad = good;
    bad.width = 48;
    that(!EdgeConvolution::takes(bad), "half a word");
    bad = good;
    bad.pooled = 1;
    that(!EdgeConvolution::takes(bad), "no maximum");
}

}  // namespace

int main() {
    for (const bool periodic : {true, false}) {
        for (const Picture picture : {kCircles, kNoise, kStripes, kFull, kEmpty}) {
            test({3, 5, 10, 32, 2, periodic, true, picture});
        }
        test({6, 20, 32, 64, 1, periodic, true, kCircles});
        test({2, 20, 64, 256, 1, periodic, false, kCircles});
        test({1, 20, 64, 256, 1, periodic, true, kNoise});
        test({9, 4, 6, 96, 3, periodic, true, kNoise});
        test({7, 19, 24, 32, 1, periodic, true, kNoise});
        test({1, 1, 2, 32, 1, periodic, true, kNoise});
    }
    test({1, 2, 2, 32, 1060, true, true, kCircles});  // a block an image
    test_not_a_number();
    test_refusals();
    return finish();
}
