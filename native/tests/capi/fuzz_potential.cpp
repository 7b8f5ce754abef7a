// SPDX-License-Identifier: Apache-2.0
//
// libFuzzer's target for embedded-atom files of every style. Where the compiler is not clang, replay.cpp feeds it the
// corpus alone.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "capi/eam_file.h"
#include "common/error.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    try {
        const auto tables = nanohooke::capi::parse_eam(std::vector<std::uint8_t>(data, data + size), "Al");
        for (const auto *table : {&tables.embedding, &tables.density, &tables.product})
            for (const double v : *table)
                if (!std::isfinite(v)) std::abort();
    } catch (const nanohooke::Error &error) {
        if (error.what()[0] == '\0') std::abort();
    }
    return 0;
}
