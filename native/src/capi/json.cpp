// SPDX-License-Identifier: Apache-2.0
#include "capi/json.h"

#include <algorithm>
#include <charconv>

#include "capi/decimal.h"
#include "common/error.h"

namespace nanohooke::json {

namespace {

constexpr int kMostNested = 32;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

void append_utf8(std::uint32_t code, std::string &text) {
    if (code < 0x80) {
        text += static_cast<char>(code);
        return;
    }
    const int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    static constexpr std::uint32_t lead[] = {0, 0xc0, 0xe0, 0xf0};
    text += static_cast<char>(lead[more] | code >> (6 * more));
    for (int k = more - 1; k >= 0; --k) text += static_cast<char>(0x80 | (code >> (6 * k) & 0x3f));
}

/** Length of the UTF-8 sequence that begins at `at`, 0 where there is none. */
std::size_t utf8_length(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(i < text.size() ? text[i] : 0); };
    const unsigned char first = byte(at);
    if (first < 0x80) return 1;
    const std::size_t length = first >= 0xc2 && first < 0xe0   ? 2
                               : first >= 0xe0 && first < 0xf0 ? 3
                               : first >= 0xf0 && first < 0xf5 ? 4
                                                               : 0;
    for (std::size_t k = 1; k < length; ++k)
        if ((byte(at + k) & 0xc0) != 0x80) return 0;
    const unsigned char second = byte(at + 1);
    // Longer forms than needed, surrogates, and what lies beyond the last code point.
    if ((first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) || (first == 0xf0 && second < 0x90) ||
        (first == 0xf4 && second > 0x8f))
        return 0;
    return length;
}

}  // namespace

class Parser {
public:
    Parser(std::string_view text, const std::string &what) : text_(text), what_(what) {}

    Value whole() {
        Value value = any(0);
        skip_blanks();
        if (at_ != text_.size()) fail("something follows its end");
        return value;
    }

private:
    [[noreturn]] void fail(const std::string &reason) const {
        throw Error(NH_BAD_FILE, what_ + " is no valid JSON: " + reason + " (at byte " + std::to_string(at_) + ")");
    }

    char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

    void skip_blanks() {
        while (at_ < text_.size() &&
               (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r'))
            ++at_;
    }

    void expect(char c) {
        skip_blanks();
        if (at_ >= text_.size()) fail("it ends too early");
        if (text_[at_] != c) fail(std::string("there should be a '") + c + "'");
        ++at_;
    }

    bool take(char c) {
        skip_blanks();
        if (peek() != c || at_ >= text_.size()) return false;
        ++at_;
        return true;
    }

    Value any(int depth) {
        if (depth > kMostNested) fail("it is nested too deeply");
        skip_blanks();
        Value value;
        switch (peek()) {
            case '{':
                object(value, depth);
                break;
            case '[':
                list(value, depth);
                break;
            case '"':
                value.kind_ = Value::Kind::text;
                value.text_ = quoted();
                break;
            case 't':
                word(value, Value::Kind::boolean, "true");
                break;
            case 'f':
                word(value, Value::Kind::boolean, "false");
                break;
            case 'n':
                word(value, Value::Kind::null, "null");
                break;
            default:
                number(value);
        }
        return value;
    }

    void word(Value &value, Value::Kind kind, std::string_view word) {
        if (text_.substr(at_, word.size()) != word) fail("an unknown word");
        at_ += word.size();
        value.kind_ = kind;
        value.text_ = word;
    }

    void object(Value &value, int depth) {
        value.kind_ = Value::Kind::object;
        expect('{');
        if (take('}')) return;
        do {
            skip_blanks();
            std::string name = quoted();
            expect(':');
            value.fields_.emplace_back(std::move(name), any(depth + 1));
        } while (take(','));
        expect('}');
        require_distinct(value);
    }

    void require_distinct(const Value &value) const {
        std::vector<std::string_view> names;
        for (const auto &field : value.fields_) names.push_back(field.first);
        std::sort(names.begin(), names.end());
        const auto twice = std::adjacent_find(names.begin(), names.end());
        if (twice != names.end()) fail("the name '" + std::string(*twice) + "' comes twice");
    }

    void list(Value &value, int depth) {
        value.kind_ = Value::Kind::list;
        expect('[');
        if (take(']')) return;
        do value.list_.push_back(any(depth + 1));
        while (take(','));
        expect(']');
    }

    void digits() {
        if (!is_digit(peek())) fail("there should be a value");
        while (is_digit(peek())) ++at_;
    }

    void number(Value &value) {
        const std::size_t begin = at_;
        if (peek() == '-') ++at_;
        if (peek() == '0')
            ++at_;
        else
            digits();
        if (peek() == '.') {
            ++at_;
            digits();
        }
        if (peek() == 'e' || peek() == 'E') {
            ++at_;
            if (peek() == '+' || peek() == '-') ++at_;
            digits();
        }
        value.kind_ = Value::Kind::number;
        value.text_ = text_.substr(begin, at_ - begin);
    }

    std::string quoted() {
        if (peek() != '"') fail("there should be a text in quotes");
        ++at_;
        std::string text;
        while (true) {
            if (at_ >= text_.size()) fail("a text has no end");
            const char c = text_[at_];
            if (c == '"') break;
            if (static_cast<unsigned char>(c) < 0x20) fail("a text has a control character");
            if (c == '\\') {
                escape(text);
                continue;
            }
            const std::size_t length = utf8_length(text_, at_);
            if (length == 0) fail("a text is not in UTF-8");
            text.append(text_.substr(at_, length));
            at_ += length;
        }
        ++at_;
        return text;
    }

    void escape(std::string &text) {
        ++at_;
        const char c = peek();
        ++at_;
        switch (c) {
            case '"':
            case '\\':
            case '/':
                text += c;
                return;
            case 'b':
                text += '\b';
                return;
            case 'f':
                text += '\f';
                return;
            case 'n':
                text += '\n';
                return;
            case 'r':
                text += '\r';
                return;
            case 't':
                text += '\t';
                return;
            case 'u':
                break;
            default:
                fail("an unknown escape");
        }
        std::uint32_t code = four_digits();
        if (code >= 0xd800 && code < 0xdc00 && text_.substr(at_, 2) == "\\u") {
            at_ += 2;
            const std::uint32_t low = four_digits();
            if (low < 0xdc00 || low > 0xdfff) fail("half a surrogate pair");
            code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        } else if (code >= 0xd800 && code < 0xe000) {
            fail("half a surrogate pair");
        }
        append_utf8(code, text);
    }

    std::uint32_t four_digits() {
        const std::string_view word = text_.substr(std::min(at_, text_.size()), 4);
        std::uint32_t code = 0;
        const auto end = std::from_chars(word.data(), word.data() + word.size(), code, 16);
        if (word.size() != 4 || end.ec != std::errc() || end.ptr != word.data() + 4) fail("\\u needs four hex digits");
        at_ += 4;
        return code;
    }

    std::string_view text_;
    const std::string &what_;
    std::size_t at_ = 0;
};

Value parse(std::string_view text, const std::string &what) { return Parser(text, what).whole(); }

const Value *Value::find(std::string_view name) const {
    for (const auto &field : fields_)
        if (field.first == name) return &field.second;
    return nullptr;
}

namespace {
[[noreturn]] void other_kind(const std::string &what, const char *wanted) {
    throw Error(NH_BAD_FILE, what + " must be " + wanted);
}
}  // namespace

const std::string &Value::text(const std::string &what) const {
    if (kind_ != Kind::text) other_kind(what, "a text");
    return text_;
}

double Value::number(const std::string &what) const {
    if (kind_ != Kind::number) other_kind(what, "a number");
    double value = 0;
    if (!capi::parse_decimal(text_, value)) other_kind(what, ("a finite number, not " + text_).c_str());
    return value;
}

std::int64_t Value::count(const std::string &what) const {
    std::int64_t value = -1;
    const char *last = text_.data() + text_.size();
    if (kind_ == Kind::number) {
        const auto end = std::from_chars(text_.data(), last, value);
        if (end.ec == std::errc() && end.ptr == last && value >= 0) return value;
    }
    other_kind(what, "a whole number, not negative and below 2^63");
}

const std::vector<Value> &Value::list(const std::string &what) const {
    if (kind_ != Kind::list) other_kind(what, "a list");
    return list_;
}

const std::vector<Value::Field> &Value::fields(const std::string &what) const {
    if (kind_ != Kind::object) other_kind(what, "a JSON object");
    return fields_;
}

}  // namespace nanohooke::json
