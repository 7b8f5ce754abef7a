// SPDX-License-Identifier: Apache-2.0
//
// The few checks that the tests need. A test program runs its cases and returns the number of failed checks.
#pragma once

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace check {

/** Sanitizers take six to ten times as long: tests leave out there what differs by its numbers alone. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

inline int failures = 0;

inline void fail(const char *file, int line, const std::string &text) {
    ++failures;
    std::fprintf(stderr, "%s:%d: %s\n", file, line, text.c_str());
}

inline void near(double got, double want, double tolerance, const char *what, const char *file, int line) {
    if (std::fabs(got - want) <= tolerance) return;
    char text[512];
    std::snprintf(text, sizeof text, "%s: %.12g, expected %.12g within %.3g (off by %.3g)", what, got, want, tolerance,
                  got - want);
    fail(file, line, text);
}

inline int report(const char *name) {
    std::printf("%s: %s (%d failed checks)\n", name, failures == 0 ? "passed" : "FAILED", failures);
    return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace check

#define CHECK(condition) ((condition) ? void() : check::fail(__FILE__, __LINE__, "not true: " #condition))
#define CHECK_NEAR(got, want, tolerance) check::near(got, want, tolerance, #got, __FILE__, __LINE__)
