// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.table;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.fem.law.ContinuedLaw;
import io.github.nanohooke.fem.law.CrystalFrame;
import java.util.Arrays;

/**
 * The law of a cell of atoms by its table, in plane strain: W of the Green strain, with continuous stress and tangent,
 * which are its derivatives; P = F S, so that rotations cost nothing. For any number of threads; what it says of its
 * last answer is for one.
 *
 * <p>Where the table has nothing, beyond its range or the end of stability, there are no numbers (NaN), or atoms at
 * this point are asked on the spot: {@link TabulatedMaterial} decides. In cells at the end of stability some corners
 * are not stable; the second Piola-Kirchhoff stress there goes on linearly in the Green strain from the nearest stable
 * corner, unless atoms are asked, and the point says so ({@link #isContinued()}); so it does in cells that are as fine
 * as the table gets, and off by more than its tolerance.
 *
 * <p>Derivatives along z are not known: NaN, which plane strain does not read.
 */
public final class TabulatedLaw implements ContinuedLaw {
    /** Places of the plane's components among the nine. */
    private static final int[] IN_PLANE = {0, 1, 3, 4};
    private static final int[] THROUGH = {2, 5, 6, 7};
    /** Strains of pairs of axes. */
    private static final int[][] STRAIN = {{0, 2}, {2, 1}};
    private static final int[] FIRST = {9, 3, 1};
    private static final int[][] SECOND = {{18, 12, 10}, {12, 6, 4}, {10, 4, 2}};

    /** Where the last answer was from. */
    private enum Last { INSIDE, AT_THE_END, OUTSIDE, ATOMS, INVERTED }

    /** What atoms at this point say where the table has nothing; asked for when first needed. */
    interface Beyond {
        ContinuedLaw law();

        Beyond copy();
    }

    private final LawTable table;
    private final CrystalFrame frame;
    private final Beyond beyond;
    private volatile Last last = Last.INSIDE;
    private volatile double[] lastStrain = new double[3];

    TabulatedLaw(LawTable table, CrystalFrame frame, Beyond beyond) {
        this.table = table;
        this.frame = frame;
        this.beyond = beyond;
    }

    @Override
    public String name() {
        return TabulatedMaterial.NAME;
    }

    @Override
    public TabulatedLaw copy() {
        TabulatedLaw copy = new TabulatedLaw(table, frame, beyond == null ? null : beyond.copy());
        copy.last = last;
        copy.lastStrain = lastStrain;
        return copy;
    }

    @Override
    public boolean isContinued() {
        Last now = last;
        return now == Last.AT_THE_END || now == Last.ATOMS && beyond.law().isContinued();
    }

    /** Atoms may have answered it all the same. */
    @Override
    public boolean isOutside() {
        Last now = last;
        return now == Last.OUTSIDE || now == Last.ATOMS;
    }

    /** Whether the last question had no answer. */
    boolean isLost() {
        return last == Last.OUTSIDE;
    }

    /** E11, E22 and 2 E12 of the last question, along the crystal's axes. */
    double[] lastStrain() {
        return lastStrain.clone();
    }

    /**
     * Finds the place of a gradient along the crystal's axes, and all derivatives there where the table has them.
     *
     * @throws FemException when something moves along z
     */
    private Last find(double[] f, LawTable.Place place) {
        for (int q : THROUGH) {
            if (f[q] != 0) {
                throw notPlane();
            }
        }
        if (f[8] != 1) {
            throw notPlane();
        }
        double[] strain = {0.5 * (f[0] * f[0] + f[3] * f[3] - 1), 0.5 * (f[1] * f[1] + f[4] * f[4] - 1),
            f[0] * f[1] + f[3] * f[4]};
        lastStrain = strain;
        Last found;
        if (!(f[0] * f[4] - f[1] * f[3] > 0)) {
            found = Last.INVERTED;
        } else if (table.find(strain, place)) {
            found = !table.isDoubtful(place) ? Last.INSIDE : beyond == null ? Last.AT_THE_END : Last.ATOMS;
            table.evaluate(place);
        } else {
            found = beyond == null ? Last.OUTSIDE : Last.ATOMS;
        }
        last = found;
        return found;
    }

    private static FemException notPlane() {
        return new FemException("a table of a law is for plane strain, and this deformation moves something along z;"
                + " the law atoms has no such limit");
    }

    private double[] own(double[] f) {
        double[] crystal = new double[9];
        frame.toCrystal(f, 0, crystal, 0);
        return crystal;
    }

    @Override
    public double energy(double[] f) {
        LawTable.Place place = new LawTable.Place();
        return switch (find(own(f), place)) {
            case INSIDE, AT_THE_END -> place.derivatives[0];
            case ATOMS -> beyond.law().energy(f);
            default -> Double.NaN;
        };
    }

    @Override
    public void stress(double[] f, double[] p) {
        double[] crystal = own(f);
        LawTable.Place place = new LawTable.Place();
        switch (find(crystal, place)) {
            case INSIDE, AT_THE_END -> stress(place, crystal, p);
            case ATOMS -> beyond.law().stress(f, p);
            default -> Arrays.fill(p, 0, 9, Double.NaN);
        }
    }

    private void stress(LawTable.Place place, double[] f, double[] p) {
        Arrays.fill(p, 0, 9, 0);
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                p[3 * i + j] = f[3 * i] * place.derivatives[FIRST[STRAIN[0][j]]]
                        + f[3 * i + 1] * place.derivatives[FIRST[STRAIN[1][j]]];
            }
        }
        p[8] = table.normalStress(place);
        frame.stressToPart(p, 0);
    }

    @Override
    public void tangent(double[] f, double[] p, double[] a) {
        double[] crystal = own(f);
        LawTable.Place place = new LawTable.Place();
        switch (find(crystal, place)) {
            case INSIDE, AT_THE_END -> tangent(place, crystal, p, a);
            case ATOMS -> beyond.law().tangent(f, p, a);
            default -> {
                Arrays.fill(p, 0, 9, Double.NaN);
                Arrays.fill(a, 0, 81, Double.NaN);
            }
        }
    }

    private void tangent(LawTable.Place place, double[] f, double[] p, double[] a) {
        stress(place, f, p);
        Arrays.fill(a, 0, 81, Double.NaN);
        for (int r : IN_PLANE) {
            for (int c : IN_PLANE) {
                int i = r / 3;
                int j = r % 3;
                int k = c / 3;
                int l = c % 3;
                double value = i == k ? place.derivatives[FIRST[STRAIN[j][l]]] : 0;
                for (int m = 0; m < 2; m++) {
                    for (int n = 0; n < 2; n++) {
                        value += f[3 * i + m] * place.derivatives[SECOND[STRAIN[m][j]][STRAIN[n][l]]] * f[3 * k + n];
                    }
                }
                a[9 * r + c] = value;
            }
        }
        frame.tangentToPart(a, 0);
    }
}
