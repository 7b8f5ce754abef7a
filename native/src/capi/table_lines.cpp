// SPDX-License-Identifier: Apache-2.0
#include "capi/table_lines.h"

#include <algorithm>
#include <charconv>

#include "capi/decimal.h"
#include "common/error.h"

namespace nanohooke::capi {

namespace {

constexpr std::string_view kBlanks = " \t\r\f";
constexpr std::string_view kDigits = "0123456789";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_sign(char c) { return c == '+' || c == '-'; }

/** Fortran writes exponents with D, and without any letter where they have three digits: 0.1-100. */
std::string with_exponent(std::string_view word) {
    std::string plain(word);
    const auto letter = plain.find_first_of("Dd");
    if (letter != std::string::npos) {
        std::replace(plain.begin(), plain.end(), 'D', 'E');
        std::replace(plain.begin(), plain.end(), 'd', 'e');
        return plain;
    }
    const auto sign = plain.find_last_of("+-");
    if (sign == std::string::npos || sign == 0 || plain.size() - sign != 4) return plain;
    const std::string_view head = std::string_view(plain).substr(0, sign);
    const std::string_view tail = std::string_view(plain).substr(sign + 1);
    const std::string_view mantissa = head.substr(is_sign(head[0]) ? 1 : 0);
    const bool decimal = mantissa.find_first_of(kDigits) != std::string_view::npos &&
                         mantissa.find_first_not_of("0123456789.") == std::string_view::npos &&
                         std::count(mantissa.begin(), mantissa.end(), '.') <= 1;
    if (decimal && tail.find_first_not_of(kDigits) == std::string_view::npos) plain.insert(sign, "E");
    return plain;
}

}  // namespace

bool is_whole(std::string_view word) {
    if (!word.empty() && is_sign(word[0])) word.remove_prefix(1);
    return !word.empty() && word.find_first_not_of(kDigits) == std::string_view::npos;
}

bool begins_number(std::string_view word) {
    if (!word.empty() && is_sign(word[0])) word.remove_prefix(1);
    if (!word.empty() && word[0] == '.') word.remove_prefix(1);
    return !word.empty() && is_digit(word[0]);
}

void TableLines::fail(const std::string &message) const {
    throw Error(NH_BAD_FILE, "line " + std::to_string(line_) + ": " + message);
}

void TableLines::truncated(const std::string &what) const {
    throw Error(NH_BAD_FILE,
                "it ends at line " + std::to_string(line_) + ", " + what + " are missing: it is truncated");
}

std::string_view TableLines::raw() {
    if (at_ > text_.size()) fail("the file ends here");
    const std::size_t end = std::min(text_.find('\n', at_), text_.size());
    const std::string_view line = text_.substr(at_, end - at_);
    at_ = end + 1;
    ++line_;
    return line;
}

std::vector<std::string_view> TableLines::next_words() {
    std::vector<std::string_view> words;
    while (words.empty() && at_ <= text_.size()) {
        std::string_view line = raw();
        line = line.substr(0, line.find('#'));
        for (std::size_t begin = line.find_first_not_of(kBlanks); begin != std::string_view::npos;) {
            const std::size_t end = std::min(line.find_first_of(kBlanks, begin), line.size());
            words.push_back(line.substr(begin, end - begin));
            begin = line.find_first_not_of(kBlanks, end);
        }
    }
    return words;
}

std::vector<std::string_view> TableLines::words(std::size_t count, const std::string &what) {
    std::vector<std::string_view> words;
    while (words.size() < count || words.empty()) {
        const auto more = next_words();
        if (more.empty()) truncated(what);
        words.insert(words.end(), more.begin(), more.end());
    }
    return words;
}

std::vector<double> TableLines::table(int count, const std::string &what) {
    std::vector<double> values;
    while (values.size() < static_cast<std::size_t>(count)) {
        const auto words = next_words();
        if (words.empty())
            truncated(std::to_string(count - values.size()) + " of " + std::to_string(count) + " values of " + what);
        for (std::size_t k = 0; k < words.size() && values.size() < static_cast<std::size_t>(count); ++k)
            values.push_back(number(words[k], what));
    }
    return values;
}

double TableLines::number(std::string_view word, const std::string &what) const {
    const std::string plain = with_exponent(word);
    const std::string_view digits = std::string_view(plain).substr(plain.size() > 1 && plain[0] == '+' ? 1 : 0);
    double value = 0;
    if (begins_number(plain) && parse_decimal(digits, value)) return value;
    fail("'" + std::string(word.substr(0, 64)) + "' is not a number, where " + what + " should be");
}

double TableLines::positive(std::string_view word, const std::string &what) const {
    const double value = number(word, what);
    if (!(value > 0)) fail(what + " must be positive, not " + std::string(word));
    return value;
}

int TableLines::count(std::string_view word, const std::string &what) const {
    const std::string_view digits = word.substr(!word.empty() && word[0] == '+' ? 1 : 0);
    int value = 0;
    const auto end = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (end.ec != std::errc() || end.ptr != digits.data() + digits.size() || value < 1)
        fail(what + " must be a whole number of at least 1, not '" + std::string(word.substr(0, 64)) + "'");
    return value;
}

long TableLines::numbers_left() {
    long left = 0;
    for (auto words = next_words(); !words.empty(); words = next_words())
        if (begins_number(words[0])) left += static_cast<long>(words.size());
    return left;
}

}  // namespace nanohooke::capi
