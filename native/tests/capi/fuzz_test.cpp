// SPDX-License-Identifier: Apache-2.0
//
// fuzz_test [COUNT]: damaged files of every kind that is read. Whatever they hold, the answer is a value or a named
// error; sanitizers watch the memory.
#include <cstdio>
#include <cstdlib>
#include <functional>

#include "../statics/check.h"
#include "capi/eam_file.h"
#include "capi/model_file.h"
#include "common/error.h"
#include "files.h"
#include "mutation.h"

using nanohooke::Error;

namespace {

using Reading = std::function<void(const std::vector<std::uint8_t> &)>;

void fuzz(const char *name, const std::vector<std::uint8_t> &file, int count, const Reading &read) {
    CHECK(!file.empty());
    read(file);  // the file itself is read without error
    int refused = 0;
    for (int seed = 0; seed < count; ++seed) {
        const auto damaged = Mutation(static_cast<std::uint64_t>(seed)).of(file);
        try {
            read(damaged);
        } catch (const Error &error) {
            ++refused;
            const int status = error.status();
            CHECK(status == NH_BAD_FILE || status == NH_BAD_ARGUMENT || status == NH_UNSUPPORTED);
            CHECK(error.what()[0] != '\0');
        }
    }
    std::printf("%s: %d of %d damaged files are refused\n", name, refused, count);
    // Some damage changes a weight or a word and nothing else.
    CHECK(refused > count / 2);
}

void model(const std::vector<std::uint8_t> &file) {
    const auto read = nanohooke::capi::ModelFile::of(file);
    const float raw[nanohooke::capi::kConstants] = {};
    double constants[nanohooke::capi::kConstants];
    read.head.constants(raw, constants);
    for (const float p : read.parameters) CHECK(std::isfinite(p));
    read.test_errors(true);
}

void potential(const std::vector<std::uint8_t> &file) {
    const auto tables = nanohooke::capi::parse_eam(file, "Al");
    for (const auto *table : {&tables.embedding, &tables.density, &tables.product})
        for (const double v : *table) CHECK(std::isfinite(v));
}

}  // namespace

int main(int argc, char **argv) {
    const int count = argc > 1 ? std::atoi(argv[1]) : 4000;
    const std::string data = TEST_DATA;
    fuzz("model, cholesky", bytes_of(data + "/c-interface/cholesky.safetensors"), count, model);
    fuzz("model, direct, half precision", bytes_of(data + "/c-interface/direct.safetensors"), count, model);
    fuzz("eam/alloy", bytes_of(data + "/potentials/ok.eam.alloy"), count / 10, potential);
    fuzz("eam/fs", bytes_of(data + "/potentials/two.eam.fs"), count / 20, potential);
    fuzz("eam", bytes_of(data + "/potentials/toy.eam"), count / 10, potential);
    return check::report("fuzz_test");
}
