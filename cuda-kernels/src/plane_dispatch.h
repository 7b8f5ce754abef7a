// SPDX-License-Identifier: Apache-2.0
//
// From a size at run time to the kernels compiled for it, and how many planes a block takes.
#pragma once

#include <algorithm>

#include "plane_geometry.h"

namespace nanohooke {

// use(PlaneGeometry<...>()) for 16 * factor points.
template <class Use>
auto with_plane_geometry(int factor, bool zero_padded, const Use& use) {
    if (zero_padded) {
        switch (factor) {
            case 2:
                return use(PlaneGeometry<2, true>());
            case 3:
                return use(PlaneGeometry<3, true>());
            case 5:
                return use(PlaneGeometry<5, true>());
            default:
                return use(PlaneGeometry<9, true>());
        }
    }
    switch (factor) {
        case 1:
            return use(PlaneGeometry<1, false>());
        case 2:
            return use(PlaneGeometry<2, false>());
        case 4:
            return use(PlaneGeometry<4, false>());
        default:
            return use(PlaneGeometry<8, false>());
    }
}

struct PlaneLaunch {
    int planes, threads;  // of a block
    int blocks, shared_bytes;

    // As few planes a block as keep a large device (132 multiprocessors) busy, and no more than fit `most_shared`.
    template <class G>
    static PlaneLaunch of(G, int planes, int most_shared) {
        constexpr int kEnoughBlocks = 132 * G::kBlocks;
        const int most = std::min(G::kMostPlanes, most_shared / G::kSharedBytes);
        PlaneLaunch launch;
        launch.planes = std::clamp((planes + kEnoughBlocks - 1) / kEnoughBlocks, 1, most);
        launch.threads = std::min(G::kBlockThreads, (std::max(G::kUnits, G::kGroups) * launch.planes + 31) / 32 * 32);
        launch.blocks = (planes + launch.planes - 1) / launch.planes;
        launch.shared_bytes = launch.planes * G::kSharedBytes;
        return launch;
    }
};

}  // namespace nanohooke
