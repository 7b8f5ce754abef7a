// SPDX-License-Identifier: Apache-2.0
//
// Where the time of a network goes: processor time per layer and phase, for the benchmark. A network without a profile
// (the normal case) does not look at any clock.
#pragma once

#include <time.h>

#include <vector>

namespace nanohooke {

enum class Phase { WeightTransforms, InputTransforms, Products, Outputs, GradientTransforms, InputGradients, Count };

class Profile {
public:
    explicit Profile(size_t layers) : seconds_(layers * kPhases, 0.0) {}

    double& at(size_t layer, Phase phase) { return seconds_[layer * kPhases + static_cast<size_t>(phase)]; }

    static double now() {
        timespec t;
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
        return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
    }

private:
    static constexpr size_t kPhases = static_cast<size_t>(Phase::Count);
    std::vector<double> seconds_;
};

// Adds the time from its construction to its end.
class Timed {
public:
    Timed(Profile* profile, size_t layer, Phase phase)
        : profile_(profile), layer_(layer), phase_(phase), start_(profile ? Profile::now() : 0.0) {}
    ~Timed() {
        if (profile_) profile_->at(layer_, phase_) += Profile::now() - start_;
    }
    Timed(const Timed&) = delete;
    Timed& operator=(const Timed&) = delete;

private:
    Profile* profile_;
    size_t layer_;
    Phase phase_;
    double start_;
};

}  // namespace nanohooke
