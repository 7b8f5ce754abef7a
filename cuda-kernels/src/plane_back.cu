// SPDX-License-Identifier: Apache-2.0
#include "plane_dispatch.h"
#include "plane_passes.h"
#include "plane_transform.h"

namespace nanohooke {

namespace {

// Blocks take `per_block` planes each, of the sum of `parts` times `planes` spectra.
template <class G, class Sink>
__global__ void __launch_bounds__(G::kBlockThreads, Sink::kTaps ? 1 : G::kBlocks)
    planes_back(const float4* __restrict__ spectra, int parts, const float4* __restrict__ roots, Sink sink, int planes,
                int per_block) {
    using P = Passes<G>;
    using C = Columns<G, Sink::kTaps>;
    NHC_SHARED(float4, tiles);
    const int first = blockIdx.x * per_block, count = min(per_block, planes - first);
    const int thread = threadIdx.x, threads = blockDim.x;
    const float4* from = spectra + int64_t(first) * G::kQuads;
#pragma unroll 1
    for (int u = thread; u < count * G::kGroups; u += threads) {
        const int plane = u / G::kGroups;
        P::rows16_back(u % G::kGroups, from + int64_t(plane) * G::kQuads, Sink::kTaps ? parts : 1,
                       int64_t(planes) * G::kQuads, roots, tiles + plane * G::kQuads);
    }
    __syncthreads();
    if constexpr (G::M > 1) {
#pragma unroll 1
        for (int u = thread; u < count * G::kUnits; u += threads) {
            const int plane = u / G::kUnits, row = u / 8 % G::kRows;
            P::template rows_m_back<C>(row, u % 8, tiles + plane * G::kQuads);
        }
        __syncthreads();
    }
#pragma unroll 1
    for (int u = thread; u < count * C::kCount * 8; u += threads) {
        const int plane = u / (C::kCount * 8), p = u / C::kCount % 8, j = C::pair(u % C::kCount);
        P::columns_m_back(p, j, tiles + plane * G::kQuads);
    }
    __syncthreads();
#pragma unroll 1
    for (int u = thread; u < count * C::kCount * G::M; u += threads) {
        const int plane = u / (C::kCount * G::M), n = u / C::kCount % G::M, j = C::pair(u % C::kCount);
        float4* tile = tiles + plane * G::kQuads;
        float2 z[16];
        P::columns16_back(z, n, j, roots, tile);
        if constexpr (Sink::kThroughTile) {
#pragma unroll
            for (int p = 0; p < 8; p++) tile[G::at(p * G::M + n, j)] = quad(z[2 * p], z[2 * p + 1]);
        } else {
            sink.template store<G>(first + plane, n, j, z);
        }
    }
    if constexpr (Sink::kThroughTile) {
        __syncthreads();
#pragma unroll 1
        for (int u = thread; u < count * C::kCount * 8; u += threads) {
            const int plane = u / (C::kCount * 8), p = u / C::kCount % 8, j = u % C::kCount;
            const float4* tile = tiles + plane * G::kQuads;
            float2 rows[2 * G::M];  // n + M (2 p) and n + M (2 p + 1)
#pragma unroll
            for (int n = 0; n < G::M; n++) {
                const float4 x = tile[G::at(p * G::M + n, j)];
                rows[n] = low(x);
                rows[G::M + n] = high(x);
            }
            sink.template finish<G>(first + plane, p, j, rows);
        }
    }
}

template <class Sink>
void launch(int factor, bool zero_padded, int most_shared, const float2* spectra, int parts, const float4* roots,
            const Sink& sink, int planes, cudaStream_t stream) {
    with_plane_geometry(factor, zero_padded, [&](auto geometry) {
        const auto kernel = planes_back<decltype(geometry), Sink>;
        const PlaneLaunch blocks = PlaneLaunch::of(geometry, planes, most_shared);
        NHC_LAUNCH_BLOCKS(kernel, dim3(blocks.blocks), blocks.threads, blocks.shared_bytes, stream,
                          reinterpret_cast<const float4*>(spectra), parts, roots, sink, planes, blocks.planes);
    });
}

}  // namespace

void PlaneTransform::back(const float2* spectra, int planes, const PlaneSink& sink, cudaStream_t stream) const {
    launch(factor_, zero_padded_, most_shared_, spectra, 1, roots_, sink, planes, stream);
}

void PlaneTransform::back(const float2* spectra, int planes, const ResultSink& sink, cudaStream_t stream) const {
    launch(factor_, zero_padded_, most_shared_, spectra, 1, roots_, sink, planes, stream);
}

void PlaneTransform::back(const float2* spectra, int planes, int parts, const TapSink& sink,
                          cudaStream_t stream) const {
    launch(factor_, zero_padded_, most_shared_, spectra, parts, roots_, sink, planes, stream);
}

}  // namespace nanohooke
