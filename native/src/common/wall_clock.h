// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

namespace nanohooke {

/** Adds the wall time that it lives to a sum of seconds: for work of several threads, where Stopwatch sees one. */
class WallClock {
public:
    explicit WallClock(double &sum) : sum_(sum), start_(std::chrono::steady_clock::now()) {}
    ~WallClock() { sum_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }
    WallClock(const WallClock &) = delete;
    WallClock &operator=(const WallClock &) = delete;

private:
    double &sum_;
    std::chrono::steady_clock::time_point start_;
};

}  // namespace nanohooke
