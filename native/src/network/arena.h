// SPDX-License-Identifier: Apache-2.0
//
// One block of memory for everything that a network owns. Built twice: a network laid out in an arena without memory
// only counts, which is how its size is known before anything is allocated.
#pragma once

#include <cstddef>

namespace nanohooke {

class Arena {
public:
    Arena() = default;                // counts
    explicit Arena(size_t capacity);  // allocates, zeroed; throws std::bad_alloc
    ~Arena();
    Arena(const Arena&) = delete;
    Arena& operator=(const Arena&) = delete;

    // count elements on a cache line of their own; null while counting.
    template <class T>
    T* take(size_t count) {
        const size_t at = used_;
        used_ += (count * sizeof(T) + kLine - 1) / kLine * kLine;
        return memory_ == nullptr ? nullptr : reinterpret_cast<T*>(memory_ + checked(at));
    }
    size_t used() const { return used_; }

private:
    static constexpr size_t kLine = 64;
    size_t checked(size_t at) const;

    char* memory_ = nullptr;
    size_t capacity_ = 0, used_ = 0;
};

}  // namespace nanohooke
