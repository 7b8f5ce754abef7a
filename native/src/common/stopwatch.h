// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ctime>

namespace nanohooke {

/** Adds the CPU time of its thread, while it lives, to a sum of seconds: what a shared machine does not blur. */
class Stopwatch {
public:
    explicit Stopwatch(double &sum) : sum_(sum), start_(now()) {}
    ~Stopwatch() { sum_ += now() - start_; }
    Stopwatch(const Stopwatch &) = delete;
    Stopwatch &operator=(const Stopwatch &) = delete;

private:
    static double now() {
        timespec t{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
        return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
    }

    double &sum_;
    double start_;
};

}  // namespace nanohooke
