// SPDX-License-Identifier: Apache-2.0
//
// What the device can do at most, measured.
#pragma once

#include <algorithm>

#include "device.h"

namespace driver {

struct Ceilings {
    double copy;    // bytes read and written a second
    double fma;     // operations of single precision a second
    double kernel;  // seconds of a kernel in a graph that does nothing
    double launch;  // seconds of one that is launched by itself
};

Ceilings measure_ceilings(size_t copy_bytes, int repeats);

// Seconds of work on the stream: the median of so many, after one that does not count.
template <class F>
double median_seconds(cudaStream_t stream, int repeats, F&& work) {
    cudaEvent_t begin = nullptr, end = nullptr;
    NHC_CHECK(cudaEventCreate(&begin));
    NHC_CHECK(cudaEventCreate(&end));
    work();
    std::vector<float> times(repeats);
    for (float& milliseconds : times) {
        NHC_CHECK(cudaEventRecord(begin, stream));
        work();
        NHC_CHECK(cudaEventRecord(end, stream));
        NHC_CHECK(cudaEventSynchronize(end));
        NHC_CHECK(cudaEventElapsedTime(&milliseconds, begin, end));
    }
    cudaEventDestroy(begin);
    cudaEventDestroy(end);
    std::nth_element(times.begin(), times.begin() + repeats / 2, times.end());
    return times[repeats / 2] * 1e-3;
}

}  // namespace driver
