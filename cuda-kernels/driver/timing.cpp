// SPDX-License-Identifier: Apache-2.0
#include "timing.h"

#include <cxxabi.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <map>
#include <random>
#include <stdexcept>

#include "ceilings.h"
#include "reference.h"
#include "rig.h"

namespace driver {

namespace {

using Floats = std::vector<float>;
using Clock = std::chrono::steady_clock;

void ok(int status) {
    if (status != NHC_OK) throw std::runtime_error(nhc_last_error());
}

double median(std::vector<double> values) {
    std::nth_element(values.begin(), values.begin() + values.size() / 2, values.end());
    return values[values.size() / 2];
}

Floats normal(std::mt19937_64& random, size_t count, double size) {
    // A million of them, again and again: they take long to draw.
    std::normal_distribution<float> numbers(0.0f, static_cast<float>(size));
    Floats some(std::min<size_t>(count, 1 << 20)), values(count);
    for (float& value : some) value = numbers(random);
    for (size_t i = 0; i < count; i++) values[i] = some[i % some.size()];
    return values;
}

// Images with about as many edges as structures have: six rectangles around the cell, one bit a pixel.
std::vector<uint8_t> structures(std::mt19937_64& random, int images, int height, int width) {
    const int stride = (width + 7) / 8;
    std::vector<uint8_t> bits(size_t(images) * height * stride);
    for (int image = 0; image < images; image++) {
        for (int i = 0; i < 6; i++) {
            const int rows = 1 + static_cast<int>(random() % (height / 3)), row = static_cast<int>(random() % height);
            const int columns = 1 + static_cast<int>(random() % (width / 3));
            const int column = static_cast<int>(random() % width);
            for (int y = 0; y < rows; y++) {
                for (int x = 0; x < columns; x++) {
                    const int at = (column + x) % width;
                    bits[(size_t(image) * height + (row + y) % height) * stride + at / 8] |=
                        static_cast<uint8_t>(1u << (at % 8));
                }
            }
        }
    }
    return bits;
}

void row_of_layer(Report& report, const Ceilings& c, const std::string& layer, const std::string& method,
                  const std::string& pass, double seconds, int batch, double bytes, double flop) {
    const double by_bytes = bytes / c.copy, by_flop = flop / c.fma;
    std::printf(
        "  %-7s %-8s %-8s %9.3f us an image, %8.1f KB, %5.1f %% of the copy, %8.1f MFLOP direct, %6.2f of FMA"
        "\n",
        layer.c_str(), method.c_str(), pass.c_str(), seconds / batch * 1e6, bytes / batch / 1e3,
        100 * by_bytes / seconds, flop / batch / 1e6, by_flop / seconds);
    report.row("layers", Json()
                             .put("layer", layer)
                             .put("method", method)
                             .put("pass", pass)
                             .put("usPerImage", seconds / batch * 1e6)
                             .put("bytesPerImage", bytes / batch)
                             .put("directFlopPerImage", flop / batch)
                             .put("fractionOfCopy", by_bytes / seconds)
                             .put("fractionOfFma", by_flop / seconds)
                             .text());
}

// Bytes: inputs read once, results written once; FLOP: those of the direct sums, which a transform undercuts.
void time_layers(const TimeOptions& options, const Ceilings& c, std::mt19937_64& random, Report& report) {
    const auto convolutions = ReferenceNetwork(parse(options.network, options.padding)).convolutions();
    std::printf("convolutions by themselves, batch %d:\n", options.batch);
    for (size_t i = 0; i < convolutions.size() && report.time_for_more(); i++) {
        const nanohooke::ConvolutionShape& s = convolutions[i];
        const bool bits = i == 0 && s.in == 1;
        const int batch = options.batch;
        const std::unique_ptr<Rig> rig = make_rig(s, batch, bits);
        Floats x = normal(random, batch * s.in_size(), 1.0);
        if (bits) {
            const auto packed = structures(random, batch, s.height, s.width);
            const size_t stride = (s.width + 7) / 8;
            for (size_t p = 0; p < x.size(); p++) {
                x[p] = static_cast<float>(packed[p / s.width * stride + p % s.width / 8] >> (p % s.width % 8) & 1);
            }
        }
        rig->set_input(x, bits);
        rig->set_parameters(normal(random, s.weight_count() + s.out, 1.0 / (std::sqrt(s.in) * s.kernel)));
        rig->set_derivatives(normal(random, batch * s.out_size(), 1.0));
        const double in = bits ? batch * s.height * nanohooke::row_words(s.width) * 4.0 : batch * s.in_size() * 4.0;
        const double out = batch * s.out_size() * 4.0, mask = batch * s.out_size() * 0.5;
        const double weights = s.weight_count() * 4.0;
        const double flop = 2.0 * batch * s.weight_count() * s.height * s.width;
        const std::string name = "conv " + std::to_string(i + 1);
        const auto measured = [&](const char* pass, double bytes, double operations, const auto& work) {
            const double seconds = median_seconds(rig->stream(), options.repeats, work);
            row_of_layer(report, c, name, rig->method(), pass, seconds, batch, bytes, operations);
        };
        measured("update", weights, 0.0, [&] { rig->update(); });
        measured("forward", in + out + mask + weights, flop, [&] { rig->forward(batch, true); });
        measured("dW", in + out + mask + weights, flop, [&] { rig->backward(false, true, batch); });
        if (bits) continue;
        measured("dX", in + out + mask + weights, flop, [&] { rig->backward(true, false, batch); });
        measured("dX, dW", 2 * in + out + mask + 2 * weights, 2 * flop, [&] { rig->backward(true, true, batch); });
    }
}

// Events around every launch, summed by the kernel's name as the source has it.
class Observer : public nanohooke::LaunchObserver {
public:
    ~Observer() override {
        for (const auto& event : events_) cudaEventDestroy(event);
    }
    void before(const char* words, const void* kernel, cudaStream_t stream) override {
        names_.push_back(name_of(words, kernel));
        mark(stream);
    }
    void after(cudaStream_t stream) override { mark(stream); }

    // Of the launches since the last call; all are over.
    void add_to(std::map<std::string, std::vector<double>>& seconds, std::map<std::string, int>& launches) {
        std::map<std::string, double> sums;
        launches.clear();
        for (size_t i = 0; i < names_.size(); i++) {
            float milliseconds = 0.0f;
            NHC_CHECK(cudaEventElapsedTime(&milliseconds, events_[2 * i], events_[2 * i + 1]));
            sums[names_[i]] += milliseconds * 1e-3;
            launches[names_[i]]++;
        }
        for (const auto& sum : sums) seconds[sum.first].push_back(sum.second);
        names_.clear();
        used_ = 0;
    }

private:
    // With its template's arguments, where the runtime knows them.
    static std::string name_of(const char* words, const void* kernel) {
#ifdef __CUDACC__
        const char* mangled = nullptr;
        if (cudaFuncGetName(&mangled, kernel) != cudaSuccess || mangled == nullptr) return words;
        int status = 0;
        char* name = abi::__cxa_demangle(mangled, nullptr, nullptr, &status);
        if (name == nullptr) return mangled;
        std::string text = name;
        std::free(name);
        for (const char* away : {"nanohooke::", "(anonymous namespace)::", "void "}) {
            for (size_t at; (at = text.find(away)) != std::string::npos;) text.erase(at, std::strlen(away));
        }
        return text.substr(0, text.find_last_of('('));
#else
        (void)kernel;
        return words;
#endif
    }
    void mark(cudaStream_t stream) {
        if (used_ == events_.size()) {
            events_.emplace_back();
            NHC_CHECK(cudaEventCreate(&events_.back()));
        }
        NHC_CHECK(cudaEventRecord(events_[used_++], stream));
    }
    std::vector<std::string> names_;
    std::vector<cudaEvent_t> events_;
    size_t used_ = 0;
};

struct Training {
    nhc_network* network = nullptr;
    std::vector<int64_t> codes;
    Floats rates;
    std::vector<double> losses;
    int outputs, batch;

    Training(const Definition& d, int batch, int steps, std::mt19937_64& random)
        : rates(steps, 1e-4f), losses(steps), outputs(d.layers[d.layers.size() - NHC_LAYER_NUMBERS + 1]), batch(batch) {
        const int samples = std::min(4 * batch, 1024);
        ok(nhc_create(d.layers.data(), d.count(), d.channels, d.height, d.width, batch, 1, 0, NHC_ENGINE_FFT, NHC_FP32,
                      &network));
        ok(nhc_set_parameters(network, normal(random, ReferenceNetwork(d).parameter_count(), 0.01).data()));
        new_head();
        const auto targets = normal(random, size_t(samples) * NHC_SYMMETRIES * outputs, 1.0);
        const auto images = structures(random, samples, d.height, d.width);
        ok(nhc_set_training_set(network, samples, images.data(), targets.data()));
        for (int i = 0; i < batch * steps; i++) {
            codes.push_back(static_cast<int64_t>(random() % samples) | static_cast<int64_t>(random() % 8) << 32 |
                            static_cast<int64_t>(random() % d.height) << 35 |
                            static_cast<int64_t>(random() % d.width) << 49);
        }
    }
    ~Training() { nhc_destroy(network); }
    Training(const Training&) = delete;
    Training& operator=(const Training&) = delete;

    // After it a step is launched kernel by kernel.
    void new_head() {
        std::vector<double> offset(outputs, 0.1);
        std::vector<int32_t> positive(outputs, 1), products;
        for (int k = 0; k < outputs; k++) products.insert(products.end(), {k, k, k, k, k, (k + 1) % outputs});
        ok(nhc_set_head(network, 1.0, offset.data(), positive.data(), products.data(), 2 * outputs));
    }
    double run(int steps) {
        constexpr int32_t kSymmetries[] = {1,  0, 0, 1, 0, -1, 1, 0,  -1, 0, 0, -1, 0, 1,  -1, 0,
                                           -1, 0, 0, 1, 1, 0,  0, -1, 0,  1, 1, 0,  0, -1, -1, 0};
        int32_t written = 0;
        const auto begin = Clock::now();
        ok(nhc_train(network, codes.data(), batch * steps, batch, rates.data(), kSymmetries, losses.data(), &written));
        const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
        if (written != steps) throw std::runtime_error("a loss was not a number");
        return seconds;
    }
};

void time_step(const TimeOptions& options, std::mt19937_64& random, Report& report) {
    const Definition d = parse(options.network, options.padding);
    const int steps = std::max(4, options.repeats);
    Training training(d, options.batch, steps, random);
    training.run(steps);
    std::vector<double> times;
    for (int i = 0; i < 5 && report.time_for_more(); i++) times.push_back(training.run(steps) / steps);
    if (times.empty()) return;
    const double step = median(times), least = *std::min_element(times.begin(), times.end());
    std::printf("training step, batch %d, as one graph: %.1f us, %.3f us an image (least %.3f)\n", options.batch,
                step * 1e6, step / options.batch * 1e6, least / options.batch * 1e6);
    report.row("steps", Json()
                            .put("batch", options.batch)
                            .put("usPerStep", step * 1e6)
                            .put("usPerImage", step / options.batch * 1e6)
                            .put("leastUsPerImage", least / options.batch * 1e6)
                            .text());

    Observer observer;
    std::map<std::string, std::vector<double>> seconds;
    std::map<std::string, int> launches;
    for (int i = 0; i < 5 && report.time_for_more(); i++) {
        training.new_head();
        nanohooke::launch_observer = &observer;
        try {
            training.run(1);
        } catch (...) {
            nanohooke::launch_observer = nullptr;
            throw;
        }
        nanohooke::launch_observer = nullptr;
        observer.add_to(seconds, launches);
    }
    std::vector<std::pair<double, std::string>> order;
    double sum = 0.0;
    for (const auto& kernel : seconds) {
        order.push_back({median(kernel.second), kernel.first});
        sum += order.back().first;
    }
    std::sort(order.rbegin(), order.rend());
    std::printf("kernels of a step, events around each (launch by launch, some microseconds each too long): %.1f us\n",
                sum * 1e6);
    for (const auto& kernel : order) {
        std::printf("  %-60s %3d launches %9.1f us %8.4f us an image %5.1f %%\n", kernel.second.c_str(),
                    launches[kernel.second], kernel.first * 1e6, kernel.first / options.batch * 1e6,
                    100 * kernel.first / sum);
        report.row("kernels", Json()
                                  .put("kernel", kernel.second)
                                  .put("launches", launches[kernel.second])
                                  .put("us", kernel.first * 1e6)
                                  .put("share", kernel.first / sum)
                                  .text());
    }
}

void time_inference(const TimeOptions& options, int batch, std::mt19937_64& random, Report& report) {
    const Definition d = parse(options.network, options.padding);
    nhc_network* network = nullptr;
    ok(nhc_create(d.layers.data(), d.count(), d.channels, d.height, d.width, batch, 0, 0, NHC_ENGINE_FFT, NHC_FP32,
                  &network));
    const std::unique_ptr<nhc_network, decltype(&nhc_destroy)> owner(network, &nhc_destroy);
    ok(nhc_set_parameters(network, normal(random, ReferenceNetwork(d).parameter_count(), 0.01).data()));
    const auto images = structures(random, batch, d.height, d.width);
    Floats outputs(size_t(batch) * d.layers[d.layers.size() - NHC_LAYER_NUMBERS + 1]);
    std::vector<double> times;
    for (int i = 0; i < options.repeats + 3; i++) {
        const auto begin = Clock::now();
        ok(nhc_forward(network, 1, images.data(), batch, 0, outputs.data()));
        if (i >= 3) times.push_back(std::chrono::duration<double>(Clock::now() - begin).count());
    }
    const double call = median(times);
    std::printf("inference, batch %d, from the host and back: %.1f us a call, %.0f images/s\n", batch, call * 1e6,
                batch / call);
    report.row("inference",
               Json().put("batch", batch).put("usPerCall", call * 1e6).put("imagesPerSecond", batch / call).text());
}

}  // namespace

void time(const TimeOptions& options, Report& report) {
    std::mt19937_64 random(20200101);
    const Ceilings c = measure_ceilings(options.copy_bytes, options.repeats);
    std::printf("ceilings: copy %.3f TB/s, FMA %.1f TFLOP/s, a kernel %.2f us in a graph, %.2f us launched\n",
                c.copy * 1e-12, c.fma * 1e-12, c.kernel * 1e6, c.launch * 1e6);
    report.row("ceilings", Json()
                               .put("copyBytesPerSecond", c.copy)
                               .put("fmaFlopPerSecond", c.fma)
                               .put("kernelUs", c.kernel * 1e6)
                               .put("launchUs", c.launch * 1e6)
                               .text());
    if (report.time_for_more()) time_step(options, random, report);
    for (const int batch : options.inference) {
        if (report.time_for_more()) time_inference(options, batch, random, report);
    }
    time_layers(options, c, random, report);
}

}  // namespace driver
