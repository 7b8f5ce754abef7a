// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps;

import io.github.nanohooke.lammps.StressOracle.State;
import io.github.nanohooke.lammps.descent.Objective;
import io.github.nanohooke.structure.Box;
import io.github.nanohooke.tensor.Voigt;
import java.util.Arrays;

/**
 * The energy of a crystal by the displacements u of its atoms from their places X, x = F (X + u), alone or together
 * with the six components of its cell's deformation F (see {@link Deformation}), which follow them.
 *
 * <p>Derivatives are -Fᵀ f by u and V (sigma F⁻ᵀ)_ij by F_ij, f the forces, sigma the stress, V the volume.
 */
final class CrystalEnergy implements Objective<State> {
    private static final double EV_PER_CUBIC_ANGSTROM_GPA = 1 / 160.21766208;
    /** Largest displacement of a step [Å]: a small part of a bond, so that a step stays in its basin. */
    private static final double MAX_DISPLACEMENT = 0.1;
    /** Largest strain of a step. */
    private static final double MAX_STRAIN = 0.005;
    /** Rounding of energies, relative. */
    private static final double ENERGY_NOISE = 2e-11;

    private final StressOracle oracle;
    private final Box box;
    private final double[] places;
    private final double forceTolerance;
    private final double stressTolerance;

    /** @param stressTolerance largest stress at a minimum [GPa]; infinite: the cell stays as it is */
    CrystalEnergy(StressOracle oracle, Box box, double[] places, double forceTolerance, double stressTolerance) {
        this.oracle = oracle;
        this.box = box;
        this.places = places;
        this.forceTolerance = forceTolerance;
        this.stressTolerance = stressTolerance;
    }

    private boolean withCell() {
        return stressTolerance < Double.POSITIVE_INFINITY;
    }

    /** Coordinates of the crystal as it was given. */
    double[] origin() {
        return new double[places.length + (withCell() ? 6 : 0)];
    }

    @Override
    public Place<State> evaluate(double[] at) {
        double[] positions = places.clone();
        for (int i = 0; i < positions.length; i++) {
            positions[i] += at[i];
        }
        State state;
        double[] gradient = new double[at.length];
        if (withCell()) {
            double[] e = Arrays.copyOfRange(at, places.length, at.length);
            Deformation deformation = new Deformation(e);
            state = oracle.evaluate(deformation.apply(box), deformation.apply(positions));
            pullBack(e, state.forces(), gradient);
            strainGradient(e, state, gradient);
        } else {
            state = oracle.evaluate(box, positions);
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] = -state.forces()[i];
            }
        }
        double distance = Math.max(state.maxForce() / forceTolerance, state.maxStress() / stressTolerance);
        return new Place<>(at, state.energy(), gradient, distance, state);
    }

    private static void pullBack(double[] e, double[] f, double[] gradient) {
        for (int i = 0; i < f.length; i += 3) {
            gradient[i] = -(1 + e[0]) * f[i];
            gradient[i + 1] = -e[5] * f[i] - (1 + e[1]) * f[i + 1];
            gradient[i + 2] = -e[4] * f[i] - e[3] * f[i + 1] - (1 + e[2]) * f[i + 2];
        }
    }

    private static void strainGradient(double[] e, State state, double[] gradient) {
        double[] s = state.stress();
        double[][] sigma = {{s[0], s[5], s[4]}, {s[5], s[1], s[3]}, {s[4], s[3], s[2]}};
        double a = 1 / (1 + e[0]);
        double b = 1 / (1 + e[1]);
        double c = 1 / (1 + e[2]);
        double[][] inverse = {
            {a, -a * b * e[5], a * c * (b * e[5] * e[3] - e[4])},
            {0, b, -b * c * e[3]},
            {0, 0, c}};
        int[][] components = Voigt.pairs();
        double volume = state.box().volume() * EV_PER_CUBIC_ANGSTROM_GPA;
        for (int k = 0; k < 6; k++) {
            double[] row = sigma[components[k][0]];
            double[] column = inverse[components[k][1]];
            gradient[gradient.length - 6 + k] = volume * (row[0] * column[0] + row[1] * column[1] + row[2] * column[2]);
        }
    }

    @Override
    public double longest(double[] step) {
        double displacement = 0;
        double strain = 0;
        for (int i = 0; i < step.length; i++) {
            if (i < places.length) {
                displacement = Math.max(displacement, Math.abs(step[i]));
            } else {
                strain = Math.max(strain, Math.abs(step[i]));
            }
        }
        return Math.min(MAX_DISPLACEMENT / displacement, MAX_STRAIN / strain);
    }

    @Override
    public double noise(double value) {
        return ENERGY_NOISE * Math.abs(value);
    }

    @Override
    public boolean mayGoOn() {
        return !oracle.exhausted();
    }
}
