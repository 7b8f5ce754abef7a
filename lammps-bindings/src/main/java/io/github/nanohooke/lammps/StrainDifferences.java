// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps;

import io.github.nanohooke.lammps.StressOracle.State;
import java.util.function.BiConsumer;

/**
 * Elastic tensor by central differences of the stress, atoms relaxed at every strain (paper, section 2).
 *
 * <p>The relaxation under the second sign starts from the mirrored displacements of the first, which halves the work.
 */
final class StrainDifferences {
    private static final String[] NAMES = {"xx", "yy", "zz", "yz", "xz", "xy"};

    private final StressOracle oracle;
    private final double strain;
    private final double forceTolerance;

    StrainDifferences(StressOracle oracle, double strain, double forceTolerance) {
        this.oracle = oracle;
        this.strain = strain;
        this.forceTolerance = forceTolerance;
    }

    /**
     * @param stiffness C_ij [GPa], not symmetrised
     * @param maxForce  largest force component left at any strain [eV/Å]
     * @param signs     largest difference of the constants that the two signs of a strain give [GPa]; where a shell of
     *                  neighbours crosses the potential's cutoff in one of them, they disagree
     */
    record Result(double[][] stiffness, double maxForce, double signs) {
    }

    /** @param listener told which strain comes next, and how many of the twelve are done */
    Result run(State minimum, BiConsumer<String, Integer> listener) {
        double[][] stiffness = new double[6][6];
        double maxForce = 0;
        double signs = 0;
        for (int j = 0; j < 6; j++) {
            listener.accept("strain +" + NAMES[j], 2 * j);
            Deformation stretch = Deformation.single(j, strain);
            double[] carried = stretch.apply(minimum.positions());
            State plus = oracle.relax(stretch.apply(minimum.box()), carried, forceTolerance);

            listener.accept("strain -" + NAMES[j], 2 * j + 1);
            Deformation press = Deformation.single(j, -strain);
            double[] mirrored = press.apply(minimum.positions());
            for (int i = 0; i < mirrored.length; i++) {
                mirrored[i] -= plus.positions()[i] - carried[i];
            }
            State minus = oracle.relax(press.apply(minimum.box()), mirrored, forceTolerance);

            for (int i = 0; i < 6; i++) {
                stiffness[i][j] = (plus.stress()[i] - minus.stress()[i]) / (2 * strain);
                double bend = plus.stress()[i] - 2 * minimum.stress()[i] + minus.stress()[i];
                signs = Math.max(signs, Math.abs(bend) / strain);
            }
            maxForce = Math.max(maxForce, Math.max(plus.maxForce(), minus.maxForce()));
        }
        return new Result(stiffness, maxForce, signs);
    }
}
