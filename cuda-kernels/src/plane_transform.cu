// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "plane_dispatch.h"
#include "plane_transform.h"

namespace nanohooke {

namespace {

int factor_of(int size, bool zero_padded) { return size / 16 + (zero_padded ? 1 : 0); }

int most_shared() {
    int device = 0, bytes = 0;
    NHC_CHECK(cudaGetDevice(&device));
    NHC_CHECK(cudaDeviceGetAttribute(&bytes, cudaDevAttrMaxSharedMemoryPerBlockOptin, device));
    return bytes;
}

}  // namespace

bool PlaneTransform::takes(int size, bool zero_padded) {
    if (size != 16 && size != 32 && size != 64 && size != 128) return false;
    return with_plane_geometry(factor_of(size, zero_padded), zero_padded,
                               [](auto geometry) { return decltype(geometry)::kSharedBytes <= most_shared(); });
}

PlaneTransform::PlaneTransform(int size, bool zero_padded)
    : factor_(factor_of(size, zero_padded)), zero_padded_(zero_padded), most_shared_(most_shared()) {}

int PlaneTransform::points() const { return length() * length() / 2; }

void PlaneTransform::carve(Pool& pool) { roots_ = pool.take<float4>(8 * size_t(factor_)); }

void PlaneTransform::prepare(cudaStream_t stream) const {
    const double step = -8.0 * std::atan(1.0) / length();
    std::vector<float4> roots;
    for (int a = 0; a < factor_; a++) {
        for (int b = 0; b < 16; b += 2) {
            roots.push_back({float(std::cos(step * a * b)), float(std::sin(step * a * b)),
                             float(std::cos(step * a * (b + 1))), float(std::sin(step * a * (b + 1)))});
        }
    }
    upload(roots_, roots.data(), roots.size(), stream);
}

}  // namespace nanohooke
