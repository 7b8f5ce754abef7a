// SPDX-License-Identifier: Apache-2.0
#include "network/arena.h"

#include <cstdlib>
#include <cstring>
#include <new>
#include <stdexcept>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace nanohooke {

namespace {
constexpr size_t kHugePage = size_t{2} << 20;
}

Arena::Arena(size_t capacity) : capacity_((capacity + kHugePage - 1) / kHugePage * kHugePage) {
    memory_ = static_cast<char*>(std::aligned_alloc(kHugePage, capacity_));
    if (memory_ == nullptr) throw std::bad_alloc();
#ifdef __linux__
    // Spectra are walked with strides of many pages; small pages would miss the TLB at every step. A refusal only
    // costs speed.
    madvise(memory_, capacity_, MADV_HUGEPAGE);
#endif
    std::memset(memory_, 0, capacity_);
}

Arena::~Arena() { std::free(memory_); }

size_t Arena::checked(size_t at) const {
    if (used_ > capacity_) throw std::logic_error("network: the memory that was counted does not suffice");
    return at;
}

}  // namespace nanohooke
