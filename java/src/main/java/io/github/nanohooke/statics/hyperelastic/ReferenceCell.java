// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.hyperelastic;

import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.ElasticCalculators;
import io.github.nanohooke.statics.Relaxation;
import io.github.nanohooke.statics.StaticsException;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.hyperelastic.UnitCell.Answer;
import io.github.nanohooke.statics.hyperelastic.UnitCell.Answers;
import io.github.nanohooke.statics.hyperelastic.UnitCell.Settings;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.atoms.Connectivity;
import io.github.nanohooke.tensor.Voigt;
import java.util.Arrays;
import java.util.Locale;

/**
 * The state that deformations count from, where the energy is zero.
 *
 * @param atoms   at rest
 * @param energy  [eV]
 * @param stretch from the cell that was given to this one, 9 numbers, symmetric
 */
public record ReferenceCell(Atoms atoms, double energy, double[] stretch) {
    private static final int ITERATIONS = 30;
    private static final double AT_REST = 1e-9;
    /** eV/Å³ in GPa. */
    private static final double GIGAPASCAL = 160.2176634;
    private static final int[] ALL = {0, 1, 2, 3, 4, 5};
    private static final int[] IN_PLANE = {0, 1, 5};
    private static final int[][] PAIR = Voigt.pairs();

    /** What is free of stress in the reference. */
    public enum Kind {
        /** Everything. */
        ZERO_STRESS,
        /** The plane; along z the period is the given one, as in a part that nothing moves along z. */
        GIVEN_PERIOD
    }

    /**
     * Relaxes atoms and cell, first by the fast method's gentle descent, then to 1e-9 GPa.
     *
     * @throws StaticsException when nothing stable is found, or pores cut the solid apart
     */
    public static ReferenceCell of(Atoms given, Kind kind, StaticsOptions options, StaticsProgress progress) {
        Relaxation relaxed;
        try (ElasticCalculator calculator = ElasticCalculators.open("hessian")) {
            relaxed = calculator.relax(given, options, progress);
        }
        requireWhole(relaxed.atoms(), options);
        if (!relaxed.converged()) {
            throw new StaticsException(String.format(Locale.ROOT, "the undeformed cell does not relax: %.2g"
                    + " eV/Å and %.2g GPa are left after %d evaluations; there is no state to deform it from",
                    relaxed.maxForce(), relaxed.residualStress(), relaxed.evaluations()));
        }
        CellSpace space = kind == Kind.GIVEN_PERIOD ? CellSpace.PLANE : CellSpace.SOLID;
        try (UnitCell cell = UnitCell.of(relaxed.atoms(), options.potential(), space)) {
            double[] f = Deformations.none();
            if (kind == Kind.GIVEN_PERIOD) {
                f[8] = given.cell().get(2, 2) / relaxed.atoms().cell().get(2, 2);
            }
            return atRest(cell, f, kind == Kind.GIVEN_PERIOD ? IN_PLANE : ALL, given);
        }
    }

    private static void requireWhole(Atoms relaxed, StaticsOptions options) {
        Connectivity solid = options.potential().eam().map(tables -> Connectivity.of(relaxed, tables.cutoff()))
                .orElseGet(() -> Connectivity.of(relaxed));
        if (solid.dimensions() < 3) {
            throw new StaticsException("the solid is cut apart along " + String.join(" and ", solid.cutAlong())
                    + ": its pieces move freely there, so that it has no energy of every deformation; statics without"
                    + " a deformation gives its tensor, with exact zeros");
        }
        if (solid.pieces() > 1) {
            throw new StaticsException(String.format(Locale.ROOT, "%d islands are not connected to the solid: they move"
                    + " freely, so that no state of the atoms is stable; leave them out (--drop-islands)",
                    solid.pieces() - 1));
        }
    }

    /** Newton's method on the stretch. */
    private static ReferenceCell atRest(UnitCell cell, double[] start, int[] free, Atoms given) {
        double[] f = start;
        double[] state = cell.undeformed(1);
        Settings settings = Settings.precise().withForceTolerance(1e-8);
        for (int k = 0; k < ITERATIONS; k++) {
            Answers at = cell.deform(settings, f, state);
            if (at.answers()[0] != Answer.REACHED) {
                throw new StaticsException("the undeformed cell has no stable state without stress: its atoms give way"
                        + " on the way there");
            }
            double left = 0;
            double[] stress = new double[free.length];
            double[][] stiffness = new double[free.length][free.length];
            for (int t = 0; t < free.length; t++) {
                stress[t] = symmetric(at.p(), free[t]);
                left = Math.max(left, Math.abs(stress[t]));
                for (int u = 0; u < free.length; u++) {
                    stiffness[t][u] = symmetric(at.a(), free[t], free[u]);
                }
            }
            if (left <= AT_REST) {
                double energy = at.w()[0] * cell.volume() / GIGAPASCAL;
                Atoms atoms = cell.atoms(state, f);
                double[][] map = atoms.cell().deformationFrom(given.cell().isLeftHanded()
                        ? given.cell().scaled(1, 1, -1) : given.cell());
                return new ReferenceCell(atoms, energy, Arrays.stream(map).flatMapToDouble(Arrays::stream).toArray());
            }
            double[] step = solved(stiffness, stress);
            f = f.clone();
            for (int t = 0; t < free.length; t++) {
                int i = PAIR[free[t]][0];
                int j = PAIR[free[t]][1];
                double change = Math.max(-0.02, Math.min(0.02, -step[t]));
                f[3 * i + j] += i == j ? change : 0.5 * change;
                if (i != j) {
                    f[3 * j + i] += 0.5 * change;
                }
            }
        }
        throw new StaticsException("the undeformed cell has no state without stress that Newton's method finds");
    }

    private static double symmetric(double[] p, int t) {
        int i = PAIR[t][0];
        int j = PAIR[t][1];
        return 0.5 * (p[3 * i + j] + p[3 * j + i]);
    }

    private static double symmetric(double[] a, int t, int u) {
        int i = PAIR[t][0];
        int j = PAIR[t][1];
        int k = PAIR[u][0];
        int l = PAIR[u][1];
        return 0.25 * (a[9 * (3 * i + j) + 3 * k + l] + a[9 * (3 * j + i) + 3 * k + l] + a[9 * (3 * i + j) + 3 * l + k]
                + a[9 * (3 * j + i) + 3 * l + k]);
    }

    /** By elimination with pivots. */
    private static double[] solved(double[][] m, double[] b) {
        int n = b.length;
        double[][] a = Arrays.stream(m).map(double[]::clone).toArray(double[][]::new);
        double[] x = b.clone();
        for (int c = 0; c < n; c++) {
            int best = c;
            for (int r = c + 1; r < n; r++) {
                best = Math.abs(a[r][c]) > Math.abs(a[best][c]) ? r : best;
            }
            double[] row = a[c];
            a[c] = a[best];
            a[best] = row;
            double value = x[c];
            x[c] = x[best];
            x[best] = value;
            for (int r = c + 1; r < n; r++) {
                double factor = a[r][c] / a[c][c];
                for (int k = c; k < n; k++) {
                    a[r][k] -= factor * a[c][k];
                }
                x[r] -= factor * x[c];
            }
        }
        for (int r = n - 1; r >= 0; r--) {
            for (int k = r + 1; k < n; k++) {
                x[r] -= a[r][k] * x[k];
            }
            x[r] /= a[r][r];
        }
        return x;
    }
}
