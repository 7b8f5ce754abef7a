// SPDX-License-Identifier: Apache-2.0
#include "plane_dispatch.h"
#include "plane_passes.h"
#include "plane_transform.h"

namespace nanohooke {

namespace {

// Blocks take `per_block` planes each.
template <class G, class Source>
__global__ void __launch_bounds__(G::kBlockThreads, G::kBlocks)
    transform_planes(Source source, const float4* __restrict__ roots, float4* __restrict__ spectra, int planes,
                     int per_block) {
    using P = Passes<G>;
    using C = Columns<G, Source::kTaps>;
    NHC_SHARED(float4, tiles);
    const int first = blockIdx.x * per_block, count = min(per_block, planes - first);
    const int thread = threadIdx.x, threads = blockDim.x;
#pragma unroll 1
    for (int u = thread; u < count * C::kCount * G::M; u += threads) {
        const int plane = u / (C::kCount * G::M), n = u / C::kCount % G::M, j = C::pair(u % C::kCount);
        float2 z[16];
        source.template load<G>(first + plane, n, j, z);
        P::columns16(z, n, j, roots, tiles + plane * G::kQuads);
    }
    __syncthreads();
#pragma unroll 1
    for (int u = thread; u < count * C::kCount * 8; u += threads) {
        const int plane = u / (C::kCount * 8), p = u / C::kCount % 8, j = C::pair(u % C::kCount);
        P::columns_m(p, j, tiles + plane * G::kQuads);
    }
    __syncthreads();
    if constexpr (G::M > 1) {
#pragma unroll 1
        for (int u = thread; u < count * G::kUnits; u += threads) {
            const int plane = u / G::kUnits, row = u / 8 % G::kRows;
            P::template rows_m<C>(row, u % 8, roots, tiles + plane * G::kQuads);
        }
        __syncthreads();
    }
    float4* to = spectra + int64_t(first) * G::kQuads;
#pragma unroll 1
    for (int u = thread; u < count * G::kGroups; u += threads) {
        const int plane = u / G::kGroups;
        P::rows16(u % G::kGroups, tiles + plane * G::kQuads, to + int64_t(plane) * G::kQuads);
    }
    __syncthreads();
#pragma unroll 1
    for (int u = thread; u < count * G::kRows; u += threads) {
        const int plane = u / G::kRows;
        P::row_0(u % G::kRows, tiles + plane * G::kQuads, to + int64_t(plane) * G::kQuads);
    }
}

template <class Source>
void launch(int factor, bool zero_padded, int most_shared, const Source& source, const float4* roots, int planes,
            float2* spectra, cudaStream_t stream) {
    with_plane_geometry(factor, zero_padded, [&](auto geometry) {
        const auto kernel = transform_planes<decltype(geometry), Source>;
        const PlaneLaunch blocks = PlaneLaunch::of(geometry, planes, most_shared);
        NHC_LAUNCH_BLOCKS(kernel, dim3(blocks.blocks), blocks.threads, blocks.shared_bytes, stream, source, roots,
                          reinterpret_cast<float4*>(spectra), planes, blocks.planes);
    });
}

}  // namespace

void PlaneTransform::forward(const PlaneSource& source, int planes, float2* spectra, cudaStream_t stream) const {
    launch(factor_, zero_padded_, most_shared_, source, roots_, planes, spectra, stream);
}

void PlaneTransform::forward(const DerivativeSource& source, int planes, float2* spectra, cudaStream_t stream) const {
    launch(factor_, zero_padded_, most_shared_, source, roots_, planes, spectra, stream);
}

void PlaneTransform::forward(const TapSource& source, int planes, float2* spectra, cudaStream_t stream) const {
    launch(factor_, zero_padded_, most_shared_, source, roots_, planes, spectra, stream);
}

}  // namespace nanohooke
