// SPDX-License-Identifier: Apache-2.0
#include "common/error.h"

#include <cstdio>
#include <exception>
#include <new>

namespace nanohooke {

namespace {
// A fixed buffer: keeping a message must not itself fail for lack of memory.
thread_local char last_error[1024] = "";

/** Bytes of the UTF-8 character at a place; 0 where there is none, or one that no terminal should get. */
int character_bytes(const char *text) noexcept {
    const auto byte = [&](int k) { return static_cast<unsigned char>(text[k]); };
    if (byte(0) < 0x80) return byte(0) >= 0x20 && byte(0) != 0x7f ? 1 : 0;
    const int bytes = byte(0) >= 0xc2 && byte(0) < 0xe0   ? 2
                      : (byte(0) & 0xf0) == 0xe0          ? 3
                      : byte(0) >= 0xf0 && byte(0) < 0xf5 ? 4
                                                          : 0;
    for (int k = 1; k < bytes; ++k)
        if ((byte(k) & 0xc0) != 0x80) return 0;
    return bytes;
}

/** Messages quote what files hold, and that may be anything. */
int keep(int status, const char *message) noexcept {
    std::snprintf(last_error, sizeof last_error, "%s", message);
    for (char *at = last_error; *at != '\0';) {
        const int bytes = character_bytes(at);
        if (bytes == 0) *at = '?';
        at += bytes == 0 ? 1 : bytes;
    }
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
