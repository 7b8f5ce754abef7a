// SPDX-License-Identifier: Apache-2.0
#include "plane_transform.h"

#include <cmath>

#include "plane_dispatch.h"

namespace nanohooke {

int PlaneTransform::shared_bytes(int size, bool zero_padded) {
    return with_plane_geometry(size / 16 + (zero_padded ? 1 : 0), zero_padded,
                               [](auto geometry) { return decltype(geometry)::kSharedBytes; });
}

PlaneTransform::PlaneTransform(int size, bool zero_padded)
    : factor_(size / 16 + (zero_padded ? 1 : 0)), zero_padded_(zero_padded) {}

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
