// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.hyperelastic;

import io.github.nanohooke.statics.StaticsException;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.hyperelastic.UnitCell.Answer;
import io.github.nanohooke.statics.hyperelastic.UnitCell.Answers;
import io.github.nanohooke.statics.hyperelastic.UnitCell.Settings;
import io.github.nanohooke.statics.hyperelastic.UnitCell.Softest;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.Locale;

/**
 * One crystal at any deformation, by exact second derivatives: the atoms are relaxed at fixed deformation gradients, on
 * straight ways in the Green strain, and energy, stress and tangent are told per volume of the reference. For one
 * thread.
 *
 * <pre>{@code
 * try (var crystal = HyperelasticCalculator.open(atoms, ReferenceCell.Kind.ZERO_STRESS, options, progress)) {
 *     var sheared = crystal.deform(new double[] {1, 0.02, 0, 0, 1, 0, 0, 0, 1});
 *     var further = crystal.deform(new double[] {1, 0.03, 0, 0, 1, 0, 0, 0, 1}, sheared);
 * }
 * }</pre>
 */
public final class HyperelasticCalculator implements AutoCloseable {
    /** Share of the way to which the last stable state is found. */
    static final double RESOLUTION = 1e-4;
    private static final double LEAST_STEP = 1e-7;
    /** As the kernel has it. */
    private static final int MOST_DISPLACEMENTS = 6000;

    private final ReferenceCell reference;
    private final UnitCell cell;
    private final Settings settings;
    private HyperelasticResult last;
    private double[] lastState;

    private HyperelasticCalculator(ReferenceCell reference, UnitCell cell, Settings settings) {
        this.reference = reference;
        this.cell = cell;
        this.settings = settings;
    }

    /**
     * Relaxes a crystal to the state that deformations count from.
     *
     * @throws StaticsException when it has none
     */
    public static HyperelasticCalculator open(Atoms given, ReferenceCell.Kind kind, StaticsOptions options,
            StaticsProgress progress) {
        requireSmall(given, options);
        return of(ReferenceCell.of(given, kind, options, progress), options);
    }

    /** An inversion halves the displacements at best: what is too large then is told before anything is relaxed. */
    private static void requireSmall(Atoms given, StaticsOptions options) {
        if (3L * given.count() / 2 > MOST_DISPLACEMENTS && !options.dropIslands()) {
            throw new StaticsException("second derivatives of a deformed cell are dense: at most " + MOST_DISPLACEMENTS
                    + " displacements, and " + given.count() + " atoms have " + 3L * given.count() + ", or half of them"
                    + " where an inversion maps the cell on itself; take a smaller cell, or fewer along z (--nz 1)");
        }
    }

    /** Of a reference that is known. */
    public static HyperelasticCalculator of(ReferenceCell reference, StaticsOptions options) {
        UnitCell cell = UnitCell.of(reference.atoms(), options.potential(), CellSpace.SOLID);
        return new HyperelasticCalculator(reference, cell,
                Settings.precise().withReferenceEnergy(reference.energy()));
    }

    /** The state that deformations count from. */
    public ReferenceCell reference() {
        return reference;
    }

    /**
     * From the undeformed state.
     *
     * @param f deformation gradient, 9 numbers
     * @throws StaticsException when its determinant is not positive
     */
    public HyperelasticResult deform(double[] f) {
        return deform(f, cell.undeformed(1), Deformations.none(), "undeformed");
    }

    /** From an earlier result of this calculator; it must have been the last one. */
    public HyperelasticResult deform(double[] f, HyperelasticResult before) {
        if (before != last) {
            throw new IllegalArgumentException("a way goes on from the last result only");
        }
        return deform(f, lastState.clone(), before.deformation(), "the deformation before");
    }

    private HyperelasticResult deform(double[] f, double[] state, double[] start, String from) {
        Deformations.require(f);
        long begin = System.nanoTime();
        double[] origin = engineering(start);
        double[] way = engineering(f);
        double length = 0;
        for (int t = 0; t < 6; t++) {
            way[t] -= origin[t];
            length = Math.max(length, Math.abs(way[t]));
        }
        Settings fine = settings.withSmallestStep(Math.min(settings.largestStep(),
                Math.max(LEAST_STEP, RESOLUTION * length)));
        Answers answers = cell.deform(fine, f, state);
        int steps = answers.steps()[0];
        long evaluations = answers.evaluations();
        double[] reached = f.clone();
        double fraction = 1;
        if (answers.answers()[0] == Answer.CONTINUED) {
            fraction = fraction(origin, way, state);
            double[] e = new double[6];
            for (int t = 0; t < 6; t++) {
                e[t] = (origin[t] + fraction * way[t]) / (t < 3 ? 1 : 2);
            }
            reached = Deformations.ofGreenStrain(e, f);
            state[0] = 0;
            answers = cell.deform(fine, reached, state);
            evaluations += answers.evaluations();
        }
        if (answers.answers()[0] != Answer.REACHED) {
            throw new StaticsException("the state that the deformation begins from is not stable");
        }
        last = result(f, reached, fraction, state, answers, from, steps, evaluations,
                (System.nanoTime() - begin) * 1e-9);
        lastState = state;
        return last;
    }

    /** Green strain with engineering shear, as a state of a solid cell has it from its second number on. */
    private static double[] engineering(double[] f) {
        double[] e = Deformations.greenStrain(f);
        for (int t = 3; t < 6; t++) {
            e[t] *= 2;
        }
        return e;
    }

    private static double fraction(double[] origin, double[] way, double[] state) {
        double along = 0;
        double square = 0;
        for (int t = 0; t < 6; t++) {
            along += way[t] * (state[1 + t] - origin[t]);
            square += way[t] * way[t];
        }
        return square == 0 ? 0 : along / square;
    }

    private HyperelasticResult result(double[] asked, double[] f, double fraction, double[] state, Answers answers,
            String from, int steps, long evaluations, double seconds) {
        Softest softest = cell.softest(state, f);
        double[] a = answers.a();
        double cellStability = ElasticTensor.of(Deformations.onTop(f, a)).eigenvalues()[0];
        HyperelasticOutcome outcome = fraction < 1 ? HyperelasticOutcome.BEYOND_INSTABILITY
                : softest.eigenvalue() < 0 ? HyperelasticOutcome.SYMMETRY_UNSTABLE
                : cellStability < 0 ? HyperelasticOutcome.CELL_UNSTABLE : HyperelasticOutcome.STABLE;
        String explanation = String.format(Locale.ROOT, "%s%s; %d steps, %d evaluations from %s; smallest eigenvalue"
                + " %.4g eV/Å² of the atoms%s, %.4g GPa of the cell", outcome.meaning(), fraction < 1
                        ? String.format(Locale.ROOT, " (at %.2f %% of the way)", 100 * fraction) : "",
                steps, evaluations, from, softest.eigenvalue(), !(softest.eigenvalue() < 0) ? ""
                        : softest.breaking() ? " (breaking the cell's symmetry lowers the energy before they give way)"
                        : " (they are at the end of their stability)", cellStability);
        return new HyperelasticResult(outcome, explanation, asked.clone(), f, fraction, answers.w()[0], answers.p(),
                Deformations.cauchy(f, answers.p()), a, softest.eigenvalue(), softest.breaking(), softest.mode(),
                cellStability, from, steps, evaluations, cell.atoms(state, f), seconds);
    }

    @Override
    public void close() {
        cell.close();
    }
}
