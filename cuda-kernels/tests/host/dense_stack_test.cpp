// SPDX-License-Identifier: Apache-2.0
//
// All dense layers of a network against plain loops in double precision: some by themselves, the small ones together.
#include "dense_stack.h"

#include "kernels_test.h"

using namespace kernels_test;
using nanohooke::DenseLayer;

namespace {

struct Case {
    std::vector<int> widths;  // of x, then of all results
    int batch;
    bool last_relu;
    int64_t offset;
};

std::string name(const Case& c) {
    std::string text = "batch " + std::to_string(c.batch) + ", offset " + std::to_string(c.offset) + ",";
    for (const int width : c.widths) text += " " + std::to_string(width);
    return text;
}

void test(const Case& c) {
    const Stream stream;
    Numbers numbers(c.batch + c.widths[0]);
    const size_t layer_count = c.widths.size() - 1;
    std::vector<DenseLayer> layers;
    int64_t count = c.offset;
    size_t results = 0, widest = c.widths[0];
    for (size_t l = 0; l < layer_count; l++) {
        const int in = c.widths[l], out = c.widths[l + 1];
        const int64_t weights = count, biases = count + int64_t(in) * out;
        count = biases + out;
        layers.push_back({in, out, l + 1 < layer_count || c.last_relu, weights, biases, nullptr});
        results += size_t(c.batch) * out;
        widest = std::max<size_t>(widest, out);
    }
    std::vector<float> parameters = numbers.numbers(count, 1.0f);
    for (const DenseLayer& layer : layers) {  // so that results stay of the same size
        const float size = std::sqrt(6.0f / layer.in);
        for (int64_t i = layer.weights; i < layer.biases; i++) parameters[i] *= size;
    }
    const std::vector<float> x = numbers.numbers(c.batch * c.widths[0], 1.0f);
    const std::vector<float> d = numbers.numbers(c.batch * c.widths.back(), 1.0f);

    std::vector<std::vector<double>> y = {{x.begin(), x.end()}};
    std::vector<double> all;
    for (const DenseLayer& layer : layers) {
        y.emplace_back(c.batch * layer.out);
        for (int n = 0; n < c.batch; n++) {
            for (int o = 0; o < layer.out; o++) {
                double sum = parameters[layer.biases + o];
                for (int i = 0; i < layer.in; i++) {
                    sum += parameters[layer.weights + int64_t(o) * layer.in + i] * y[y.size() - 2][n * layer.in + i];
                }
                y.back()[n * layer.out + o] = layer.relu && sum <= 0 ? 0 : sum;
            }
        }
        all.insert(all.end(), y.back().begin(), y.back().end());
    }
    std::vector<double> gradient(count - c.offset), back(d.begin(), d.end());
    for (size_t l = layer_count; l-- > 0;) {
        const DenseLayer& layer = layers[l];
        std::vector<double> dx(c.batch * layer.in);
        for (int n = 0; n < c.batch; n++) {
            for (int o = 0; o < layer.out; o++) {
                const double value = layer.relu && y[l + 1][n * layer.out + o] <= 0 ? 0 : back[n * layer.out + o];
                gradient[layer.biases - c.offset + o] += value;
                for (int i = 0; i < layer.in; i++) {
                    const int64_t at = layer.weights + int64_t(o) * layer.in + i;
                    gradient[at - c.offset] += value * y[l][n * layer.in + i];
                    dx[n * layer.in + i] += value * parameters[at];
                }
            }
        }
        back = dx;
    }

    const Device<float> device_x(x, stream);
    const Device<float> device_parameters(parameters, stream, nanohooke::dense_alignment(c.offset));
    const auto run = [&] {
        const Device<float> device_results(results, stream), to(count, stream);
        const Device<float> one(c.batch * widest, stream), other(c.batch * widest, stream);
        const Device<char> scratch(nanohooke::dense_scratch_bytes(layers, c.batch), stream);
        float* at = device_results.get();
        for (DenseLayer& layer : layers) {
            layer.results = at;
            at += size_t(c.batch) * layer.out;
        }
        nanohooke::dense_forward(layers, device_x.get(), device_parameters.get(), c.batch, scratch.get(), stream);
        nanohooke::upload(one.get(), d.data(), d.size(), stream);
        const float* dx = nanohooke::dense_backward(layers, device_x.get(), one.get(), other.get(),
                                                    device_parameters.get(), to.get(), c.batch, scratch.get(), stream);
        std::vector<float> found = device_results.values(), g = to.values();
        for (int64_t i = 0; i < c.offset; i++) that(std::isnan(g[i]), name(c) + ": the gradient's own place only");
        found.insert(found.end(), g.begin() + c.offset, g.end());
        const std::vector<float> b = (dx == one.get() ? one : other).values();
        found.insert(found.end(), b.begin(), b.begin() + x.size());
        return found;
    };
    const std::vector<float> found = in_all_orders(run, name(c));
    near({found.begin(), found.begin() + results}, all, name(c) + ": results");
    near({found.begin() + results, found.end() - x.size()}, gradient, name(c) + ": gradient");
    near({found.end() - x.size(), found.end()}, back, name(c) + ": derivatives by x");
}

}  // namespace

int main() {
    for (const Case& c : {Case{{600, 96, 40, 13}, 1, false, 2}, Case{{600, 96, 40, 13}, 5, false, 0},
                          Case{{512, 256, 128, 64, 32, 13}, 17, false, 1}, Case{{40, 512, 7, 3}, 70, true, 2},
                          Case{{31, 33, 5}, 3, false, 1}, Case{{5, 1, 1}, 66, true, 0}, Case{{700, 5}, 4, false, 0},
                          Case{{20, 9}, 2, true, 3}, Case{{3, 600, 4}, 18, false, 0},
                          Case{{4, 5, 6, 7, 8, 9, 8, 7, 6, 5, 4}, 3, false, 2}}) {
        test(c);
    }
    return finish();
}
