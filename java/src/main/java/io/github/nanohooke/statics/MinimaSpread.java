// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.tensor.ElasticConstants;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * How far apart the minima lie that a structure reaches from slightly different starts. Where a structure has several,
 * its tensor depends on the path, and no model can know it better than this spread.
 *
 * @param starts          starts that were made, the undisturbed one included
 * @param stable          starts that ended in a stable minimum; the figures below are over these
 * @param lowestEnergy    [eV per atom: minima may differ in their number of cells]; NaN where none was stable
 * @param highestEnergy   [eV per atom]; NaN where none was stable
 * @param constantSpread  largest minus smallest of each of the thirteen constants [GPa]
 */
public record MinimaSpread(int starts, int stable, double lowestEnergy, double highestEnergy,
        double[] constantSpread) {
    /** Disturbance of each start: uniform in [-0.02, 0.02] Å along x and y, which keeps an extruded cell's mirrors. */
    public static final double AMPLITUDE = 0.02;

    /**
     * Runs the same calculation from the given start and from {@code starts - 1} seeded disturbances of it.
     *
     * @throws IllegalArgumentException when {@code starts} is below 2
     */
    public static MinimaSpread measure(ElasticCalculator calculator, Atoms start, StaticsOptions options, int starts,
            StaticsProgress progress) {
        if (starts < 2) {
            throw new IllegalArgumentException("a spread needs at least 2 starts, got " + starts);
        }
        List<StaticsResult> stable = new ArrayList<>();
        for (int k = 0; k < starts; k++) {
            Atoms from = k == 0 ? start : disturbed(start, options.seed() + k);
            StaticsResult result = calculator.calculate(from, options, progress);
            if (result.outcome() == Outcome.STABLE) {
                stable.add(result);
            }
        }
        return of(starts, stable);
    }

    private static MinimaSpread of(int starts, List<StaticsResult> stable) {
        double[] least = new double[ElasticConstants.COUNT];
        double[] most = new double[ElasticConstants.COUNT];
        java.util.Arrays.fill(least, Double.POSITIVE_INFINITY);
        java.util.Arrays.fill(most, Double.NEGATIVE_INFINITY);
        for (StaticsResult result : stable) {
            double[] constants = ElasticConstants.of(result.tensor());
            for (int i = 0; i < constants.length; i++) {
                least[i] = Math.min(least[i], constants[i]);
                most[i] = Math.max(most[i], constants[i]);
            }
        }
        double[] spread = new double[ElasticConstants.COUNT];
        for (int i = 0; i < spread.length; i++) {
            spread[i] = stable.isEmpty() ? Double.NaN : most[i] - least[i];
        }
        return new MinimaSpread(starts, stable.size(),
                stable.stream().mapToDouble(MinimaSpread::energyPerAtom).min().orElse(Double.NaN),
                stable.stream().mapToDouble(MinimaSpread::energyPerAtom).max().orElse(Double.NaN), spread);
    }

    private static double energyPerAtom(StaticsResult result) {
        return result.energy() / result.relaxed().count();
    }

    private static Atoms disturbed(Atoms atoms, long seed) {
        Random random = new Random(seed);
        double[] positions = atoms.positions();
        for (int i = 0; i < positions.length; i++) {
            if (i % 3 != 2) {
                positions[i] += AMPLITUDE * (2 * random.nextDouble() - 1);
            }
        }
        return atoms.moved(atoms.cell(), positions);
    }

    /** The largest of {@link #constantSpread()} [GPa]; NaN where no start was stable. */
    public double largest() {
        double largest = Double.NEGATIVE_INFINITY;
        for (double s : constantSpread) {
            largest = Math.max(largest, s);
        }
        return largest;
    }
}
