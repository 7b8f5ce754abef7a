// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.beam.atoms;

import io.github.nanohooke.fem.FemException;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How a beam of atoms is bent.
 *
 * @param displacements of the right end, downwards [nm], rising from 0, which is always there
 * @param reference     what the ends are held at
 * @param residual      of a relaxation, see {@link io.github.nanohooke.statics.large.LargeTarget} [sqrt(eV)]
 * @param balance       of the two reactions, as a share of them
 * @param threads       that work on it
 */
public record AtomBeamOptions(double[] displacements, AtomBeamReference reference, double residual, double balance,
        int threads) {
    /** Residual for a cell along x: 1e-4 sqrt(eV) for the paper's beam, 1e-5 for a tenth of it. */
    private static final double RESIDUAL = 1e-7;
    private static final double BALANCE = 1e-5;

    /**
     * Checks the displacements and puts 0 before them.
     *
     * @throws FemException when they do not rise from 0
     */
    public static AtomBeamOptions of(AtomBeam beam, double[] displacements, AtomBeamReference reference, int threads) {
        double[] all = displacements.length > 0 && displacements[0] == 0 ? displacements
                : DoubleStream.concat(DoubleStream.of(0), DoubleStream.of(displacements)).toArray();
        for (int k = 1; k < all.length; k++) {
            if (!(all[k] > all[k - 1]) || all[k] > beam.length()) {
                throw new FemException("displacements must rise from 0 and end before the beam's length of "
                        + beam.length() + " nm, not " + all[k - 1] + ", " + all[k]);
            }
        }
        return new AtomBeamOptions(all, reference, RESIDUAL * beam.cells(), BALANCE, threads);
    }

    /** Even steps to the end of the beam's path. */
    public static double[] even(AtomBeam beam, int steps) {
        if (steps < 1) {
            throw new FemException("there must be one step at least, not " + steps);
        }
        return IntStream.rangeClosed(0, steps).mapToDouble(k -> beam.end() * k / steps).toArray();
    }
}
