// SPDX-License-Identifier: Apache-2.0
#include "capi/decimal.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace nanohooke::capi {

namespace {

/** Whether a number that no double holds is one below 1: std::from_chars does not tell tiny from huge. */
bool is_tiny(std::string_view text) {
    const std::size_t mark = std::min(text.find_first_of("eE"), text.size());
    const std::string_view mantissa = text.substr(0, mark);
    long exponent = 0;
    if (mark < text.size()) {
        std::string_view digits = text.substr(mark + 1);
        if (!digits.empty() && digits[0] == '+') digits.remove_prefix(1);
        const auto end = std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
        if (end.ec == std::errc::result_out_of_range) return digits[0] == '-';
    }
    const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
    const std::size_t first = mantissa.find_first_of("123456789");
    if (first == std::string_view::npos) return true;
    const double place = first < point ? static_cast<double>(point - first) : -static_cast<double>(first - point - 1);
    return place + static_cast<double>(exponent) < 0;
}

}  // namespace

bool parse_decimal(std::string_view text, double &value) {
    const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end.ptr != text.data() + text.size()) return false;
    if (end.ec == std::errc::result_out_of_range && is_tiny(text)) {
        value = 0;
        return true;
    }
    return end.ec == std::errc() && std::isfinite(value);
}

}  // namespace nanohooke::capi
