// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison;

/**
 * Where three ways down from one unrelaxed lattice ended: LAMMPS' conjugate gradients, LAMMPS' FIRE, the fast route.
 *
 * @param index       the structure's number under the plan's seed
 * @param porosity    by eq. (1) [%]; NaN where the structure could not be made
 * @param atoms       in the one cell along z; 0 where the structure could not be made
 * @param startStable whether the Hessian of the unrelaxed lattice is positive definite; {@code null} where the kernel
 *                    refuses the lattice
 * @param cells       cells along z that the fast route's certificate asks for: 1 or 3; 0 where there is no certificate
 * @param islands     groups of atoms that are not connected to the percolating solid
 * @param cg          LAMMPS, conjugate gradients
 * @param fire        LAMMPS, FIRE
 * @param fast        the fast route
 * @param cgFire      how far cg and fire are apart
 * @param fastFire    how far fast and fire are apart
 * @param fastCg      how far fast and cg are apart
 * @param reason      why a pair is not in the same minimum; empty where all are
 */
public record MinimaRow(
        long index,
        double porosity,
        int atoms,
        Boolean startStable,
        int cells,
        int islands,
        Descent cg,
        Descent fire,
        Descent fast,
        Gap cgFire,
        Gap fastFire,
        Gap fastCg,
        String reason) {

    /** Tensors that differ by no more in any component count as those of one minimum [GPa]. */
    public static final double SAME_TENSOR = 0.02;
    /** Energies that differ by no more count as those of one stationary point [eV]. */
    public static final double SAME_ENERGY = 1e-4;

    /**
     * One way down.
     *
     * @param end         outcome of the tensor's measurement at the polished minimum, or FAILED
     * @param hasTensor   whether there is a tensor
     * @param converged   whether the descent itself reached its tolerances
     * @param energy      of the minimum, polished by the kernel from where the descent ended [eV]
     * @param polish      energy that polishing took away [eV]: more than rounding where it was not at a minimum
     * @param maxForce    largest force component where the descent ended [eV/Å]
     * @param stress      largest stress component there [GPa]
     * @param evaluations force evaluations of the descent
     * @param cpuSeconds  CPU time of the descent without polishing; for the fast route tensor and certificate are
     *                    included [s]; NaN where it failed
     */
    public record Descent(String end, boolean hasTensor, boolean converged, double energy, double polish,
            double maxForce, double stress, long evaluations, double cpuSeconds) {
        /** What could not be carried out. */
        static Descent failed() {
            return new Descent("FAILED", false, false, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0, Double.NaN);
        }
    }

    /**
     * How far apart two ends are.
     *
     * @param tensor largest |difference| of a component of the two tensors [GPa]; NaN where one has none
     * @param energy energy of the first minus that of the second [eV]
     */
    public record Gap(double tensor, double energy) {
        /** Whether both ends have a tensor. */
        public boolean hasTensors() {
            return !Double.isNaN(tensor);
        }

        /** Whether both are in the same minimum. */
        public boolean same() {
            return tensor <= SAME_TENSOR;
        }

        /** Whether both ended at one stationary point that has no tensor: a saddle, as far as the kernel can tell. */
        public boolean sameSaddle() {
            return !hasTensors() && Math.abs(energy) <= SAME_ENERGY;
        }
    }
}
