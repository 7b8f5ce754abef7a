// SPDX-License-Identifier: Apache-2.0
#include "definition.h"

#include <cstdio>
#include <sstream>
#include <stdexcept>

namespace driver {

Definition parse(const std::string& text, Padding padding) {
    std::istringstream words(text);
    std::string word;
    Definition d;
    int used = 0;
    const auto whole = [&] { return used == static_cast<int>(word.size()); };
    if (!(words >> word) || std::sscanf(word.c_str(), "%dx%dx%d%n", &d.channels, &d.height, &d.width, &used) != 3 ||
        !whole()) {
        throw std::invalid_argument("a network begins with its input, channels x height x width: '" + word + "'");
    }
    while (words >> word) {
        int kernel = 0, outputs = 0;
        char kind = 0;
        if (std::sscanf(word.c_str(), "conv%d%c%d%n", &kernel, &kind, &outputs, &used) == 3 && whole() &&
            (kind == 'z' || kind == 'p')) {
            const bool periodic = padding == Padding::kAsWritten ? kind == 'p' : padding == Padding::kPeriodic;
            d.layers.insert(d.layers.end(), {NHC_CONVOLUTION, outputs, kernel, periodic});
        } else if (std::sscanf(word.c_str(), "dense%d%n", &outputs, &used) == 1 && whole()) {
            d.layers.insert(d.layers.end(), {NHC_DENSE, outputs, 0, 0});
        } else if (word == "relu" || word == "pool") {
            d.layers.insert(d.layers.end(), {word == "relu" ? NHC_RELU : NHC_MAX_POOL, 0, 0, 0});
        } else {
            throw std::invalid_argument("no layer is called '" + word + "'");
        }
    }
    return d;
}

}  // namespace driver
