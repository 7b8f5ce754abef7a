// SPDX-License-Identifier: Apache-2.0
//
// A model as a constitutive law for any number of threads: packed images in, constants out.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "capi/model_file.h"
#include "capi/symmetry.h"

namespace nanohooke::capi {

class Session;

/**
 * Lends sessions to its callers, at most so many at a time; others wait. A session is opened when it is first needed,
 * and the first at once, so that a network that does not fit is told when the model is opened.
 */
class Surrogate {
public:
    /** Images that go through the network together. */
    static constexpr int kBatch = 32;

    Surrogate(ModelFile model, bool average, int threads, int sessions);
    ~Surrogate();

    const ModelFile &model() const { return model_; }
    bool average() const { return average_; }
    std::size_t image_bytes() const { return packed_bytes(model_.definition.pixels); }

    /** As nanohooke_predict. */
    void predict(std::int64_t count, const std::uint8_t *images, double *constants, double *spread,
                 double *expected) const;

    /** As nanohooke_predict_uncertain. */
    void predict_uncertain(bool designed, std::int64_t count, const std::uint8_t *images, double *constants,
                           double *uncertainty, double *largest) const;

private:
    /** Fills `spread` where it is not null, from all orientations. */
    void run(std::int64_t count, const std::uint8_t *images, double *constants, double *spread) const;
    std::unique_ptr<Session> borrow() const;
    void give_back(std::unique_ptr<Session> session) const;
    void check(std::int64_t image, std::int64_t count, const std::uint8_t *packed) const;
    double porosity(const std::uint8_t *packed) const;
    double expected_error(double porosity) const;

    const ModelFile model_;
    const bool average_;
    const int threads_, sessions_;
    const std::vector<TestError> errors_;
    std::vector<std::pair<Symmetry, TurnedConstants>> symmetries_;

    mutable std::mutex mutex_;
    mutable std::condition_variable returned_;
    mutable std::vector<std::unique_ptr<Session>> idle_;
    mutable int open_ = 0;
};

}  // namespace nanohooke::capi
