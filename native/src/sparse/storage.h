// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

namespace nanohooke::sparse {

/**
 * Keeps the memory of factors from one calculation to the next: fresh pages from the system can cost as much as the
 * arithmetic done on them. Holds about as much as was in use at one time. For any number of threads.
 */
class Storage {
public:
    /** Some doubles, not initialised; goes back to its storage. */
    class Piece {
    public:
        Piece() = default;
        Piece(Piece &&other) noexcept { swap(other); }
        Piece &operator=(Piece &&other) noexcept {
            swap(other);
            return *this;
        }
        ~Piece() {
            if (owner_) owner_->give_back(*this);
        }

        double *data() { return data_.get(); }
        const double *data() const { return data_.get(); }
        std::size_t size() const { return size_; }

    private:
        friend class Storage;
        void swap(Piece &other) noexcept;

        std::shared_ptr<Storage> owner_;
        std::unique_ptr<double[]> data_;
        std::size_t size_ = 0;
    };

    /** Leaves a piece that is large enough as it is; else replaces it. */
    static void provide(const std::shared_ptr<Storage> &storage, std::size_t size, Piece &piece);

private:
    void give_back(Piece &piece) noexcept;

    std::mutex mutex_;
    std::vector<Piece> kept_;  // without owner
};

}  // namespace nanohooke::sparse
