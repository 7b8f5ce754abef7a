// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace nanohooke {

/** splitmix64 (Steele, Lea and Flood 2014): the same numbers from the same seed on every machine. */
class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ull);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
        return z ^ (z >> 31);
    }

    double uniform(double low, double high) {
        return low + (high - low) * (static_cast<double>(next() >> 11) * 0x1.0p-53);
    }

private:
    std::uint64_t state_;
};

}  // namespace nanohooke
