// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <cstring>
#include <random>

#include "check_parts.h"
#include "rig.h"

namespace driver {

namespace {

constexpr int32_t kSymmetries[NHC_SYMMETRIES][4] = {{1, 0, 0, 1},  {0, -1, 1, 0}, {-1, 0, 0, -1}, {0, 1, -1, 0},
                                                    {-1, 0, 0, 1}, {1, 0, 0, -1}, {0, 1, 1, 0},   {0, -1, -1, 0}};
constexpr int kEntries = 4;
constexpr int32_t kProducts[] = {0, 0, 0, 1, 0, 1, 2, 1, 1, 2, 3, 3, 3, 2, 0};
constexpr int kProductCount = 5;
constexpr double kScale = 0.7, kOffset[] = {0.4, -0.3, 0.9, 0.1};
constexpr int32_t kPositive[] = {1, 0, 1, 0};
constexpr double kOrigin[] = {0.2, -0.4, 0.1, 0.3}, kFloor = 0.3, kKnee = 0.2;

// What a training minimises, see nhc_set_relative_loss.
enum class Loss { kSquared, kRelative };

// Derivatives of what is minimised by the raw outputs, and the mean squared error.
double head(const Doubles& raw, const Doubles& targets, Loss minimised, Doubles& d_raw) {
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
        double squares = 0.0, size = kEntries * kFloor * kFloor;
        for (int k = 0; k < kEntries; k++) {
            const double target = targets[n * kEntries + k];
            value[k] = kScale * value[k] - target;
            squares += value[k] * value[k];
            size += (target - kOrigin[k]) * (target - kOrigin[k]);
        }
        loss += squares / raw.size();
        const double weight = minimised == Loss::kSquared
                                  ? 2.0 / raw.size()
                                  : 1.0 / (images * size * std::hypot(std::sqrt(squares / size), kKnee));
        for (double& off : value) off *= kScale * weight;
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

    Trainee(const Stretch& stretch, Loss minimised) : network(stretch.definition, Stretch::kBatch) {
        ok(nhc_set_parameters(network.handle, stretch.start.data()));
        ok(nhc_set_head(network.handle, kScale, kOffset, kPositive, kProducts, kProductCount));
        if (minimised == Loss::kRelative) ok(nhc_set_relative_loss(network.handle, kOrigin, kFloor, kKnee));
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
TrainingErrors check_training(uint64_t seed, int steps, Loss minimised, Report& report) {
    ReferenceNetwork reference(parse(kTrained, Padding::kAsWritten));
    const size_t count = reference.parameter_count();
    const Stretch stretch(seed, count, steps);
    Doubles whole(steps), single(steps);
    Trainee at_once(stretch, minimised), by_step(stretch, minimised);
    at_once.train(stretch, 0, steps, whole.data(), report);
    ReferenceAdam adam;
    Doubles parameters = doubles(stretch.start), expected, x, t;
    Floats computed;
    for (int step = 0; step < steps; step++) {
        stretch.draw(step, x, t);
        Doubles d_raw(t.size());
        // The loss at the very parameters that the device has: a continuous function of them.
        const Doubles here = doubles(by_step.parameters(count));
        expected.push_back(head(reference.forward(x, stretch.images_of(step), here), t, minimised, d_raw));
        by_step.train(stretch, step, 1, single.data() + step, report);
        computed.push_back(static_cast<float>(single[step]));
        // The path that double precision takes alone.
        head(reference.forward(x, stretch.images_of(step), parameters), t, minimised, d_raw);
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
void check_trainings(const CheckOptions& options, Loss minimised, Report& report) {
    double losses = 0.0, worst = 0.0;
    std::vector<double> parameters;
    for (int i = 0; i < options.trainings && report.time_for_more(); i++) {
        const TrainingErrors errors = check_training(options.seed + i, options.steps, minimised, report);
        losses = worse(losses, errors.losses);
        worst = worse(worst, errors.parameters);
        parameters.push_back(errors.parameters);
    }
    if (parameters.empty()) return;
    if (!std::isnan(worst)) std::sort(parameters.begin(), parameters.end());  // NaN has no place in an order
    const double middle = std::isnan(worst) ? worst : parameters[parameters.size() / 2];
    const std::string steps = std::to_string(options.steps) + " steps";
    const std::string name = minimised == Loss::kRelative ? "training, relative loss: " : "training: ";
    report.compare(name + "losses of " + steps + ", at the parameters before each", losses, 2e-6);
    report.compare(name + "parameters after " + steps, middle, 1e-2);
}

}  // namespace

void check_trainings(const CheckOptions& options, Report& report) {
    for (const Loss minimised : {Loss::kSquared, Loss::kRelative}) check_trainings(options, minimised, report);
}

}  // namespace driver
