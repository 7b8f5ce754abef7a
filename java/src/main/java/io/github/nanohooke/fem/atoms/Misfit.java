// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.atoms;

import io.github.nanohooke.statics.hyperelastic.CellSpace;
import io.github.nanohooke.statics.hyperelastic.Deformations;
import io.github.nanohooke.statics.hyperelastic.UnitCell.Answers;
import java.util.Arrays;

/**
 * How the undeformed part maps the cell that is free of stress: a cell sees F G where the part sees F. With G = 1 the
 * part is free of stress where it is undeformed; else it is at a lattice that other structures share.
 *
 * @param g 9 numbers, row by row
 */
record Misfit(double[] g) {
    private static final Misfit NONE = new Misfit(Deformations.none());

    static Misfit none() {
        return NONE;
    }

    /** Of a part that is undeformed where its cell is as designed. @param stretch from there to the cell at rest */
    static Misfit ofDesigned(double[] stretch) {
        return new Misfit(Deformations.inverse(stretch));
    }

    boolean isNone() {
        return this == NONE;
    }

    private double volume() {
        return Deformations.determinant(g);
    }

    /** Makes F of the part F G of its cell: one of many gradients, in place. */
    void cell(double[] f, int at) {
        if (isNone()) {
            return;
        }
        double[] before = Arrays.copyOfRange(f, at, at + 9);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                f[at + 3 * i + j] = before[3 * i] * g[j] + before[3 * i + 1] * g[3 + j] + before[3 * i + 2] * g[6 + j];
            }
        }
    }

    /** Makes energy, stress and tangent of a cell those of the part, in place; of a plane cell the plane's alone. */
    void part(Answers answers, int k, CellSpace space) {
        if (isNone()) {
            return;
        }
        double scale = 1 / volume();
        answers.w()[k] *= scale;
        double[] p = Arrays.copyOfRange(answers.p(), 9 * k, 9 * k + 9);
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                answers.p()[9 * k + 3 * i + j] = scale * (p[3 * i] * g[3 * j] + p[3 * i + 1] * g[3 * j + 1]
                        + p[3 * i + 2] * g[3 * j + 2]);
            }
        }
        int n = space == CellSpace.PLANE ? 2 : 3;
        double[] a = Arrays.copyOfRange(answers.a(), 81 * k, 81 * k + 81);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                for (int m = 0; m < n; m++) {
                    for (int l = 0; l < n; l++) {
                        double sum = 0;
                        for (int q = 0; q < n; q++) {
                            for (int r = 0; r < n; r++) {
                                sum += g[3 * j + q] * a[9 * (3 * i + q) + 3 * m + r] * g[3 * l + r];
                            }
                        }
                        answers.a()[81 * k + 9 * (3 * i + j) + 3 * m + l] = scale * sum;
                    }
                }
            }
        }
    }
}
