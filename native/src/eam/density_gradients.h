// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "eam/derivatives.h"
#include "eam/pair_stiffness.h"

namespace nanohooke::eam {

/**
 * Gradient of the density at every node by the displacements of all nodes, row by row (node k: entries first[k] ..
 * first[k + 1], columns `node` rising, `size` numbers each). The pattern is symmetric; `mirror[e]` is the entry of the
 * transposed position.
 */
struct DensityGradients {
    int size = 0;
    std::vector<int> first;
    std::vector<int> node;
    std::vector<double> value;
    std::vector<int> mirror;
};

DensityGradients density_gradients(const Evaluator &evaluator, const std::vector<PairStiffness> &stiffness, Block block,
                                   const std::vector<int> &rank, double wave_number);

}  // namespace nanohooke::eam
