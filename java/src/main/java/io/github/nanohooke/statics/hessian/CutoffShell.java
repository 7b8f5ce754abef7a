// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.hessian;

import io.github.nanohooke.tensor.ElasticTensor;
import java.util.Locale;

/**
 * Pairs of a minimum whose distance is the potential's cutoff, within a thousandth of it.
 *
 * @param pairs    their number in the cell
 * @param energy   by which the energy jumps when all of them cross the cutoff [eV]
 * @param pressure by which the pressure jumps then [GPa]
 * @param volume   of the cell [Å³]
 */
record CutoffShell(int pairs, double energy, double pressure, double volume) {
    /** Stiffness below which a share of it means nothing [GPa]. */
    private static final double LEAST_STIFFNESS = 1;
    /** The kernel's window, relative to the cutoff: a strain of that size takes the pairs across. */
    private static final double WINDOW = 1e-3;
    private static final double GIGAPASCAL = 160.2176634;
    /** Share of the largest constant that the jump must make of a stress difference over the window to be told. */
    private static final double NOTABLE = 0.01;

    /** Stress that a strain over the window meets beside the elastic one [GPa]. */
    private double jump() {
        return Math.abs(pressure) + Math.abs(energy) / volume / WINDOW * GIGAPASCAL;
    }

    /** Whether a relaxation to that stress tolerance [GPa] may find no end, because stress jumps by more. */
    boolean stops(double stressTolerance) {
        return jump() > stressTolerance;
    }

    /** Whether differences over small strains disagree with derivatives, which know no jump. */
    boolean notable(ElasticTensor tensor) {
        double largest = LEAST_STIFFNESS;
        for (int i = 0; i < 6; i++) {
            largest = Math.max(largest, Math.abs(tensor.get(i, i)));
        }
        return jump() / (2 * WINDOW) > NOTABLE * largest;
    }

    String message() {
        return String.format(Locale.ROOT,
                "a shell of neighbours lies at the potential's cutoff, where its energy jumps:"
                + " %d pairs within 0.1 %% of it, together %.1e eV and %.1e GPa; the tensor is that of strains too"
                + " small"
                + " to take them across; larger ones meet another", pairs, energy, pressure);
    }
}
