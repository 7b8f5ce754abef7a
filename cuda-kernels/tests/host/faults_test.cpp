// SPDX-License-Identifier: Apache-2.0
//
// The kernels on the host, with address and undefined-behaviour sanitizers: a small training in both orders of threads,
// every call of the runtime failing once, and nothing left behind.
#include "faults.h"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "cuda_runtime.h"
#include "nanohooke/cuda_cudnn.h"

namespace {

int failures = 0;

void that(bool condition, const std::string& what) {
    if (condition) return;
    std::printf("FAILED: %s (%s)\n", what.c_str(), nhc_last_error());
    failures++;
}

constexpr int kSide = 12, kOutputs = 3, kSamples = 3, kImages = 7, kBatch = 2, kSteps = 4;
constexpr int32_t kLayers[][NHC_LAYER_NUMBERS] = {
    {NHC_CONVOLUTION, 2, 5, 1}, {NHC_RELU, 0, 0, 0},  {NHC_MAX_POOL, 0, 0, 0}, {NHC_CONVOLUTION, 3, 9, 0},
    {NHC_RELU, 0, 0, 0},        {NHC_DENSE, 4, 0, 0}, {NHC_RELU, 0, 0, 0},     {NHC_DENSE, kOutputs, 0, 0}};
constexpr int32_t kLayerCount = sizeof kLayers / sizeof kLayers[0];
constexpr int kParameters = 2 * 25 + 2 + 3 * 2 * 81 + 3 + 4 * 3 * 36 + 4 + kOutputs * 4 + kOutputs;

// What a run leaves: all zero where a call failed, whose status is kept.
struct Outcome {
    int status = NHC_OK;
    std::vector<float> parameters = std::vector<float>(kParameters);
    double losses[kSteps] = {};
    int32_t written = 0;
    std::vector<float> outputs[3] = {std::vector<float>(kBatch * kOutputs), std::vector<float>(kBatch* kOutputs),
                                     std::vector<float>(kBatch* kOutputs)};
};

enum class Stretch { kWhole, kStepByStep };

std::vector<float> numbers(int count, unsigned seed, float size) {
    std::vector<float> values(count);
    for (float& value : values) {
        seed = seed * 1664525u + 1013904223u;
        value = size * (static_cast<float>(seed >> 8) / 8388608.0f - 1.0f);
    }
    return values;
}

void run(nhc_network* network, Stretch stretch, Outcome& outcome) {
    const auto ok = [&](int status) {
        if (outcome.status == NHC_OK) outcome.status = status;
        return outcome.status == NHC_OK;
    };
    std::vector<uint8_t> images(kSamples * kSide * 2);
    for (size_t i = 0; i < images.size(); i++) images[i] = static_cast<uint8_t>((i * 37 + 11) % (i % 2 ? 16 : 256));
    const std::vector<float> targets = numbers(kSamples * NHC_SYMMETRIES * kOutputs, 2, 1.0f);
    const double offset[] = {0.4, -0.3, 0.9};
    const int32_t positive[] = {1, 0, 1}, products[] = {0, 0, 0, 1, 1, 0, 2, 1, 1, 2, 2, 2};
    const int32_t symmetries[NHC_SYMMETRIES * 4] = {1,  0, 0, 1, 0, -1, 1, 0,  -1, 0, 0, -1, 0, 1,  -1, 0,
                                                    -1, 0, 0, 1, 1, 0,  0, -1, 0,  1, 1, 0,  0, -1, -1, 0};
    int64_t codes[kImages];
    for (int64_t i = 0; i < kImages; i++) codes[i] = i % kSamples | (i * 3 % 8) << 32 | (i * 5) << 35 | (i * 7) << 49;
    const float rates[kSteps] = {1e-2f, 2e-2f, 1e-2f, 3e-2f};
    const auto head = [&] { return ok(nhc_set_head(network, 0.7, offset, positive, products, 4)); };
    const auto loss = [&] { return ok(nhc_set_relative_loss(network, offset, 0.2, 0.3)); };
    if (!ok(nhc_set_parameters(network, numbers(kParameters, 1, 0.3f).data())) || !head() || !loss()) return;
    if (!ok(nhc_set_training_set(network, kSamples, images.data(), targets.data()))) return;
    if (stretch == Stretch::kWhole) {
        // Its second step is captured, the third replayed, the last one is of a smaller batch.
        if (!ok(nhc_train(network, codes, kImages, kBatch, rates, symmetries, outcome.losses, &outcome.written)))
            return;
    }
    for (int step = 0; stretch == Stretch::kStepByStep && step < kSteps; step++) {
        // A new head throws away what was captured: every step is launched kernel by kernel.
        int32_t written = 0;
        const int count = step < kSteps - 1 ? kBatch : kImages - (kSteps - 1) * kBatch;
        if (!head() || !loss() ||
            !ok(nhc_train(network, codes + step * kBatch, count, kBatch, rates + step, symmetries,
                          outcome.losses + step, &written))) {
            return;
        }
        outcome.written += written;
    }
    if (!ok(nhc_get_parameters(network, outcome.parameters.data()))) return;
    for (std::vector<float>& outputs : outcome.outputs) {
        if (!ok(nhc_forward(network, 1, images.data(), kBatch, 0, outputs.data()))) return;
    }
}

Outcome run(Stretch stretch = Stretch::kWhole) {
    Outcome outcome;
    nhc_network* network = nullptr;
    outcome.status =
        nhc_create(&kLayers[0][0], kLayerCount, 1, kSide, kSide, kBatch, 1, 0, NHC_ENGINE_FFT, NHC_FP32, &network);
    if (outcome.status == NHC_OK) run(network, stretch, outcome);
    nhc_destroy(network);
    return outcome;
}

void test_orders() {
    const Outcome one = run();
    host_order(kBackwards);
    const Outcome other = run();
    host_order(kUpwards);
    that(one.status == NHC_OK && one.written == kSteps, "a training");
    that(std::isfinite(one.losses[0]) && one.losses[0] > 0 && one.losses[2] != one.losses[0], "its losses");
    that(one.parameters == other.parameters && std::memcmp(one.losses, other.losses, sizeof one.losses) == 0,
         "the same bits in the other order of threads");
    that(host_live() == 0, "nothing left");
}

void test_replays() {
    const Outcome replayed = run(), launched = run(Stretch::kStepByStep);
    that(launched.status == NHC_OK && launched.written == kSteps, "a training step by step");
    that(replayed.parameters == launched.parameters &&
             std::memcmp(replayed.losses, launched.losses, sizeof launched.losses) == 0,
         "the same bits from a graph");
    for (const std::vector<float>& outputs : replayed.outputs) {
        that(outputs == launched.outputs[0], "outputs of a graph");
    }
    that(std::isfinite(replayed.outputs[2][0]), "which are numbers");
}

void test_faults() {
    const int64_t before = host_calls();
    const Outcome undisturbed = run();
    const int64_t calls = host_calls() - before;
    that(calls > 20, "calls that can fail");
    for (int64_t call = 1; call <= calls; call++) {
        host_fail_at(call);
        const Outcome outcome = run();
        const std::string text = nhc_last_error();
        that(outcome.status == NHC_CUDA || outcome.status == NHC_OUT_OF_MEMORY, "call " + std::to_string(call));
        that(text.find(".cu:") != std::string::npos || text.find(".h:") != std::string::npos, "the place: " + text);
        that(text.find("cudaError") != std::string::npos, "the status' name: " + text);
        that(host_live() == 0, "nothing left after call " + std::to_string(call));
    }
    host_fail_at(0);
    that(run().parameters == undisturbed.parameters, "a run after all faults");
}

// It does not come back, whatever is called: every owner gives up what it has, and a new one works as ever.
void test_lost_device() {
    const int64_t before = host_calls();
    const Outcome undisturbed = run();
    const int64_t calls = host_calls() - before;
    for (int64_t call = 1; call <= calls; call += 3) {
        host_lose_at(call);
        const Outcome outcome = run();
        const std::string text = nhc_last_error();
        host_lose_at(0);
        const std::string when = "the device lost at call " + std::to_string(call);
        that(outcome.status == NHC_CUDA || outcome.status == NHC_OUT_OF_MEMORY, when);
        that(text.find("cudaError") != std::string::npos, when + ", the status' name: " + text);
        that(host_live() == 0, when + ", nothing left");
    }
    that(run().parameters == undisturbed.parameters, "a run after all losses");
}

void test_refusals() {
    nhc_network* network = nullptr;
    const auto refused = [&](int status, const char* words) {
        that(status == NHC_BAD_ARGUMENT && std::strstr(nhc_last_error(), words) != nullptr, words);
    };
    refused(nhc_create(&kLayers[0][0], 1, 1, kSide, kSide, 1, 0, 0, NHC_ENGINE_FFT, NHC_FP32, &network),
            "ends with a dense layer");
    refused(nhc_create(&kLayers[0][0], kLayerCount, 1, kSide, kSide, 0, 0, 0, NHC_ENGINE_FFT, NHC_FP32, &network),
            "at least 1, not 0");
    that(nhc_create(&kLayers[0][0], kLayerCount, 1, kSide, kSide, 1, 0, 7, NHC_ENGINE_FFT, NHC_FP32, &network) ==
             NHC_CUDA,
         "device 7");
    that(nhc_create(&kLayers[0][0], kLayerCount, 1, kSide, kSide, 1 << 24, 1, 0, NHC_ENGINE_FFT, NHC_FP32, &network) ==
                 NHC_OUT_OF_MEMORY &&
             std::strstr(nhc_last_error(), "MiB of device memory") != nullptr &&
             std::strstr(nhc_last_error(), "would fit") != nullptr,
         "a batch that is too large");
    // None of them is called before there is memory.
    int64_t addresses[NHC_CUDNN_ADDRESSES], plans[2 * NHC_CUDNN_PLAN_NUMBERS] = {};
    for (int64_t& address : addresses) address = 1;
    that(nhc_create_cudnn(&kLayers[0][0], kLayerCount, 1, kSide, kSide, 1 << 24, 1, 0, NHC_FP32, addresses, 1, 1, plans,
                          2, &network) == NHC_OUT_OF_MEMORY &&
             std::strstr(nhc_last_error(), "MiB of device memory") != nullptr,
         "a batch that is too large for the engine cudnn");
    that(
        nhc_create(&kLayers[0][0], kLayerCount, 1, kSide, kSide, 1, 0, 0, NHC_ENGINE_FFT, NHC_FP32, &network) == NHC_OK,
        "inference");
    std::vector<float> image(kSide * kSide), outputs(kOutputs);
    refused(nhc_forward(network, 0, image.data(), 2, 0, outputs.data()), "1 to 1 images, not 2");
    refused(nhc_forward(network, 0, image.data(), 1, 1, outputs.data()), "made for inference");
    refused(nhc_backward(network, outputs.data()), "made for inference");
    refused(nhc_set_parameters(nullptr, image.data()), "network must not be null");
    nhc_destroy(network);
    that(host_live() == 0, "nothing left after refusals");
}

}  // namespace

int main() {
    test_orders();
    test_replays();
    test_faults();
    test_lost_device();
    test_refusals();
    std::printf("%d failures\n", failures);
    return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
