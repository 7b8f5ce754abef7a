// SPDX-License-Identifier: Apache-2.0
//
// replay FOLDER...: feeds a fuzz target every file of a corpus, and what damage makes of it, for compilers without
// libFuzzer.
#include <cstdio>
#include <filesystem>

#include "files.h"
#include "mutation.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

int main(int argc, char **argv) {
    int files = 0;
    for (int k = 1; k < argc; ++k)
        for (const auto &entry : std::filesystem::recursive_directory_iterator(argv[k])) {
            if (!entry.is_regular_file() || entry.file_size() > (1u << 17)) continue;
            const auto whole = bytes_of(entry.path().string());
            LLVMFuzzerTestOneInput(whole.data(), whole.size());
            for (std::uint64_t seed = 0; seed < 20; ++seed) {
                const auto damaged = Mutation(seed).of(whole);
                LLVMFuzzerTestOneInput(damaged.data(), damaged.size());
            }
            ++files;
        }
    std::printf("%d files\n", files);
    return files > 0 ? 0 : 1;
}
