// SPDX-License-Identifier: Apache-2.0
//
// Damaged copies of a file: cut, with other bytes, with numbers and words of its header replaced.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

class Mutation {
public:
    explicit Mutation(std::uint64_t seed) : state_(seed) {}

    std::vector<std::uint8_t> of(std::vector<std::uint8_t> file) {
        const int times = 1 + static_cast<int>(below(3));
        for (int i = 0; i < times && !file.empty(); ++i) once(file);
        return file;
    }

private:
    // splitmix64
    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ull);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
        return z ^ (z >> 31);
    }
    std::uint64_t below(std::uint64_t n) { return next() % n; }

    void once(std::vector<std::uint8_t> &file) {
        switch (below(7)) {
            case 0:
                file.resize(below(file.size()));
                break;
            case 1:
                file[below(file.size())] ^= static_cast<std::uint8_t>(1 + below(255));
                break;
            case 2:
                length(file);
                break;
            case 3:
                number(file);
                break;
            case 4:
                file.insert(file.begin() + below(file.size()), below(40), static_cast<std::uint8_t>(next()));
                break;
            case 5:
                erase(file);
                break;
            default:
                special_value(file);
        }
    }

    void length(std::vector<std::uint8_t> &file) {
        static constexpr std::uint64_t lengths[] = {
            0, 1, 2, 100'000'000, 100'000'001, 0x7fffffffffffffff, 0xffffffffffffffff, 0x8000000000000000};
        if (file.size() < 8) return;
        std::uint64_t length = 0;
        std::memcpy(&length, file.data(), 8);
        length = below(2) == 0 ? length + below(64) - 32 : lengths[below(8)];
        std::memcpy(file.data(), &length, 8);
    }

    // A number somewhere in the text becomes another one, so that shapes and offsets are wrong in every way.
    void number(std::vector<std::uint8_t> &file) {
        static const char *const numbers[] = {"0",
                                              "-1",
                                              "1",
                                              "2",
                                              "13",
                                              "2147483647",
                                              "4294967296",
                                              "9223372036854775807",
                                              "9223372036854775808",
                                              "18446744073709551616",
                                              "1e400",
                                              "1e-400",
                                              "NaN",
                                              "0.5",
                                              "46340",
                                              "46341",
                                              "1024",
                                              "[]",
                                              "{}"};
        const auto is_digit = [](std::uint8_t c) { return c >= '0' && c <= '9'; };
        const std::size_t limit = std::min<std::size_t>(file.size(), 6000);
        std::size_t at = below(limit);
        while (at < limit && !is_digit(file[at])) ++at;
        std::size_t end = at;
        while (end < limit && is_digit(file[end])) ++end;
        const std::string word = numbers[below(19)];
        file.erase(file.begin() + at, file.begin() + end);
        file.insert(file.begin() + at, word.begin(), word.end());
        // The header's length goes with it, so that the reader gets past that.
        if (file.size() < 8 || below(8) == 0) return;
        std::uint64_t header = 0;
        std::memcpy(&header, file.data(), 8);
        header += word.size() - (end - at);
        std::memcpy(file.data(), &header, 8);
    }

    void erase(std::vector<std::uint8_t> &file) {
        const std::size_t at = below(file.size());
        file.erase(file.begin() + at, file.begin() + std::min<std::size_t>(file.size(), at + 1 + below(40)));
    }

    // Not a number, infinities, huge ones among the values.
    void special_value(std::vector<std::uint8_t> &file) {
        static constexpr std::uint32_t values[] = {0x7fc00000, 0x7f800000, 0xff800000, 0x7f7fffff, 0x00000001};
        if (file.size() < 8) return;
        const std::size_t at = file.size() - 4 - 4 * below(std::max<std::size_t>(1, (file.size() - 4) / 4));
        std::memcpy(file.data() + at, &values[below(5)], 4);
    }

    std::uint64_t state_;
};
