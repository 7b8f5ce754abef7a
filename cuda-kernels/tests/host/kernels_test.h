// SPDX-License-Identifier: Apache-2.0
//
// What tests of single kernels share: device memory with numbers in it, a comparison with double precision, all orders
// of threads.
#pragma once

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "device.h"

namespace kernels_test {

inline int failures = 0;

inline void that(bool condition, const std::string& what) {
    if (condition) return;
    std::printf("FAILED: %s\n", what.c_str());
    failures++;
}

inline int finish() {
    std::printf("%d failures\n", failures);
    return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

// The same numbers for the same seed, within -size ... size.
class Numbers {
public:
    explicit Numbers(uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15ull + 1) {}
    uint32_t bits() {
        state_ = state_ * 6364136223846793005ull + 1442695040888963407ull;
        return static_cast<uint32_t>(state_ >> 32);
    }
    float number(float size) { return size * (static_cast<float>(bits() >> 8) / 8388608.0f - 1.0f); }
    std::vector<float> numbers(size_t count, float size) {
        std::vector<float> values(count);
        for (float& value : values) value = number(size);
        return values;
    }

private:
    uint64_t state_;
};

class Stream {
public:
    Stream() { NHC_CHECK(cudaStreamCreate(&stream_)); }
    ~Stream() { cudaStreamDestroy(stream_); }
    operator cudaStream_t() const { return stream_; }

private:
    cudaStream_t stream_;
};

// Numbers on the device, `shift` of them later than it gives memory; what was never written is NaN.
template <class T>
class Device {
public:
    Device(size_t count, cudaStream_t stream, size_t shift = 0) : count_(count), shift_(shift), stream_(stream) {
        NHC_CHECK(cudaMalloc(&memory_, (count + shift + 1) * sizeof(T)));
    }
    Device(const std::vector<T>& values, cudaStream_t stream, size_t shift = 0) : Device(values.size(), stream, shift) {
        if (!values.empty()) nanohooke::upload(get(), values.data(), values.size(), stream);
    }
    ~Device() { cudaFree(memory_); }
    Device(const Device&) = delete;
    Device& operator=(const Device&) = delete;
    T* get() const { return static_cast<T*>(memory_) + shift_; }
    std::vector<T> values() const {
        std::vector<T> values(count_);
        if (count_ > 0) nanohooke::download(values.data(), get(), count_, stream_);
        return values;
    }

private:
    void* memory_ = nullptr;
    size_t count_, shift_;
    cudaStream_t stream_;
};

// The norm of the difference over that of what was expected; NaN stays.
inline double distance(const std::vector<float>& found, const std::vector<double>& expected) {
    double difference = 0, norm = 0;
    for (size_t i = 0; i < expected.size(); i++) {
        difference += (found[i] - expected[i]) * (found[i] - expected[i]);
        norm += expected[i] * expected[i];
    }
    return std::sqrt(difference) / (norm > 0 ? std::sqrt(norm) : 1.0);
}

inline void near(const std::vector<float>& found, const std::vector<double>& expected, const std::string& what,
                 double tolerance = 1e-6) {
    const double d = found.size() == expected.size() ? distance(found, expected) : NAN;
    that(d <= tolerance, what + ": " + std::to_string(d * 1e6) + "e-6 away");
}

// The results of run() in every order of threads and blocks: the same bits.
template <class Run>
auto in_all_orders(const Run& run, const std::string& what) {
    const auto results = run();
    for (const HostOrder order : {kBackwards, kMixed}) {
        host_order(order);
        const auto others = run();
        host_order(kUpwards);
        that(others.size() == results.size() &&
                 std::memcmp(others.data(), results.data(), results.size() * sizeof results[0]) == 0,
             what + ": the same bits in another order of threads");
    }
    return results;
}

}  // namespace kernels_test
