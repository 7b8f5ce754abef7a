// SPDX-License-Identifier: Apache-2.0
//
// Transforms of many real planes of one size, there and back, each plane in a block's shared memory.
#pragma once

#include "plane_sinks.h"

namespace nanohooke {

class PlaneTransform {
public:
    // Sides of 16, 32, 64, 128; zero padding takes 16 more rows and columns for what wraps around.
    // They must fit the shared memory of the current device's blocks.
    static bool takes(int size, bool zero_padded);

    PlaneTransform(int size, bool zero_padded);

    int points() const;  // complex numbers of a spectrum
    // Product of the scales of two spectra after which their product goes back unscaled.
    float scale() const { return 1.0f / (4.0f * length() * length()); }

    void carve(Pool& pool);
    void prepare(cudaStream_t stream) const;

    void forward(const PlaneSource& source, int planes, float2* spectra, cudaStream_t stream) const;
    void forward(const DerivativeSource& source, int planes, float2* spectra, cudaStream_t stream) const;
    void forward(const TapSource& source, int planes, float2* spectra, cudaStream_t stream) const;

    void back(const float2* spectra, int planes, const PlaneSink& sink, cudaStream_t stream) const;
    void back(const float2* spectra, int planes, const ResultSink& sink, cudaStream_t stream) const;
    // Of the sum of `parts` times `planes` spectra.
    void back(const float2* spectra, int planes, int parts, const TapSink& sink, cudaStream_t stream) const;

private:
    int length() const { return 16 * factor_; }

    int factor_;
    bool zero_padded_;
    int most_shared_;  // bytes of shared memory of a block
    float4* roots_ = nullptr;
};

}  // namespace nanohooke
