// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.potential;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The functions of one element alone, as knots from 0.
 *
 * @param densitySpacing  of the knots of F
 * @param embedding       F [eV]
 * @param distanceSpacing of the knots of rho and r phi [Å]
 * @param density         rho
 * @param product         r phi [eV Å]
 * @param cutoff          [Å]
 * @param mass            [g/mol]
 */
public record EamFunctions(double densitySpacing, double[] embedding, double distanceSpacing, double[] density,
        double[] product, double cutoff, double mass) {
    /** eV Å per product of charges: Hartree times Bohr radius, as LAMMPS' pair style eam has it. */
    private static final double CHARGE = 27.2 * 0.529;
    /** The slopes that LAMMPS' splines take need so many knots. */
    private static final int LEAST_KNOTS = 5;
    /** How much of a function's largest value past half the cutoff may be left at its last knot to count as nothing. */
    private static final double NOTHING = 1e-4;

    /**
     * With effective charges Z(r) in place of r phi: Z² times a constant. One knot less of everything, because LAMMPS
     * resamples such files onto a grid whose count it takes from the distance between the ends.
     */
    EamFunctions fromCharges() {
        double[] pair = new double[product.length - 1];
        for (int k = 0; k < pair.length; k++) {
            pair[k] = CHARGE * product[k] * product[k];
        }
        return new EamFunctions(densitySpacing, Arrays.copyOf(embedding, embedding.length - 1), distanceSpacing,
                Arrays.copyOf(density, density.length - 1), pair, cutoff, mass);
    }

    /** Why second derivatives of these tables are not what LAMMPS calculates with; empty where they are. */
    public Optional<String> objection() {
        if (embedding.length < LEAST_KNOTS || density.length < LEAST_KNOTS) {
            return Optional.of("its tables have " + Math.min(embedding.length, density.length) + " knots, and at least "
                    + LEAST_KNOTS + " are needed");
        }
        double end = distanceSpacing * (density.length - 1);
        // Tables written with one knot too few by rounding are common: the last value stands for that stretch.
        if (cutoff > end + 1.5 * distanceSpacing && !(vanishes(density) && vanishes(product))) {
            return Optional.of(String.format(Locale.ROOT, "its tables end at %.6g Å, before the cutoff of %.6g Å, and"
                    + " are not zero there", end, cutoff));
        }
        return Optional.empty();
    }

    private boolean vanishes(double[] values) {
        double most = 0;
        for (int k = values.length / 2; k < values.length; k++) {
            most = Math.max(most, Math.abs(values[k]));
        }
        int last = values.length - 1;
        return Math.max(Math.abs(values[last]), Math.abs(values[last - 1])) <= NOTHING * most;
    }
}
