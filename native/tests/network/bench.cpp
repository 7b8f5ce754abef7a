// SPDX-License-Identifier: Apache-2.0
//
// Time per image of the published network, by layer and phase: processor time of this process, one thread unless asked
// otherwise (then wall time). Not a test.
//
//   bench [zero|periodic|both] [rounds] [threads] [auto|plain|avx2|avx512] [noisy]
//
// Images are discs, which the first layer takes by edges, and discs with 2 % of the pixels turned over, which it takes
// by transforms ("noisy": only these, and not batch 128).
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <cstring>

#include "common/error.h"
#include "fixture.h"
#include "network/network.h"

using namespace nanohooke;

namespace {

constexpr int kSide = 256, kRowBytes = kSide / 8;

// Discs as bit images; with `flips` of the pixels turned over, so that edges abound.
std::vector<uint8_t> discs(int count, double flips) {
    std::mt19937 generator(7);
    std::vector<uint8_t> images(size_t(count) * kSide * kRowBytes);
    for (int b = 0; b < count; b++) {
        const int cx = generator() % kSide, cy = generator() % kSide, radius = 20 + generator() % 100;
        for (int y = 0; y < kSide; y++) {
            for (int x = 0; x < kSide; x++) {
                const bool inside = (x - cx) * (x - cx) + (y - cy) * (y - cy) < radius * radius;
                const bool flip = generator() % 10000 < flips * 10000;
                if (inside != flip) images[(size_t(b) * kSide + y) * kRowBytes + x / 8] |= 1 << x % 8;
            }
        }
    }
    return images;
}

double seconds(int threads) {
    if (threads == 1) return Profile::now();
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

void print_table(Profile& profile, size_t layers, double scale) {
    std::printf("  %-8s %9s %9s %9s %9s %9s %9s   ms/image\n", "layer", "weights", "inputs", "products", "outputs",
                "d outputs", "d inputs");
    for (size_t layer = 0; layer < layers; layer++) {
        const std::string name = layer + 2 < layers    ? check::text("conv%zu", layer + 1)
                                 : layer + 2 == layers ? "dense"
                                                       : "adam";
        std::printf("  %-8s", name.c_str());
        for (int phase = 0; phase < static_cast<int>(Phase::Count); phase++) {
            std::printf(" %9.4f", profile.at(layer, static_cast<Phase>(phase)) * scale);
        }
        std::printf("\n");
    }
}

void run(const char* name, int padding, bool training, int batch, double flips, int rounds, int threads, int isa) {
    const Definition definition = published(padding);
    const nh_network_definition view = definition.view();
    const NetworkShape shape = checked_shape(view);
    const auto network = Network::create(shape, {batch, training, threads}, *find_kernels(isa));
    {
        Net initial(definition, 1, NH_MODE_INFERENCE);
        network->set_parameters(initial.random_parameters(1).data());
    }
    const std::vector<uint8_t> images = discs(batch, flips);
    const ImageBatch in = {NH_IMAGES_BITS, images.data()};
    const std::vector<float> targets = check::random(size_t(batch) * network->shape().outputs(), 3);
    std::vector<float> d_outputs(targets.size());
    const auto step = [&] {
        if (!training) {
            network->forward(in, batch);
            return;
        }
        const float* outputs = network->forward_train(in, batch);
        for (size_t i = 0; i < targets.size(); i++) {
            d_outputs[i] = 2 * (outputs[i] - targets[i]) / static_cast<float>(targets.size());
        }
        network->backward(d_outputs.data());
        network->adam_step(1e-4f);
    };
    step();
    Profile profile(network->profile_layers());
    if (threads == 1) network->set_profile(&profile);
    std::vector<double> times;
    for (int round = 0; round < rounds; round++) {
        const double start = seconds(threads);
        step();
        times.push_back((seconds(threads) - start) / batch * 1e3);
    }
    std::sort(times.begin(), times.end());
    rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    std::printf(
        "%s %s B=%d %s, %s, %d thread(s): %.3f ms/image median, %.3f min (%d rounds); "
        "network %.0f MB, peak %ld MB\n",
        name, training ? "train" : "infer", batch, flips > 0 ? "noisy discs" : "discs", network->kernels().name,
        threads, times[times.size() / 2], times[0], rounds,
        static_cast<double>(Network::memory(shape, {batch, training, threads}, network->kernels())) / 1e6,
        usage.ru_maxrss / 1024);
    if (threads == 1) print_table(profile, network->profile_layers(), 1e3 / rounds / batch);
}

}  // namespace

int main(int count, char** arguments) {
    const std::string which = count > 1 ? arguments[1] : "both";
    const int rounds = count > 2 ? std::atoi(arguments[2]) : 9, threads = count > 3 ? std::atoi(arguments[3]) : 1;
    const std::string set = count > 4 ? arguments[4] : "auto";
    const std::string only = count > 5 ? arguments[5] : "";
    const int isa = set == "plain"    ? NH_ISA_PLAIN
                    : set == "avx2"   ? NH_ISA_AVX2
                    : set == "avx512" ? NH_ISA_AVX512
                                      : NH_ISA_AUTO;
    if (find_kernels(isa) == nullptr) {
        std::printf("this machine has no %s\n", set.c_str());
        return 1;
    }
    for (const int padding : {NH_PADDING_ZERO, NH_PADDING_PERIODIC}) {
        const char* name = padding == NH_PADDING_ZERO ? "zero" : "periodic";
        if (which != "both" && which != name) continue;
        for (const double flips : {0.02, 0.0}) {
            if (only == "noisy" && flips == 0) continue;
            run(name, padding, false, 1, flips, 8 * rounds, threads, isa);
            run(name, padding, false, 32, flips, rounds, threads, isa);
            run(name, padding, true, 32, flips, rounds / 2 + 1, threads, isa);
            if (only != "noisy") run(name, padding, true, 128, flips, rounds / 4 + 1, threads, isa);
        }
    }
    return 0;
}
