// SPDX-License-Identifier: Apache-2.0
//
// Dense layers against plain sums in double precision, for sizes around tiles, parts and alignments.
#include "dense.h"

#include "kernels_test.h"

using namespace kernels_test;
using nanohooke::DenseLayer;

namespace {

struct Case {
    int batch, in, out;
    bool relu;
    int64_t weights;  // offset
};

std::string name(const Case& c) {
    return "batch " + std::to_string(c.batch) + ", " + std::to_string(c.in) + " to " + std::to_string(c.out) +
           (c.relu ? ", ReLU" : "") + ", offset " + std::to_string(c.weights);
}

void test(const Case& c) {
    const Stream stream;
    Numbers numbers(c.batch * 1000003 + c.in * 1009 + c.out);
    const int64_t biases = c.weights + int64_t(c.in) * c.out, count = biases + c.out;
    const std::vector<float> parameters = numbers.numbers(count, 1.0f), x = numbers.numbers(c.batch * c.in, 1.0f);
    const std::vector<float> d = numbers.numbers(c.batch * c.out, 1.0f), gate = numbers.numbers(c.batch * c.in, 1.0f);

    std::vector<double> y(c.batch * c.out), d_parameters(count - c.weights), dx(c.batch * c.in);
    for (int n = 0; n < c.batch; n++) {
        for (int o = 0; o < c.out; o++) {
            double sum = parameters[biases + o];
            const double derivative = d[n * c.out + o];
            for (int i = 0; i < c.in; i++) {
                const double weight = parameters[c.weights + int64_t(o) * c.in + i];
                sum += weight * x[n * c.in + i];
                dx[n * c.in + i] += weight * derivative;
                d_parameters[int64_t(o) * c.in + i] += derivative * x[n * c.in + i];
            }
            d_parameters[int64_t(c.in) * c.out + o] += derivative;
            y[n * c.out + o] = c.relu && sum <= 0 ? 0 : sum;
        }
    }
    std::vector<double> gated = dx;
    for (size_t i = 0; i < gated.size(); i++) gated[i] = gate[i] > 0 ? gated[i] : 0.0;

    const Device<float> device_x(x, stream), device_d(d, stream), device_gate(gate, stream);
    const Device<float> device_parameters(parameters, stream, nanohooke::dense_alignment(c.weights));
    const Device<char> scratch(nanohooke::dense_scratch_bytes(), stream);
    const auto forward = [&] {
        const Device<float> results(y.size(), stream);
        const DenseLayer layer = {c.in, c.out, c.relu, c.weights, biases, results.get()};
        nanohooke::dense_forward(layer, device_x.get(), device_parameters.get(), c.batch, scratch.get(), stream);
        return results.values();
    };
    const auto backward = [&](bool gradient, const float* gate) {
        const Device<float> to(count, stream, 1), device_dx(dx.size(), stream);
        const DenseLayer layer = {c.in, c.out, c.relu, c.weights, biases, nullptr};
        nanohooke::dense_backward(layer, device_x.get(), device_d.get(), device_parameters.get(),
                                  gradient ? to.get() : nullptr, gradient ? nullptr : device_dx.get(), gate, c.batch,
                                  scratch.get(), stream);
        return gradient ? to.values() : device_dx.values();
    };
    near(in_all_orders(forward, name(c)), y, name(c) + ": results");
    const std::vector<float> gradient = in_all_orders([&] { return backward(true, nullptr); }, name(c));
    near({gradient.begin() + c.weights, gradient.end()}, d_parameters, name(c) + ": gradient");
    for (int64_t i = 0; i < c.weights; i++) that(std::isnan(gradient[i]), name(c) + ": the gradient's own place only");
    near(in_all_orders([&] { return backward(false, nullptr); }, name(c)), dx, name(c) + ": derivatives by x");
    near(backward(false, device_gate.get()), gated, name(c) + ": derivatives by x behind a ReLU");
}

void test_not_a_number() {
    const Stream stream;
    std::vector<float> x(6 * 8, 1.0f), parameters(8 * 2 + 2, 1.0f);
    x[3] = NAN;
    const Device<float> device_x(x, stream), device_parameters(parameters, stream), results(6 * 2, stream);
    const Device<char> scratch(nanohooke::dense_scratch_bytes(), stream);
    nanohooke::dense_forward({8, 2, true, 0, 16, results.get()}, device_x.get(), device_parameters.get(), 6,
                             scratch.get(), stream);
    const std::vector<float> y = results.values();
    that(std::isnan(y[0]) && std::isnan(y[1]) && y[2] == 9.0f && y[11] == 9.0f, "NaN stays with its image");
}

}  // namespace

int main() {
    for (const Case& c : {Case{1, 300, 7, true, 0}, Case{1, 2049, 5, false, 3}, Case{2, 128, 64, true, 2},
                          Case{3, 33, 13, false, 1}, Case{4, 1024, 3, true, 0}, Case{5, 31, 13, false, 2},
                          Case{7, 1, 1, true, 0}, Case{32, 260, 65, true, 2}, Case{33, 64, 64, false, 1},
                          Case{65, 130, 67, true, 0}, Case{128, 512, 13, true, 2}, Case{128, 32, 13, false, 0}}) {
        test(c);
    }
    test_not_a_number();
    return finish();
}
