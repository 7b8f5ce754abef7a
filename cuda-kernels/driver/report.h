// SPDX-License-Identifier: Apache-2.0
//
// What a run found: lines for people, JSON for programs, and the time that is left.
#pragma once

#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

namespace driver {

class Report {
public:
    explicit Report(double seconds) : begin_(Clock::now()), seconds_(seconds) {}

    double passed() const { return std::chrono::duration<double>(Clock::now() - begin_).count(); }
    // Whether there is time for more; once there was not, the report says so.
    bool time_for_more();

    // An error with its limit; NaN never passes.
    void compare(const std::string& what, double error, double limit);
    void that(bool condition, const std::string& what);
    // A row of a table; `object` is its JSON.
    void row(const std::string& table, const std::string& object);

    int failures() const { return failures_; }
    // Writes {"device": ..., "failures": ..., tables} to the file, if there is a name.
    void write(const std::string& file, const std::string& device) const;

private:
    using Clock = std::chrono::steady_clock;
    Clock::time_point begin_;
    double seconds_;
    bool out_of_time_ = false;
    int failures_ = 0;
    std::vector<std::pair<std::string, std::vector<std::string>>> tables_;
};

// {"key": "text"} and numbers, in their order.
class Json {
public:
    Json& put(const char* key, const std::string& text);
    Json& put(const char* key, double number);
    std::string text() const { return "{" + members_ + "}"; }

private:
    std::string members_;
};

}  // namespace driver
