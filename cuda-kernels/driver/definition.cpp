// SPDX-License-Identifier: Apache-2.0
#include "definition.h"

#include <charconv>
#include <sstream>
#include <stdexcept>

namespace driver {

namespace {

// Takes literal text, then a positive number, from the beginning of what is left of a word; false where they are not.
bool take(std::string& rest, const std::string& text, int& number) {
    if (rest.rfind(text, 0) != 0) return false;
    const char *begin = rest.data() + text.size(), *end = rest.data() + rest.size();
    const auto [after, error] = std::from_chars(begin, end, number);
    if (error != std::errc() || number <= 0) return false;
    rest.erase(0, after - rest.data());
    return true;
}

}  // namespace

Definition parse(const std::string& text, Padding padding) {
    std::istringstream words(text);
    std::string word;
    Definition d;
    words >> word;
    std::string rest = word;
    if (!take(rest, "", d.channels) || !take(rest, "x", d.height) || !take(rest, "x", d.width) || !rest.empty()) {
        throw std::invalid_argument("a network begins with its input, channels x height x width: '" + word + "'");
    }
    while (words >> word) {
        int kernel = 0, outputs = 0;
        rest = word;
        if (word == "relu" || word == "pool") {
            d.layers.insert(d.layers.end(), {word == "relu" ? NHC_RELU : NHC_MAX_POOL, 0, 0, 0});
        } else if (take(rest, "dense", outputs) && rest.empty()) {
            d.layers.insert(d.layers.end(), {NHC_DENSE, outputs, 0, 0});
        } else if (rest = word; take(rest, "conv", kernel)) {
            const bool written = rest.rfind("p", 0) == 0;
            if ((!take(rest, "p", outputs) && !take(rest, "z", outputs)) || !rest.empty()) {
                throw std::invalid_argument("a convolution is written conv20p6 or conv20z6, not '" + word + "'");
            }
            const bool periodic = padding == Padding::kAsWritten ? written : padding == Padding::kPeriodic;
            d.layers.insert(d.layers.end(), {NHC_CONVOLUTION, outputs, kernel, periodic});
        } else {
            throw std::invalid_argument("no layer is called '" + word + "'");
        }
    }
    return d;
}

}  // namespace driver
