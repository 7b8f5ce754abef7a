// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.beam.atoms;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.large.LargeCrystal;
import io.github.nanohooke.statics.large.LargeFacts;
import io.github.nanohooke.statics.large.LargeOptions;
import io.github.nanohooke.statics.large.LargeRelaxation;
import io.github.nanohooke.statics.large.LargeTarget;
import io.github.nanohooke.statics.potential.Potential;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Bends a beam of atoms step by step. Each step starts from the quadratic extrapolation of the last three states (the
 * first from what the springs do) and ends with every free atom at rest, see {@link LargeTarget}. After every step the
 * state goes to a file, where one is given, and a later run goes on from there.
 */
public final class AtomBeamPath {
    private static final int MOST_ITERATIONS = 400;
    /** States that a start is extrapolated from. */
    private static final int KEPT = 3;
    private static final double ANGSTROM_PER_NM = 10;

    private final AtomBeam beam;
    private final AtomBeamOptions options;
    private final Potential potential;
    private final Path file;
    /** Numbers that are kept of an atom's place. */
    private final int kept;
    private final List<AtomBeamStep> steps = new ArrayList<>();
    private final List<double[]> states = new ArrayList<>();
    private double[] start;
    private int resumed;
    private LargeFacts facts;

    /**
     * A path, from its beginning or from where a file says that it was.
     *
     * @param file of the state; null: none is kept
     * @throws FemException when the file's state is that of another path
     */
    public AtomBeamPath(AtomBeam beam, AtomBeamOptions options, Potential potential, Path file) {
        this.beam = beam;
        this.options = options;
        this.potential = potential;
        this.file = file;
        kept = beam.periods() == 1 ? 2 : 3;
        if (file != null && Files.exists(file)) {
            resume(AtomBeamState.read(file));
        }
    }

    private String key() {
        return String.format(Locale.ROOT, "cells %d%s, reference %s, residual %s, balance %s, potential %s",
                beam.cells(), beam.periods() == 1 ? "" : " x " + beam.periods() + " periods",
                options.reference().label(), options.residual(), options.balance(),
                potential.file().map(f -> f.sha256()).orElse(""));
    }

    private void resume(AtomBeamState state) {
        double[] done = state.steps().stream().mapToDouble(AtomBeamStep::u).toArray();
        double[] wanted = options.displacements();
        if (!state.key().equals(key()) || done.length > wanted.length
                || !Arrays.equals(done, Arrays.copyOf(wanted, done.length))) {
            throw new FemException(file + " is the state of another path (" + state.key() + ", displacements "
                    + Arrays.toString(done) + "); choose another folder, or remove it");
        }
        steps.addAll(state.steps());
        states.addAll(state.states());
        start = state.start();
        resumed = done.length;
    }

    /** Steps that were read and not calculated. */
    public int resumed() {
        return resumed;
    }

    /** Relaxed states so far. */
    public List<AtomBeamStep> steps() {
        return List.copyOf(steps);
    }

    /** What the crystal has cost; empty before {@link #run}. */
    public Optional<LargeFacts> facts() {
        return Optional.ofNullable(facts);
    }

    /** Positions at no displacement, x and y of every atom [Å]. */
    public double[] start() {
        return inPlane(start);
    }

    /** Positions of the last step, x and y of every atom [Å]. */
    public double[] last() {
        return inPlane(states.get(states.size() - 1));
    }

    /** Told of every state that was calculated. */
    @FunctionalInterface
    public interface Listener {
        /** @param positions x and y of every atom [Å] */
        void found(AtomBeamStep step, double[] positions);
    }

    /**
     * Goes to the end.
     *
     * @throws AtomBeamException when a state is not found
     * @throws java.util.concurrent.CancellationException when the progress says so; the file has the steps done
     */
    public void run(StaticsProgress progress, Listener listener) {
        if (steps.size() == options.displacements().length) {
            return;
        }
        double pitch = AtomBeam.PITCH * beam.lattice().constant();
        double quarter = beam.lattice().constant() / 4;
        // Cuts through the columns of pores: there is least to cut.
        LargeOptions large = LargeOptions.free(beam.lattice().constant(), options.threads()).cuts(-quarter,
                11 * quarter, pitch, pitch).periods(beam.periods());
        progress.report("springs", fraction(0), "");
        try (LargeCrystal crystal = new LargeCrystal(potential, beam.lattice().element(), beam.sites(), large)) {
            if (start == null) {
                start = reference(crystal, progress);
            }
            crystal.hold(beam.clamps());
            long began = System.nanoTime();
            for (int k = steps.size(); k < options.displacements().length; k++) {
                step(crystal, k, progress, began);
                facts = crystal.facts();
                listener.found(steps.get(k), last());
            }
        }
    }

    private LargeTarget target() {
        return new LargeTarget(options.residual(), options.balance(), MOST_ITERATIONS);
    }

    private double[] reference(LargeCrystal crystal, StaticsProgress progress) {
        if (options.reference() == AtomBeamReference.FREE) {
            crystal.hold(beam.pins());
            LargeRelaxation free = crystal.relax(target(), (iteration, residual) -> progress.report(
                    describe("free relaxation", residual, -1), fraction(0), ""));
            if (!free.converged()) {
                throw new AtomBeamException("the free beam was not relaxed after " + free.iterations()
                        + " iterations: the residual is " + free.residual() + " sqrt(eV)");
            }
        }
        return plane(crystal.positions());
    }

    private void step(LargeCrystal crystal, int k, StaticsProgress progress, long began) {
        long from = System.nanoTime();
        double u = options.displacements()[k];
        put(crystal, k);
        double[] first = new double[1];
        LargeRelaxation state = crystal.relax(target(), (iteration, residual) -> {
            first[0] = iteration == 0 ? residual : first[0];
            double part = Math.log(first[0] / residual) / Math.log(first[0] / options.residual());
            double inside = Double.isFinite(part) ? Math.max(0, Math.min(1, part)) : 0;
            double done = k - resumed + inside;
            double left = done > 0.5 ? (System.nanoTime() - began) * 1e-9 / done
                    * (options.displacements().length - k - inside) : -1;
            return progress.report(describe(String.format(Locale.ROOT, "u = %.4g nm", u), residual, left),
                    fraction(k + inside), "");
        });
        if (!state.converged()) {
            throw new AtomBeamException(String.format(Locale.ROOT, "the beam was not relaxed at %.4g nm after %d "
                    + "iterations: residual %.2e sqrt(eV), %.2e is asked for; take smaller steps%s", u,
                    state.iterations(), state.residual(), options.residual(), k == 0 ? "" : String.format(Locale.ROOT,
                            ", or end before it: the atoms may lose their stability beyond %.4g nm",
                            options.displacements()[k - 1])));
        }
        double[] forces = crystal.forces();
        double[] x = plane(crystal.positions());
        double fy = beam.right(forces, 1);
        double seconds = (System.nanoTime() - from) * 1e-9;
        steps.add(new AtomBeamStep(u, fy, -beam.right(forces, 0), fy + perLengthLeft(forces, x, k), state.energy(),
                state.evaluations(), state.residual(), seconds));
        states.add(x);
        if (states.size() > KEPT) {
            states.remove(0);
        }
        if (file != null) {
            new AtomBeamState(key(), steps, start, states).write(file);
        }
    }

    /** What forces are left on free atoms does on the way, per displacement [N/m]. */
    private double perLengthLeft(double[] forces, double[] x, int k) {
        if (k == 0) {
            return 0;
        }
        double[] before = states.get(states.size() - 1);
        double du = ANGSTROM_PER_NM * (options.displacements()[k] - options.displacements()[k - 1]);
        double work = 0;
        for (int a = 0; a < beam.atoms(); a++) {
            if (!beam.isLeft(a) && !beam.isRight(a)) {
                for (int d = 0; d < kept; d++) {
                    work += forces[3 * a + d] * (x[kept * a + d] - before[kept * a + d]);
                }
            }
        }
        return -beam.perLength(work / du);
    }

    /** Puts the atoms where the step begins. */
    private void put(LargeCrystal crystal, int k) {
        double[] u = options.displacements();
        int known = states.size();
        if (known == 1) {
            crystal.positions(space(states.get(0)));
            double[] move = new double[3 * beam.atoms()];
            for (int a = 0; a < beam.atoms(); a++) {
                if (beam.isRight(a)) {
                    move[3 * a + 1] = -ANGSTROM_PER_NM * (u[k] - u[k - 1]);
                }
            }
            crystal.carry(move);
            return;
        }
        double[] x = known == 0 ? start.clone() : new double[start.length];
        for (int m = 0; m < known; m++) {
            // Lagrange's polynomial through the states of the last steps.
            double weight = 1;
            for (int o = 0; o < known; o++) {
                if (o != m) {
                    weight *= (u[k] - u[k - known + o]) / (u[k - known + m] - u[k - known + o]);
                }
            }
            double[] state = states.get(m);
            for (int q = 0; q < x.length; q++) {
                x[q] += weight * state[q];
            }
        }
        for (int a = 0; a < beam.atoms(); a++) {
            if (beam.isLeft(a) || beam.isRight(a)) {
                System.arraycopy(start, kept * a, x, kept * a, kept);
                x[kept * a + 1] -= beam.isRight(a) ? ANGSTROM_PER_NM * u[k] : 0;
            }
        }
        crystal.positions(space(x));
    }

    private double fraction(double done) {
        return done / options.displacements().length;
    }

    private static String describe(String what, double residual, double left) {
        return String.format(Locale.ROOT, "%s, residual %.1e%s", what, residual,
                left < 0 ? "" : String.format(Locale.ROOT, ", %.0f s left", left));
    }

    /** What is kept of positions: x and y where nothing moves along z, else all. */
    private double[] plane(double[] positions) {
        return kept == 3 ? positions : first(positions, 3, 2);
    }

    private double[] inPlane(double[] state) {
        return kept == 2 ? state.clone() : first(state, 3, 2);
    }

    /** Of every {@code stride} numbers the first ones. */
    private static double[] first(double[] all, int stride, int count) {
        double[] some = new double[all.length / stride * count];
        for (int a = 0; a < all.length / stride; a++) {
            System.arraycopy(all, stride * a, some, count * a, count);
        }
        return some;
    }

    private double[] space(double[] x) {
        if (kept == 3) {
            return x;
        }
        double half = beam.lattice().constant() / 2;
        double[] positions = new double[3 * beam.atoms()];
        for (int a = 0; a < beam.atoms(); a++) {
            positions[3 * a] = x[2 * a];
            positions[3 * a + 1] = x[2 * a + 1];
            positions[3 * a + 2] = (beam.column(a) + beam.row(a)) % 2 * half;
        }
        return positions;
    }
}
