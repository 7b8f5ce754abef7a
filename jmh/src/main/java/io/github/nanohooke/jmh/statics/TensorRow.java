// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.jmh.statics;

import io.github.nanohooke.statics.StabilityReport;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.structure.RandomStructures.Sample;

/**
 * One measured shot.
 *
 * @param position    place in the stratified list
 * @param index       the structure's number under the list's seed
 * @param porosity    by eq. (1) [%]
 * @param startStable whether the Hessian of the unrelaxed lattice is positive definite
 * @param outcome     of the calculation
 * @param atoms       of the minimum
 * @param cells       lattice cells along z of the minimum
 * @param energy      of the minimum, per lattice cell along z [eV]
 * @param seconds     wall time [s]
 * @param cpuSeconds  CPU time of the calculating thread [s]
 * @param tensor      36 components, row by row [GPa]; null without one
 * @param explanation the calculator's
 */
public record TensorRow(long position, long index, double porosity, boolean startStable, String outcome, int atoms,
        int cells, double energy, double seconds, double cpuSeconds, double[] tensor, String explanation) {

    /** Without the start's stability, which is not part of the shot: see {@link #withStartStable}. */
    static TensorRow of(int position, Sample sample, int cellsGiven, StaticsResult result, double seconds,
            double cpuSeconds) {
        int cells = cellsGiven * result.stability().map(StabilityReport::cells).orElse(1);
        return new TensorRow(position, sample.index(), sample.structure().porosity(), false,
                result.outcome().name(), result.relaxed().count(), cells, result.energy() / cells, seconds, cpuSeconds,
                flat(result), result.explanation());
    }

    TensorRow withStartStable(boolean value) {
        return new TensorRow(position, index, porosity, value, outcome, atoms, cells, energy, seconds, cpuSeconds,
                tensor, explanation);
    }

    /** The components row by row; null without a tensor. */
    static double[] flat(StaticsResult result) {
        if (result.tensor() == null) {
            return null;
        }
        double[] flat = new double[36];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = result.tensor().get(i / 6, i % 6);
        }
        return flat;
    }

    /** Largest |difference| of a component [GPa]; NaN where one has no tensor. */
    double distance(TensorRow other) {
        return distance(tensor, other.tensor);
    }

    static double distance(double[] one, double[] other) {
        if (one == null || other == null) {
            return Double.NaN;
        }
        double largest = 0;
        for (int i = 0; i < one.length; i++) {
            largest = Math.max(largest, Math.abs(one[i] - other[i]));
        }
        return largest;
    }
}
