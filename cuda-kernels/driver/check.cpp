// SPDX-License-Identifier: Apache-2.0
#include "check.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <random>

#include "check_parts.h"
#include "reference.h"
#include "rig.h"

namespace driver {

namespace {

using nanohooke::ConvolutionShape;

// Of single precision; ten times what is measured.
constexpr double kLimit = 5e-6, kGradientLimit = 1e-5, kNetworkLimit = 2e-4;

bool finite(const Floats& values) {
    return std::all_of(values.begin(), values.end(), [](float value) { return std::isfinite(value); });
}

enum class Input { kPlanes, kStructures, kNoise };

void check_convolution(const ConvolutionShape& shape, const std::string& name, Input input, int batch,
                       std::mt19937_64& random, Report& report) {
    const bool bits = input != Input::kPlanes;
    const std::unique_ptr<Rig> rig = make_rig(shape, batch, bits);
    const Floats x = bits ? binary(random, batch, shape.height, shape.width, input == Input::kNoise)
                          : normal(random, batch * shape.in_size(), 1.0);
    const double size = 1.0 / (std::sqrt(shape.in) * shape.kernel);
    const Floats parameters = normal(random, shape.weight_count() + shape.out, size);
    Floats dy = normal(random, batch * shape.out_size(), 1.0);

    const ReferenceConvolution reference = {shape};
    const Doubles all = doubles(parameters), weights(all.begin(), all.begin() + shape.weight_count()),
                  biases(all.begin() + shape.weight_count(), all.end());
    Doubles y;
    std::vector<int8_t> from;
    reference.forward(doubles(x), weights, biases, batch, y, from);
    for (size_t i = 0; i < dy.size(); i++) {
        if (from[i] == -2) dy[i] = 0.0f;  // where rounding decides there is nothing to decide
    }
    rig->set_input(x, bits);
    rig->set_parameters(parameters);
    rig->set_derivatives(dy);
    const auto run = [&](bool dx) {
        rig->poison(batch);
        rig->update();
        rig->forward(batch, true);
        rig->backward(dx, true, batch);
    };
    const bool want_dx = !bits;
    const std::string what = name + (shape.periodic ? " periodic" : " zero") + ", " + std::to_string(batch) + ", " +
                             rig->method() +
                             (input == Input::kNoise ? ", noise of bits"
                              : bits                 ? ", bits"
                                                     : "");
    run(want_dx);
    const Floats results = rig->results(batch), gradient = rig->gradient();
    report.compare(what + ": y", error(results, y), kLimit);
    const Doubles spread = reference.spread_back(doubles(dy), from, batch);
    Doubles d_weights, d_biases;
    reference.backward(doubles(x), spread, weights, batch, nullptr, &d_weights, &d_biases);
    report.compare(what + ": dW", error(gradient, d_weights), kGradientLimit);
    report.compare(what + ": db", error(gradient, d_biases, shape.weight_count()), kGradientLimit);
    if (want_dx) {
        const Floats dx = rig->input_derivatives(batch);
        report.that(finite(dx), what + ": every dX is written");
        for (const int image : batch > 1 ? std::vector<int>{0, batch - 1} : std::vector<int>{0}) {
            const size_t one = spread.size() / batch;
            Doubles d_x;
            reference.backward({}, Doubles(spread.begin() + image * one, spread.begin() + (image + 1) * one), weights,
                               1, &d_x, nullptr, nullptr);
            report.compare(what + ": dX of image " + std::to_string(image), error(dx, d_x, image * shape.in_size()),
                           kGradientLimit);
        }
        rig->poison(batch);
        rig->forward(batch, true);
        rig->backward(true, false, batch);
        report.that(rig->input_derivatives(batch) == dx, what + ": dX alone, the same bits");
    }
    run(false);
    report.that(rig->results(batch) == results && rig->gradient() == gradient, what + ": two runs, the same bits");
}

void check_convolutions(const CheckOptions& options, std::mt19937_64& random, Report& report) {
    for (const int batch : options.batches) {
        for (const Padding padding : {Padding::kPeriodic, Padding::kZero}) {
            const ReferenceNetwork network(parse(options.network, padding));
            for (size_t i = 0; i < network.convolutions().size(); i++) {
                if (!report.time_for_more()) return;
                const ConvolutionShape shape = network.convolutions()[i];
                const std::string name = "conv " + std::to_string(i + 1);
                const bool bits = i == 0 && shape.in == 1;
                if (bits) check_convolution(shape, name, Input::kStructures, batch, random, report);
                if (bits && batch == 1) check_convolution(shape, name, Input::kNoise, batch, random, report);
                if (!bits || batch == 1) check_convolution(shape, name, Input::kPlanes, batch, random, report);
            }
        }
    }
}

// The dense layers behind the convolutions, by themselves, and Adam.
void check_dense(const CheckOptions& options, std::mt19937_64& random, Report& report) {
    Definition d = parse(options.network, Padding::kAsWritten);
    const ReferenceNetwork whole(d);
    if (whole.convolutions().empty()) return;
    for (size_t i = 0; i < d.layers.size(); i += NHC_LAYER_NUMBERS) {
        if (d.layers[i] == NHC_DENSE) {
            d.layers.erase(d.layers.begin(), d.layers.begin() + i);
            break;
        }
    }
    const ConvolutionShape last = whole.convolutions().back();
    d.channels = last.out, d.height = last.height / last.pooled, d.width = last.width / last.pooled;
    ReferenceNetwork reference(d);
    const size_t inputs = size_t(d.channels) * d.height * d.width;
    for (const int batch : options.batches) {
        if (!report.time_for_more()) return;
        const std::string what = "dense layers, " + std::to_string(batch);
        Network network(d, batch);
        const Floats x = normal(random, batch * inputs, 1.0);
        const Floats parameters = normal(random, reference.parameter_count(), 0.05);
        const Floats d_outputs = normal(random, size_t(batch) * reference.outputs(), 1.0);
        Floats outputs(d_outputs.size()), gradient(parameters.size()), dx(x.size());
        ok(nhc_set_parameters(network.handle, parameters.data()));
        ok(nhc_forward(network.handle, 0, x.data(), batch, 1, outputs.data()));
        ok(nhc_backward(network.handle, d_outputs.data()));
        ok(nhc_get_gradient(network.handle, gradient.data()));
        ok(nhc_forward(network.handle, 0, x.data(), batch, 1, outputs.data()));
        ok(nhc_input_gradient(network.handle, d_outputs.data(), dx.data()));
        report.compare(what + ": y", error(outputs, reference.forward(doubles(x), batch, doubles(parameters))), kLimit);
        Doubles d_x;
        const Doubles d_all = reference.backward(doubles(d_outputs), doubles(parameters), &d_x);
        report.compare(what + ": gradient", error(gradient, d_all), kNetworkLimit);
        report.compare(what + ": dX", error(dx, d_x), kNetworkLimit);

        // Adam with the device's own gradient, from moments that are not zero.
        ReferenceAdam adam = {doubles(normal(random, parameters.size(), 0.01)), {}, 6};
        for (const double m : adam.first) adam.second.push_back(static_cast<float>(m * m));
        const Floats moments(adam.first.begin(), adam.first.end()), squares(adam.second.begin(), adam.second.end());
        Doubles expected = doubles(parameters), change = expected;
        ok(nhc_set_adam(network.handle, moments.data(), squares.data(), adam.steps));
        ok(nhc_forward(network.handle, 0, x.data(), batch, 1, outputs.data()));
        ok(nhc_backward(network.handle, d_outputs.data()));
        ok(nhc_adam_step(network.handle, 1e-3f));
        Floats after(parameters.size());
        ok(nhc_get_parameters(network.handle, after.data()));
        adam.step(doubles(gradient), 1e-3f, expected);
        for (size_t i = 0; i < after.size(); i++) {
            after[i] -= parameters[i];
            expected[i] -= parameters[i];
        }
        report.compare(what + ": change by Adam", error(after, expected), kNetworkLimit);
    }
}

}  // namespace

void check(const CheckOptions& options, Report& report) {
    std::mt19937_64 random(options.seed);
    for (const std::string& part : options.parts) {
        if (part == "dense") {
            check_dense(options, random, report);
        } else if (part == "trainings") {
            check_trainings(options, report);
        } else {
            check_convolutions(options, random, report);
        }
    }
}

}  // namespace driver
