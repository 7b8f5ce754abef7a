// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>

namespace nanohooke {

/**
 * An array without values: what is never written takes no memory, as far as the system gives it by pages. For arrays
 * that need room for more than they mostly hold.
 */
template <class Number>
class Room {
public:
    /** Room for so many numbers at least; those that it had are lost where it has to grow. */
    void provide(std::size_t size) {
        if (size <= size_) return;
        numbers_.reset();
        size_ = 0;
        numbers_.reset(new Number[size]);
        size_ = size;
    }

    Number *data() { return numbers_.get(); }
    const Number *data() const { return numbers_.get(); }
    Number &operator[](std::size_t k) { return numbers_[k]; }
    const Number &operator[](std::size_t k) const { return numbers_[k]; }

private:
    std::unique_ptr<Number[]> numbers_;
    std::size_t size_ = 0;
};

}  // namespace nanohooke
