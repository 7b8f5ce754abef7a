// SPDX-License-Identifier: Apache-2.0
//
// open_fuzz_test [COUNT]: damaged models through the shared library, from file to prediction.
#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "../statics/check.h"
#include "files.h"
#include "mutation.h"
#include "nanohooke_c.h"

int main(int argc, char **argv) {
    const int count = argc > 1 ? std::atoi(argv[1]) : 150;
    const std::string data = std::string(TEST_DATA) + "/c-interface/";
    const auto file = bytes_of(data + "cholesky.safetensors");
    const std::string path = "damaged-" + std::to_string(getpid()) + ".safetensors";
    int opened = 0;
    for (int seed = 0; seed < count; ++seed) {
        write(path, Mutation(1'000'000u + static_cast<std::uint64_t>(seed)).of(file));
        nanohooke_model *model = nullptr;
        const int status = nanohooke_model_open(path.c_str(), seed % 2, 1, 1, &model);
        CHECK((status == NANOHOOKE_OK) == (model != nullptr));
        if (status != NANOHOOKE_OK) {
            // A definition that is no network is a bad argument to the kernels, one that is too large lacks memory.
            CHECK(status == NANOHOOKE_BAD_FILE || status == NANOHOOKE_OUT_OF_MEMORY || status == NANOHOOKE_UNSUPPORTED);
            CHECK(std::strstr(nanohooke_last_error(), path.c_str()) != nullptr);
            continue;
        }
        ++opened;
        int64_t bytes = 0;
        CHECK(nanohooke_model_image(model, nullptr, &bytes) == NANOHOOKE_OK);
        std::vector<std::uint8_t> image(static_cast<std::size_t>(bytes), 0x0f);
        double constants[13];
        const int predicted = nanohooke_predict(model, 1, image.data(), constants, nullptr, nullptr);
        // Weights near the largest float overflow, and some widths have no bit where these images have one.
        CHECK(predicted == NANOHOOKE_OK || predicted == NANOHOOKE_NOT_FINITE || predicted == NANOHOOKE_BAD_ARGUMENT);
        for (int k = 0; k < 13 && predicted == NANOHOOKE_OK; ++k) CHECK(std::isfinite(constants[k]));
        nanohooke_model_close(model);
    }
    std::remove(path.c_str());
    std::printf("%d of %d damaged models open all the same\n", opened, count);
    return check::report("open_fuzz_test");
}
