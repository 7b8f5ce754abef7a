// SPDX-License-Identifier: Apache-2.0
//
// What the tests of the network share: comparisons that print the case that failed, and random numbers.
#pragma once

#include <cmath>
#include <cstdarg>
#include <cstdio>
#include <random>
#include <string>
#include <vector>

#include "nanohooke/network.h"
#include "network/kernels.h"

namespace check {

inline int& failures() {
    static int count = 0;
    return count;
}
inline int& checks() {
    static int count = 0;
    return count;
}

inline std::string text(const char* format, ...) __attribute__((format(printf, 1, 2)));
inline std::string text(const char* format, ...) {
    char buffer[512];
    va_list arguments;
    va_start(arguments, format);
    std::vsnprintf(buffer, sizeof buffer, format, arguments);
    va_end(arguments);
    return buffer;
}

inline bool that(bool condition, const std::string& what) {
    checks()++;
    if (!condition) {
        failures()++;
        std::printf("FAILED %s\n", what.c_str());
    }
    return condition;
}

// The larger of two errors; a NaN stays one, whichever of the two it is.
inline double worse(double error, double other) { return std::isnan(error) || other <= error ? error : other; }

// Largest difference against the largest expected value. A comparison with (nearly) nothing proves nothing and fails.
template <class Actual, class Expected>
bool close(const Actual& actual, const Expected& expected, double tolerance, const std::string& what) {
    double largest = 0, difference = 0;
    size_t zeros = 0;
    for (size_t i = 0; i < expected.size(); i++) {
        largest = std::max(largest, std::abs(static_cast<double>(expected[i])));
        zeros += expected[i] == 0;
        difference = worse(difference, std::abs(static_cast<double>(actual[i]) - static_cast<double>(expected[i])));
    }
    const double relative = difference / largest;
    return that(actual.size() == expected.size() && expected.size() > 0 && 4 * zeros <= 3 * expected.size(),
                what + text(": %zu of %zu expected values are zero", zeros, expected.size())) &&
           that(relative <= tolerance, what + text(": relative error %.3g > %.3g", relative, tolerance));
}

inline std::vector<float> random(size_t count, unsigned seed, float deviation = 1.0f) {
    std::mt19937 generator(seed);
    std::normal_distribution<float> normal(0.0f, deviation);
    std::vector<float> values(count);
    for (float& v : values) v = normal(generator);
    return values;
}

// The instruction sets of this machine.
inline std::vector<const nanohooke::KernelTable*> available() {
    std::vector<const nanohooke::KernelTable*> tables;
    for (const int isa : {NH_ISA_PLAIN, NH_ISA_AVX2, NH_ISA_AVX512}) {
        if (const nanohooke::KernelTable* table = nanohooke::find_kernels(isa)) tables.push_back(table);
    }
    return tables;
}

inline int report() {
    std::printf("%d checks, %d failed\n", checks(), failures());
    return failures() == 0 && checks() > 0 ? 0 : 1;
}

}  // namespace check
