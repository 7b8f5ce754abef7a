// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.github.nanohooke.tensor.TensorFrame;
import java.util.Arrays;

/**
 * One sample: a random structure, and what came of calculating its elastic tensor.
 *
 * @param index       its number in the dataset, from 0
 * @param status      kept, rejected or failed
 * @param reason      why it was not kept; empty where it was
 * @param workerLost  whether it failed because its process was lost, not by itself; a resumed run tries it again
 * @param geometry    the structure as designed
 * @param measurement what the calculation found; {@link Measurement#none} where there is no result
 * @param frame       axes of the tensor and the cells
 * @param seconds     wall time of the calculation [s]; the one number that two runs do not share
 */
public record Sample(
        long index,
        SampleStatus status,
        String reason,
        boolean workerLost,
        Geometry geometry,
        Measurement measurement,
        TensorFrame frame,
        double seconds) {

    /** Journals of the first versions do not tell the frame. */
    public Sample {
        frame = frame == null ? TensorFrame.ofLabel(null) : frame;
    }

    /**
     * A structure before relaxation, and its measures by the paper's section 2.
     *
     * @param pores          the structure as JSON, as {@code nanohooke sample} writes it, on one line
     * @param targetPorosity what was aimed for [%]
     * @param porosity       eq. (1) [%]
     * @param dispersion     eq. (2) [%]
     * @param atoms          number of atoms
     * @param surfaceAtoms   of these, the ones without fcc surroundings
     * @param image          bit-packed
     * @param cell           rows a, b, c [Å]
     */
    public record Geometry(
            String pores,
            double targetPorosity,
            double porosity,
            double dispersion,
            int atoms,
            int surfaceAtoms,
            byte[] image,
            double[][] cell) {
    }

    /**
     * A calculator's result in the form that is stored.
     *
     * @param outcome           the calculator's own word: STABLE, UNSTABLE, NOT_CONVERGED; empty without a result
     * @param path              how the minimum was found, where the calculator says so
     * @param tensor            C row by row [GPa], 36 numbers; NaN where not measured
     * @param symmetryResidual  largest |C_ij - C_ji| before symmetrising [GPa]
     * @param residualStress    largest stress component at the minimum [GPa]
     * @param maxForce          largest force component at the minimum [eV/Å]
     * @param energy            of the minimum [eV]
     * @param evaluations       force evaluations
     * @param smallestPivot     of the Hessian's factor [eV/Å²]; NaN where not known
     * @param certificate       whether one cell along z stands for three: 1 yes, 0 no, -1 not known
     * @param certificatePivot  the pivot that tells [eV/Å²]; NaN where not known
     * @param islands           groups of atoms that are not connected to the percolating solid; -1 where not known
     * @param islandAtoms       atoms in them; -1 where not known
     * @param otherMinimumKnown whether the calculation came across another minimum: 1 yes, 0 no, -1 not known
     * @param cells             cells along z that the minimum has, in units of the given structure
     * @param image             relaxed structure, bit-packed; all zero where there is none
     * @param cell              of the minimum, rows a, b, c [Å], of as many cells along z as it has; NaN where there
     *                          is none
     */
    public record Measurement(
            String outcome,
            String path,
            double[] tensor,
            double symmetryResidual,
            double residualStress,
            double maxForce,
            double energy,
            long evaluations,
            double smallestPivot,
            int certificate,
            double certificatePivot,
            int islands,
            int islandAtoms,
            int otherMinimumKnown,
            int cells,
            byte[] image,
            double[][] cell) {

        /** The measurement of a sample without a result. */
        public static Measurement none(int imageBytes) {
            return new Measurement("", "", noTensor(), Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0, Double.NaN,
                    -1, Double.NaN, -1, -1, -1, 0, new byte[imageBytes], noCell());
        }

        /** A cell that was not recorded: NaN. */
        public static double[][] noCell() {
            double[] unknown = {Double.NaN, Double.NaN, Double.NaN};
            return new double[][] {unknown.clone(), unknown.clone(), unknown.clone()};
        }

        /** A tensor that was not measured: 36 times NaN. */
        public static double[] noTensor() {
            double[] unknown = new double[36];
            Arrays.fill(unknown, Double.NaN);
            return unknown;
        }

        /** Whether a tensor was measured. */
        @JsonIgnore
        public boolean hasTensor() {
            return !Double.isNaN(tensor[0]);
        }
    }
}
