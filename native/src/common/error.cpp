// SPDX-License-Identifier: Apache-2.0
#include "common/error.h"

#include <cstdio>
#include <exception>
#include <new>

namespace nanohooke {

namespace {
// A fixed buffer: keeping a message must not itself fail for lack of memory.
thread_local char last_error[1024] = "";

int keep(int status, const char *message) noexcept {
    std::snprintf(last_error, sizeof last_error, "%s", message);
    return status;
}
}  // namespace

int report_current_exception() noexcept {
    try {
        throw;
    } catch (const Error &error) {
        return keep(error.status(), error.what());
    } catch (const std::bad_alloc &) {
        return keep(NH_OUT_OF_MEMORY, "not enough memory");
    } catch (const std::exception &error) {
        return keep(NH_INTERNAL, error.what());
    } catch (...) {
        return keep(NH_INTERNAL, "unknown exception");
    }
}

}  // namespace nanohooke

extern "C" const char *nh_last_error(void) { return nanohooke::last_error; }
