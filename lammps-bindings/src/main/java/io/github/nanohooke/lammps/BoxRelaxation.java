// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps;

import io.github.nanohooke.lammps.StressOracle.State;
import io.github.nanohooke.structure.Box;
import java.util.function.Consumer;

/**
 * Brings atoms and cell to zero force and zero stress: atoms are relaxed in a fixed cell, then the cell is changed by a
 * quasi-Newton step on its six stresses (Broyden's rule), and so on.
 *
 * <p>The alternative, a minimiser that moves cell and atoms at once, has no well-defined objective in LAMMPS and stops
 * early. The first stiffness is that of atoms which follow the strain rigidly, measured and not assumed, so that any
 * material can be given; it is stiffer than the truth, hence the first steps are short and the descent gentle.
 */
final class BoxRelaxation {
    private static final int MAX_STEPS = 100;
    /** Largest strain of one step. */
    private static final double MAX_STRAIN = 0.005;
    /** Strain of the differences that make the first stiffness. */
    private static final double PROBE_STRAIN = 1e-4;
    /** Loosest force tolerance of an intermediate cell [eV/Å]. */
    private static final double LOOSE_FORCE = 1e-2;
    /** Force tolerance per stress still to be taken away [eV/Å per GPa]: looser, and the secants become noise. */
    private static final double FORCE_PER_STRESS = 0.05;

    private final StressOracle oracle;
    private final double forceTolerance;
    private final double stressTolerance;

    BoxRelaxation(StressOracle oracle, double forceTolerance, double stressTolerance) {
        this.oracle = oracle;
        this.forceTolerance = forceTolerance;
        this.stressTolerance = stressTolerance;
    }

    /** The minimum, or the best that the budget allows: see its force and stress. */
    State run(Box box, double[] positions, Consumer<State> listener) {
        State state = oracle.relax(box, positions, Math.max(forceTolerance, LOOSE_FORCE));
        double[][] stiffness = rigidStiffness(state);
        State best = state;
        for (int step = 0; step < MAX_STEPS && !done(state) && !oracle.exhausted(); step++) {
            listener.accept(state);
            double[] strain = step(stiffness, state.stress());
            if (strain == null) {
                stiffness = rigidStiffness(state);
                strain = step(stiffness, state.stress());
            }
            if (strain == null) {
                // Nothing that the stiffness tells leads down: the energy curves downwards along some strain, as far
                // from a minimum. Down the slope it goes on all the same.
                strain = againstStress(state.stress());
            }
            Deformation deformation = new Deformation(strain);
            State next = oracle.relax(deformation.apply(state.box()), deformation.apply(state.positions()),
                    nextForceTolerance(state));
            learn(stiffness, strain, state.stress(), next.stress());
            state = next;
            if (measure(state) < measure(best)) {
                best = state;
            }
        }
        return done(state) ? state : best;
    }

    private boolean done(State state) {
        return state.maxStress() < stressTolerance && state.maxForce() < forceTolerance;
    }

    private double measure(State state) {
        return Math.max(state.maxStress() / stressTolerance, state.maxForce() / forceTolerance);
    }

    private double nextForceTolerance(State state) {
        // The next stress is expected to be about a tenth of this one.
        double wanted = 0.1 * FORCE_PER_STRESS * state.maxStress();
        return Math.max(forceTolerance, Math.min(LOOSE_FORCE, wanted));
    }

    /** The strain that takes the stress away; null when the stiffness would raise the energy or is singular. */
    private static double[] step(double[][] stiffness, double[] stress) {
        double[] strain = Matrix6.solve(stiffness, stress);
        if (strain == null || !(Matrix6.dot(strain, stress) > 0)) {
            return null;
        }
        double largest = 0;
        for (double e : strain) {
            largest = Math.max(largest, Math.abs(e));
        }
        double scale = largest > MAX_STRAIN ? MAX_STRAIN / largest : 1;
        for (int i = 0; i < strain.length; i++) {
            strain[i] *= -scale;
        }
        return strain;
    }

    /** The strain of the largest size allowed along which the energy falls most steeply. */
    private static double[] againstStress(double[] stress) {
        double largest = 0;
        for (double s : stress) {
            largest = Math.max(largest, Math.abs(s));
        }
        double[] strain = new double[6];
        for (int i = 0; i < 6; i++) {
            strain[i] = -MAX_STRAIN * stress[i] / largest;
        }
        return strain;
    }

    // Broyden's first update: the smallest change of the stiffness that explains the stress that was found.
    private static void learn(double[][] stiffness, double[] strain, double[] before, double[] after) {
        double[] predicted = Matrix6.multiply(stiffness, strain);
        double length = Matrix6.dot(strain, strain);
        for (int i = 0; i < 6; i++) {
            double missed = after[i] - before[i] - predicted[i];
            for (int j = 0; j < 6; j++) {
                stiffness[i][j] += missed * strain[j] / length;
            }
        }
    }

    private double[][] rigidStiffness(State state) {
        double[][] stiffness = new double[6][6];
        double[] base = oracle.evaluate(state.box(), state.positions()).stress();
        for (int j = 0; j < 6; j++) {
            Deformation probe = Deformation.single(j, PROBE_STRAIN);
            double[] stress = oracle.evaluate(probe.apply(state.box()), probe.apply(state.positions())).stress();
            for (int i = 0; i < 6; i++) {
                stiffness[i][j] = (stress[i] - base[i]) / PROBE_STRAIN;
            }
        }
        return Matrix6.symmetric(stiffness);
    }
}
