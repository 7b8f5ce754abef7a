// SPDX-License-Identifier: Apache-2.0
//
// libFuzzer's target for model files: safetensors, the JSON in them, definition and head. Where the compiler is not
// clang, replay.cpp feeds it the corpus alone.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "capi/model_file.h"
#include "common/error.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    try {
        const auto model = nanohooke::capi::ModelFile::of(std::vector<std::uint8_t>(data, data + size));
        for (const float p : model.parameters)
            if (!std::isfinite(p)) std::abort();
        model.test_errors(true);
    } catch (const nanohooke::Error &error) {
        if (error.what()[0] == '\0') std::abort();
    }
    return 0;
}
