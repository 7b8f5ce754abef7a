// SPDX-License-Identifier: Apache-2.0
#include "sparse/storage.h"

#include <algorithm>

namespace nanohooke::sparse {

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
    const auto by_size = [](const Piece &a, const Piece &b) { return a.size_ < b.size_; };
    // The smallest that will do; else the largest makes way for a new one.
    auto fit = std::lower_bound(kept.begin(), kept.end(), size,
                                [](const Piece &p, std::size_t needed) { return p.size_ < needed; });
    if (fit == kept.end()) {
        if (!kept.empty()) kept.pop_back();
        Piece fresh;
        fresh.size_ = size + size / 8;  // the next pattern may be a little larger
        fresh.data_.reset(new double[fresh.size_]);
        fit = kept.insert(std::upper_bound(kept.begin(), kept.end(), fresh, by_size), std::move(fresh));
    }
    piece.swap(*fit);
    kept.erase(fit);
    piece.owner_ = storage;
}

void Storage::give_back(Piece &piece) {
    const auto self = std::move(piece.owner_);  // lives until the end of this function
    Piece kept;
    kept.swap(piece);
    const std::lock_guard<std::mutex> lock(mutex_);
    kept_.insert(std::upper_bound(kept_.begin(), kept_.end(), kept,
                                  [](const Piece &a, const Piece &b) { return a.size_ < b.size_; }),
                 std::move(kept));
}

}  // namespace nanohooke::sparse
