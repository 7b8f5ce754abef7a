// SPDX-License-Identifier: Apache-2.0
#include "sparse/storage.h"

#include <algorithm>

namespace nanohooke::sparse {

namespace {

// A piece so many times larger than needed is left for those who need it.
constexpr std::size_t kSpare = 4;

}  // namespace

void Storage::Piece::swap(Piece &other) noexcept {
    std::swap(owner_, other.owner_);
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
}

void Storage::provide(const std::shared_ptr<Storage> &storage, std::size_t size, Piece &piece) {
    if (piece.size_ >= size) return;
    piece = {};
    const std::lock_guard<std::mutex> lock(storage->mutex_);
    auto &kept = storage->kept_;
    auto fit = std::lower_bound(kept.begin(), kept.end(), size,
                                [](const Piece &p, std::size_t needed) { return p.size_ < needed; });
    if (fit == kept.end() || fit->size_ > kSpare * size) {
        // A new one, in place of the largest of those that are too small.
        Piece fresh;
        fresh.size_ = size + size / 8;  // the next pattern may be a little larger
        fresh.data_.reset(new double[fresh.size_]);
        if (fit != kept.begin()) fit = kept.erase(fit - 1);
        fit = kept.insert(fit, std::move(fresh));
    }
    piece.swap(*fit);
    kept.erase(fit);
    piece.owner_ = storage;
}

void Storage::give_back(Piece &piece) noexcept {
    const auto self = std::move(piece.owner_);  // lives until the end of this function
    Piece kept;
    kept.swap(piece);
    try {
        const std::lock_guard<std::mutex> lock(mutex_);
        kept_.insert(std::upper_bound(kept_.begin(), kept_.end(), kept,
                                      [](const Piece &a, const Piece &b) { return a.size_ < b.size_; }),
                     std::move(kept));
    } catch (...) {
        // Without room for the list this memory is not kept, no more.
    }
}

}  // namespace nanohooke::sparse
