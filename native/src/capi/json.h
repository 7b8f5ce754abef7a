// SPDX-License-Identifier: Apache-2.0
//
// JSON as the headers of model files have it (RFC 8259), believing nothing: names that come twice, anything behind the
// value, bytes that are no UTF-8 and deep nesting are errors.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nanohooke::json {

class Value {
public:
    enum class Kind { null, boolean, number, text, list, object };
    using Field = std::pair<std::string, Value>;

    Kind kind() const { return kind_; }
    bool is(Kind kind) const { return kind_ == kind; }

    /** The field of that name, null where there is none; of an object only. */
    const Value *find(std::string_view name) const;

    // Each throws Error(NH_BAD_FILE) that begins with `what` when the value is of another kind.
    const std::string &text(const std::string &what) const;
    double number(const std::string &what) const;
    /** A whole number from 0, written without point and exponent. */
    std::int64_t count(const std::string &what) const;
    const std::vector<Value> &list(const std::string &what) const;
    const std::vector<Field> &fields(const std::string &what) const;

private:
    friend class Parser;
    Kind kind_ = Kind::null;
    /** A text, or a number as it is written. */
    std::string text_;
    std::vector<Value> list_;
    std::vector<Field> fields_;
};

/** @throws Error(NH_BAD_FILE) that begins with `what` */
Value parse(std::string_view text, const std::string &what);

}  // namespace nanohooke::json
