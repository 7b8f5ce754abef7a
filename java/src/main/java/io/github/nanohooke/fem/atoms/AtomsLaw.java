// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.atoms;

import io.github.nanohooke.fem.law.BatchedLaw;
import io.github.nanohooke.fem.law.PointBatch;
import io.github.nanohooke.statics.hyperelastic.CellSpace;
import io.github.nanohooke.statics.hyperelastic.UnitCell.Answer;
import io.github.nanohooke.statics.hyperelastic.UnitCell.Answers;
import java.util.Arrays;
import java.util.List;

/**
 * A point of an {@link AtomsMaterial}: the state of its atoms, and its last answer. Any number of threads may ask; each
 * question moves the atoms.
 *
 * <p>In a plane cell, derivatives by shear along z are not known: NaN, which plane strain does not read.
 */
public final class AtomsLaw implements BatchedLaw {
    /** Places of the plane's components among the nine. */
    private static final int[] IN_PLANE = {0, 1, 3, 4};
    private static final int F = 0;
    private static final int P = 9;
    private static final int W = 18;
    private static final int A = 19;

    private final AtomsMaterial material;
    private final double[] state;
    private final boolean plane;
    /** F, P, W and A of the last answer. */
    private final double[] answer;
    private boolean continued;

    private AtomsLaw(AtomsLaw from) {
        material = from.material;
        state = from.state.clone();
        plane = from.plane;
        answer = from.answer.clone();
        continued = from.continued;
    }

    AtomsLaw(AtomsMaterial material) {
        this.material = material;
        state = material.cell().undeformed(1);
        plane = material.cell().space() == CellSpace.PLANE;
        answer = new double[answerSize(material.cell().space())];
        Arrays.fill(answer, Double.NaN);
    }

    @Override
    public synchronized AtomsLaw copy() {
        return new AtomsLaw(this);
    }

    static int answerSize(CellSpace space) {
        return A + (space == CellSpace.PLANE ? 16 : 81);
    }

    /** Writes the state of the atoms to {@code states}, from {@code at} on. */
    synchronized void copyState(double[] states, int at) {
        System.arraycopy(state, 0, states, at, state.length);
    }

    /**
     * Takes an answer and the state that belongs to it.
     *
     * @param f       gradients of the part, this point's from {@code at} on
     * @param answers this point's is the one of number {@code k}
     * @param states  likewise
     */
    synchronized void keep(double[] f, int at, Answers answers, double[] states, int k) {
        System.arraycopy(states, k * state.length, state, 0, state.length);
        System.arraycopy(f, at, answer, F, 9);
        System.arraycopy(answers.p(), 9 * k, answer, P, 9);
        answer[W] = answers.w()[k];
        continued = answers.answers()[k] == Answer.CONTINUED || answers.answers()[k] == Answer.UNSTABLE_START;
        if (plane) {
            for (int i = 0; i < 4; i++) {
                for (int j = 0; j < 4; j++) {
                    answer[A + 4 * i + j] = answers.a()[81 * k + 9 * IN_PLANE[i] + IN_PLANE[j]];
                }
            }
        } else {
            System.arraycopy(answers.a(), 81 * k, answer, A, 81);
        }
    }

    /** Whether the last answer is of these nine numbers, to the bit. */
    synchronized boolean knows(double[] f, int from) {
        for (int q = 0; q < 9; q++) {
            if (answer[F + q] != f[from + q]) {
                return false;
            }
        }
        return true;
    }

    private void ask(double[] f) {
        if (!knows(f, 0)) {
            material.evaluate(List.of(this), f);
        }
    }

    @Override
    public String name() {
        return AtomsMaterial.NAME;
    }

    @Override
    public PointBatch batch() {
        return material;
    }

    @Override
    public synchronized boolean isContinued() {
        return continued;
    }

    @Override
    public synchronized double energy(double[] f) {
        ask(f);
        return answer[W];
    }

    @Override
    public synchronized void stress(double[] f, double[] p) {
        ask(f);
        System.arraycopy(answer, P, p, 0, 9);
    }

    @Override
    public synchronized void tangent(double[] f, double[] p, double[] a) {
        stress(f, p);
        if (!plane) {
            System.arraycopy(answer, A, a, 0, 81);
            return;
        }
        Arrays.fill(a, 0, 81, Double.NaN);
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                a[9 * IN_PLANE[i] + IN_PLANE[j]] = answer[A + 4 * i + j];
            }
        }
    }
}
