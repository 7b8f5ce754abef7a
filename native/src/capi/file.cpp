// SPDX-License-Identifier: Apache-2.0
#include "capi/file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "common/error.h"

namespace nanohooke::capi {

std::vector<std::uint8_t> read_file(const std::string &path) {
    const auto fail = [&](int reason) -> void {
        char text[256] = "unknown reason";
        throw Error(NH_BAD_FILE, "file " + path + " cannot be read: " + strerror_r(reason, text, sizeof text));
    };
    const std::unique_ptr<std::FILE, int (*)(std::FILE *)> file(std::fopen(path.c_str(), "rb"), std::fclose);
    if (!file) fail(errno);
    std::vector<std::uint8_t> bytes;
    std::size_t got = 0;
    do {
        // Grows with what is there, not with what somebody says there is.
        const std::size_t size = bytes.size();
        bytes.resize(size + (std::size_t{1} << 20));
        got = std::fread(bytes.data() + size, 1, bytes.size() - size, file.get());
        bytes.resize(size + got);
    } while (got > 0);
    if (std::ferror(file.get())) fail(errno);
    return bytes;
}

}  // namespace nanohooke::capi
