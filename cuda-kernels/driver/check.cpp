// SPDX-License-Identifier: Apache-2.0
#include "check.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <random>
#include <stdexcept>

#include "reference.h"
#include "rig.h"

namespace driver {

namespace {

using nanohooke::ConvolutionShape;
using Floats = std::vector<float>;

// Of single precision; ten times what is measured.
constexpr double kLimit = 5e-6, kGradientLimit = 1e-5, kNetworkLimit = 2e-4;

void ok(int status) {
    if (status != NHC_OK) throw std::runtime_error(nhc_last_error());
}

double error(const Floats& values, const Doubles& reference, size_t first = 0) {
    double off = 0.0, size = 0.0;
    for (size_t i = 0; i < reference.size(); i++) {
        const double d = values[first + i] - reference[i];
        off += d * d;
        size += reference[i] * reference[i];
    }
    return std::sqrt(off / size);
}

Doubles doubles(const Floats& values) { return Doubles(values.begin(), values.end()); }

Floats normal(std::mt19937_64& random, size_t count, double size) {
    std::normal_distribution<double> numbers(0.0, size);
    Floats values(count);
    for (float& value : values) value = static_cast<float>(numbers(random));
    return values;
}

// Images of 0 and 1: rectangles around the cell, as structures are, or noise.
Floats binary(std::mt19937_64& random, int images, int height, int width, bool noise) {
    Floats values(size_t(images) * height * width);
    if (noise) {
        for (float& value : values) value = static_cast<float>(random() >> 40 & 1u);
        return values;
    }
    for (int image = 0; image < images; image++) {
        for (int i = 0; i < 5; i++) {
            const int rows = 1 + static_cast<int>(random() % (height / 2)), row = static_cast<int>(random() % height);
            const int columns = 1 + static_cast<int>(random() % (width / 2));
            const int column = static_cast<int>(random() % width);
            for (int y = 0; y < rows; y++) {
                for (int x = 0; x < columns; x++) {
                    values[(size_t(image) * height + (row + y) % height) * width + (column + x) % width] = 1.0f;
                }
            }
        }
    }
    return values;
}

std::vector<uint8_t> bytes(const Floats& pixels, int width) {
    const size_t stride = (width + 7) / 8;
    std::vector<uint8_t> bits(pixels.size() / width * stride);
    for (size_t i = 0; i < pixels.size(); i++) {
        if (pixels[i] != 0.0f) bits[i / width * stride + i % width / 8] |= static_cast<uint8_t>(1u << (i % width % 8));
    }
    return bits;
}

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

struct Network {
    nhc_network* handle = nullptr;
    Network(const Definition& d, int batch) {
        ok(nhc_create(d.layers.data(), d.count(), d.channels, d.height, d.width, batch, 1, 0, NHC_ENGINE_FFT, NHC_FP32,
                      &handle));
    }
    ~Network() { nhc_destroy(handle); }
    Network(const Network&) = delete;
    Network& operator=(const Network&) = delete;
};

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

constexpr int32_t kSymmetries[NHC_SYMMETRIES][4] = {{1, 0, 0, 1},  {0, -1, 1, 0}, {-1, 0, 0, -1}, {0, 1, -1, 0},
                                                    {-1, 0, 0, 1}, {1, 0, 0, -1}, {0, 1, 1, 0},   {0, -1, -1, 0}};
constexpr int kEntries = 4;
constexpr int32_t kProducts[] = {0, 0, 0, 1, 0, 1, 2, 1, 1, 2, 3, 3, 3, 2, 0};
constexpr int kProductCount = 5;
constexpr double kScale = 0.7, kOffset[] = {0.4, -0.3, 0.9, 0.1};
constexpr int32_t kPositive[] = {1, 0, 1, 0};

// Derivatives of the mean squared error by the raw outputs, and the error.
double head(const Doubles& raw, const Doubles& targets, Doubles& d_raw) {
    const size_t images = raw.size() / kEntries;
    double loss = 0.0;
    for (size_t n = 0; n < images; n++) {
        double entry[kEntries], value[kEntries] = {}, d_entry[kEntries] = {};
        for (int k = 0; k < kEntries; k++) {
            const double z = raw[n * kEntries + k] + kOffset[k];
            entry[k] = kPositive[k] ? std::log1p(std::exp(z)) : z;
        }
        for (int p = 0; p < kProductCount; p++) {
            value[kProducts[3 * p]] += entry[kProducts[3 * p + 1]] * entry[kProducts[3 * p + 2]];
        }
        for (int k = 0; k < kEntries; k++) {
            const double off = kScale * value[k] - targets[n * kEntries + k];
            loss += off * off / raw.size();
            value[k] = 2.0 * kScale * off / raw.size();
        }
        for (int p = 0; p < kProductCount; p++) {
            const int32_t* q = kProducts + 3 * p;
            d_entry[q[1]] += value[q[0]] * entry[q[2]];
            d_entry[q[2]] += value[q[0]] * entry[q[1]];
        }
        for (int k = 0; k < kEntries; k++) {
            const double z = raw[n * kEntries + k] + kOffset[k];
            d_raw[n * kEntries + k] = d_entry[k] * (kPositive[k] ? 1.0 / (1.0 + std::exp(-z)) : 1.0);
        }
    }
    return loss;
}

struct TrainingErrors {
    double losses, parameters;
};

constexpr const char* kTrained = "1x32x32 conv9p3 relu pool conv7z4 relu pool dense12 relu dense4";

// The stretch of training that is checked: a small network, its data and what is drawn from them.
struct Stretch {
    static constexpr int kSamples = 6, kBatch = 4;
    Definition definition = parse(kTrained, Padding::kAsWritten);
    int steps;
    Floats images, targets, start, rates;
    std::vector<int64_t> codes;  // the last step has two images fewer

    Stretch(uint64_t seed, size_t parameters, int step_count)
        : steps(step_count), rates(step_count, 2e-3f), codes(step_count * kBatch - 2) {
        std::mt19937_64 random(seed);
        const int side = definition.width;
        // Noise: where structures are uniform, all four of a maximum are equal, and rounding decides which one learns.
        images = binary(random, kSamples, side, side, true);
        targets = normal(random, size_t(kSamples) * NHC_SYMMETRIES * kEntries, 0.5);
        start = normal(random, parameters, 0.1);
        for (int64_t& code : codes) {
            code = static_cast<int64_t>(random() % kSamples) | static_cast<int64_t>(random() % 8) << 32 |
                   static_cast<int64_t>(random() % side) << 35 | static_cast<int64_t>(random() % side) << 49;
        }
    }

    int images_of(int step) const { return std::min(kBatch, static_cast<int>(codes.size()) - step * kBatch); }

    // Images and targets of a step, as the codes say; a pixel goes where its symmetry takes it about the middle, then
    // by the shift around the cell.
    void draw(int step, Doubles& x, Doubles& t) const {
        const int side = definition.width, count = images_of(step);
        x.assign(size_t(count) * side * side, 0.0);
        t.assign(size_t(count) * kEntries, 0.0);
        for (int n = 0; n < count; n++) {
            const int64_t code = codes[step * kBatch + n], sample = code & 0xffffffffLL;
            const int32_t* s = kSymmetries[code >> 32 & 7];
            for (int row = 0; row < side; row++) {
                for (int column = 0; column < side; column++) {
                    const int right = 2 * column + 1 - side, up = side - 1 - 2 * row;
                    const int to_right = s[0] * right + s[1] * up, to_up = s[2] * right + s[3] * up;
                    const int to_column = ((to_right + side - 1) / 2 + static_cast<int>(code >> 49 & 0x3fff)) % side;
                    const int to_row = ((side - 1 - to_up) / 2 + static_cast<int>(code >> 35 & 0x3fff)) % side;
                    x[(size_t(n) * side + to_row) * side + to_column] = images[(sample * side + row) * side + column];
                }
            }
            for (int k = 0; k < kEntries; k++) {
                t[n * kEntries + k] = targets[(sample * NHC_SYMMETRIES + (code >> 32 & 7)) * kEntries + k];
            }
        }
    }
};

// A network on the device that is about to train a stretch.
struct Trainee {
    Network network;

    explicit Trainee(const Stretch& stretch) : network(stretch.definition, Stretch::kBatch) {
        ok(nhc_set_parameters(network.handle, stretch.start.data()));
        ok(nhc_set_head(network.handle, kScale, kOffset, kPositive, kProducts, kProductCount));
        ok(nhc_set_training_set(network.handle, Stretch::kSamples,
                                bytes(stretch.images, stretch.definition.width).data(), stretch.targets.data()));
    }

    void train(const Stretch& stretch, int from, int steps, double* losses, Report& report) {
        int images = 0;
        for (int step = from; step < from + steps; step++) images += stretch.images_of(step);
        int32_t written = 0;
        ok(nhc_train(network.handle, stretch.codes.data() + from * Stretch::kBatch, images, Stretch::kBatch,
                     stretch.rates.data() + from, &kSymmetries[0][0], losses, &written));
        if (written != steps) report.that(false, "training: every loss is a number");
    }

    Floats parameters(size_t count) const {
        Floats values(count);
        ok(nhc_get_parameters(network.handle, values.data()));
        return values;
    }
};

// Steps of a small network from codes, and the same in double precision.
TrainingErrors check_training(uint64_t seed, int steps, Report& report) {
    ReferenceNetwork reference(parse(kTrained, Padding::kAsWritten));
    const size_t count = reference.parameter_count();
    const Stretch stretch(seed, count, steps);
    Doubles whole(steps), single(steps);
    Trainee at_once(stretch), by_step(stretch);
    at_once.train(stretch, 0, steps, whole.data(), report);
    ReferenceAdam adam;
    Doubles parameters = doubles(stretch.start), expected, x, t;
    Floats computed;
    for (int step = 0; step < steps; step++) {
        stretch.draw(step, x, t);
        Doubles d_raw(t.size());
        // The loss at the very parameters that the device has: a continuous function of them.
        const Doubles here = doubles(by_step.parameters(count));
        expected.push_back(head(reference.forward(x, stretch.images_of(step), here), t, d_raw));
        by_step.train(stretch, step, 1, single.data() + step, report);
        computed.push_back(static_cast<float>(single[step]));
        // The path that double precision takes alone.
        head(reference.forward(x, stretch.images_of(step), parameters), t, d_raw);
        adam.step(reference.backward(d_raw, parameters, nullptr), stretch.rates[step], parameters);
    }
    const Floats result = at_once.parameters(count);
    report.that(
        result == by_step.parameters(count) && std::memcmp(whole.data(), single.data(), steps * sizeof(double)) == 0,
        "training: a stretch and its steps one by one, the same bits");
    return {error(computed, expected), error(result, parameters)};
}

// Once in some steps two values of a maximum, or a ReLU's and zero, are so close that rounding decides who learns; from
// then on Adam leads elsewhere, though not far. So losses count to rounding, each at the device's own parameters, and
// the parameters at the end to what such a step may do, of all trainings the middle one.
void check_trainings(const CheckOptions& options, Report& report) {
    double losses = 0.0;
    std::vector<double> parameters;
    for (int i = 0; i < options.trainings && report.time_for_more(); i++) {
        const TrainingErrors errors = check_training(options.seed + i, options.steps, report);
        losses = std::max(losses, errors.losses);
        parameters.push_back(errors.parameters);
    }
    std::sort(parameters.begin(), parameters.end());
    if (parameters.empty()) return;
    const std::string steps = std::to_string(options.steps) + " steps";
    report.compare("training: losses of " + steps + ", at the parameters before each", losses, 2e-6);
    report.compare("training: parameters after " + steps, parameters[parameters.size() / 2], 1e-2);
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
