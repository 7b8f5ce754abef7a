// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stdexcept>
#include <string>

#include "nanohooke/status.h"

namespace nanohooke {

/** A failure with the status that the C interface answers. */
class Error : public std::runtime_error {
public:
    Error(int status, const std::string &message) : std::runtime_error(message), status_(status) {}
    int status() const { return status_; }

private:
    int status_;
};

/** Translates the exception in flight into a status and keeps its message for nh_last_error(). */
int report_current_exception() noexcept;

/** Runs `body` and lets no exception out: the border of every C function. */
template <typename Body>
int guarded(Body &&body) noexcept {
    try {
        body();
        return NH_OK;
    } catch (...) {
        return report_current_exception();
    }
}

inline void require(bool condition, const std::string &message) {
    if (!condition) throw Error(NH_BAD_ARGUMENT, message);
}

}  // namespace nanohooke
