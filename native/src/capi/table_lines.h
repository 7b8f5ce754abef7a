// SPDX-License-Identifier: Apache-2.0
//
// Files of words and numbers, read as LAMMPS' TextFileReader reads them: what follows a # is a comment, blank lines are
// skipped, a header takes as many lines as it needs words and skips the rest of the last, and so does a table.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nanohooke::capi {

class TableLines {
public:
    explicit TableLines(std::string_view text) : text_(text) {}

    /** The next line as it stands. */
    std::string_view raw();
    /** At least `count` words from as many lines as it takes. */
    std::vector<std::string_view> words(std::size_t count, const std::string &what);
    /** A table of `count` finite numbers. */
    std::vector<double> table(int count, const std::string &what);

    double number(std::string_view word, const std::string &what) const;
    double positive(std::string_view word, const std::string &what) const;
    int count(std::string_view word, const std::string &what) const;

    /** How many words stand on lines that are left and begin with a number. */
    long numbers_left();
    /** The line that was read last, counted from 1. */
    int line() const { return line_; }
    [[noreturn]] void fail(const std::string &message) const;

private:
    /** The words of the next line that has some; none at the end. */
    std::vector<std::string_view> next_words();
    [[noreturn]] void truncated(const std::string &what) const;

    std::string_view text_;
    std::size_t at_ = 0;
    int line_ = 0;
};

/** Whether a word is a whole number, with a sign or without. */
bool is_whole(std::string_view word);
/** Whether a word begins as numbers do. */
bool begins_number(std::string_view word);

}  // namespace nanohooke::capi
