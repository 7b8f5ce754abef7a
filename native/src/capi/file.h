// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace nanohooke::capi {

/** All bytes of a file or pipe. @throws Error(NH_BAD_FILE) with the system's reason */
std::vector<std::uint8_t> read_file(const std::string &path);

}  // namespace nanohooke::capi
