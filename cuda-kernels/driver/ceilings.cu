// SPDX-License-Identifier: Apache-2.0
#include "ceilings.h"
#include "replay.h"

namespace driver {

namespace {

constexpr int kChains = 16, kRounds = 2048, kNothings = 200;

// Independent chains of multiply-and-add; the result is used, so that none is left out.
static __global__ void multiply_add(int64_t count, float* results, int rounds, float factor) {
    const int64_t index = NHC_INDEX();
    if (index >= count) return;
    float sums[kChains];
#pragma unroll
    for (int i = 0; i < kChains; i++) sums[i] = static_cast<float>(index + i);
    for (int round = 0; round < rounds; round++) {
#pragma unroll
        for (int i = 0; i < kChains; i++) sums[i] = sums[i] * factor + 0.5f;
    }
    float sum = 0.0f;
#pragma unroll
    for (int i = 0; i < kChains; i++) sum += sums[i];
    results[index] = sum;
}

static __global__ void nothing(int64_t count, float* results) {
    if (NHC_INDEX() >= count) results[0] = 0.0f;
}

}  // namespace

Ceilings measure_ceilings(size_t copy_bytes, int repeats) {
    cudaDeviceProp properties;
    NHC_CHECK(cudaGetDeviceProperties(&properties, 0));
    const int64_t threads = copy_bytes < (64u << 20) ? 64 : int64_t{properties.multiProcessorCount} * 2048 * 4;
    cudaStream_t stream = nullptr;
    NHC_CHECK(cudaStreamCreate(&stream));
    nanohooke::Pool pool;
    pool.take<char>(copy_bytes);
    pool.take<char>(copy_bytes);
    pool.take<float>(threads + 256);
    pool.allocate();
    char *const from = pool.take<char>(copy_bytes), *const to = pool.take<char>(copy_bytes);
    float* const results = pool.take<float>(threads + 256);
    NHC_CHECK(cudaMemsetAsync(from, 0x3c, copy_bytes, stream));
    Ceilings c = {};
    c.copy = 2.0 * copy_bytes / median_seconds(stream, repeats, [&] {
                 NHC_CHECK(cudaMemcpyAsync(to, from, copy_bytes, cudaMemcpyDeviceToDevice, stream));
             });
    c.fma = 2.0 * kChains * kRounds * threads / median_seconds(stream, repeats, [&] {
                NHC_LAUNCH(multiply_add, stream, threads, results, kRounds, 0.999f);
            });
    const auto nothings = [&] {
        for (int i = 0; i < kNothings; i++) NHC_LAUNCH(nothing, stream, 1, results);
    };
    c.launch = median_seconds(stream, repeats, nothings) / kNothings;
    nanohooke::Replay replay;
    replay.run(stream, nothings);
    c.kernel = median_seconds(stream, repeats, [&] { replay.run(stream, nothings); }) / kNothings;
    NHC_CHECK(cudaStreamDestroy(stream));
    return c;
}

}  // namespace driver
