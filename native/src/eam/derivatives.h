// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <vector>

#include "eam/forces.h"
#include "sparse/block_matrix.h"

namespace nanohooke::eam {

/** Which displacements a block of the Hessian couples. */
enum class Block {
    /** All three components of every atom; for evaluators that are not planar. */
    full,
    /** x and y of every atom of a planar structure; mirror symmetry parts them from z. */
    in_plane,
    /** z of every atom of a planar structure. */
    axial,
    /**
     * Planar structure at wave number k along z, all three components. With u_z replaced by i u_z the Hermitian
     * matrix is real symmetric, so that one real Cholesky factorisation decides its sign.
     */
    bloch
};

/** Displacement components and Voigt strains that belong to a block. */
struct BlockSpace {
    std::vector<int> components;
    std::vector<int> strains;
};
const BlockSpace &block_space(Block block);

/**
 * Second derivatives of the energy by atomic positions, at the evaluator's last state. `rank[i]` is the node of atom
 * i. `wave_number` (1/Angstrom) counts for Block::bloch only.
 *
 * The embedding energy couples atoms that share a neighbour: H = K + sum_k F''_k v_k v_k', with K the part of fixed F'
 * and v_k the gradient of the density at k. H reaches twice the cutoff, so its factors are thick. With the change of
 * every density, scaled by s_k = sqrt |F''_k|, as an auxiliary component of its atom,
 *     [ K     (s v)' ]
 *     [ s v    -+1   ]   (-1 where F'' >= 0)
 * is the same by elimination and reaches the cutoff only. The axial block has none: it changes no density.
 */
sparse::BlockMatrix hessian(const Evaluator &evaluator, Block block, const std::vector<int> &rank,
                            double wave_number = 0.0);

/** Atoms that hessian() couples: pairs inside the cutoff. */
sparse::Graph coupling_graph(const Evaluator &evaluator);

/** Derivatives that involve homogeneous strain. */
struct StrainDerivatives {
    /** mixed[(3 i + a) * 6 + t] = d2E / dx_ia d eps_t at fixed fractional coordinates (eV/Angstrom). */
    std::vector<double> mixed;
    /** d2E / d eps_t d eps_u for x = (I + eps) X (eV). */
    std::array<std::array<double, 6>, 6> born;
};
StrainDerivatives strain_derivatives(const Evaluator &evaluator);

}  // namespace nanohooke::eam
