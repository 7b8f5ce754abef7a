// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.table;

import io.github.nanohooke.fem.atoms.AtomsMaterial;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.hyperelastic.UnitCell;
import io.github.nanohooke.statics.hyperelastic.UnitCell.Answer;
import io.github.nanohooke.statics.hyperelastic.UnitCell.Answers;
import io.github.nanohooke.statics.hyperelastic.UnitCell.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Relaxes atoms at nodes, on all cores; what comes out does not depend on their number. */
final class Sampler {
    /** Nodes that one call of the kernel takes. */
    private static final int CHUNK = 24;
    /** Nodes between two reports. */
    private static final int BLOCK = 16 * CHUNK;
    /** Stable neighbours that a node is tried from before it is called unstable. */
    private static final int TRIES = 3;
    /** Shortest step on a way, over the finest spacing, before it is said to end. */
    private static final double LAST_STEP = 0.25;
    /** Pairs of axes of the six second derivatives. */
    private static final int[][] PAIRS = {{0, 0}, {0, 1}, {0, 2}, {1, 1}, {1, 2}, {2, 2}};
    /** Tensor indices of the strains. */
    private static final int[][] AXES = {{0, 0}, {1, 1}, {0, 1}};

    /** A node and those that it may be reached from, the best first. */
    record Way(Node node, List<Node> from) {
    }

    private final UnitCell cell;
    private final Settings settings;
    private final AtomicLong evaluations = new AtomicLong();

    Sampler(AtomsMaterial material, double finest) {
        cell = material.cell();
        settings = Settings.precise().withForceTolerance(AtomsMaterial.AT_REST)
                .withSmallestStep(LAST_STEP * finest).withReferenceEnergy(material.reference().energy());
    }

    long evaluations() {
        return evaluations.get();
    }

    /** A state of undeformed atoms. */
    double[] undeformed() {
        return cell.undeformed(1);
    }

    /**
     * Tries nodes from others.
     *
     * @throws CancellationException when the progress asks to stop
     */
    void sample(List<Way> ways, StaticsProgress progress, String stage, double from, double to) {
        List<Way> open = ways;
        for (int attempt = 0; attempt < TRIES && !open.isEmpty(); attempt++) {
            List<Way> next = new ArrayList<>();
            for (int start = 0; start < open.size(); start += BLOCK) {
                if (!progress.report(stage, from + (to - from) * (attempt == 0 ? (double) start / open.size() : 1),
                        open.size() + " strains, " + evaluations + " evaluations")) {
                    throw new CancellationException("stopped while the table was built");
                }
                List<Way> block = open.subList(start, Math.min(open.size(), start + BLOCK));
                int number = attempt;
                IntStream.range(0, (block.size() + CHUNK - 1) / CHUNK).parallel().forEach(chunk -> chunk(
                        block.subList(CHUNK * chunk, Math.min(block.size(), CHUNK * (chunk + 1))), number));
            }
            for (Way way : open) {
                if (!way.node().stable && way.from().size() > attempt + 1) {
                    next.add(way);
                }
            }
            open = next;
        }
    }

    private void chunk(List<Way> ways, int attempt) {
        int size = cell.stateSize();
        double[] f = new double[9 * ways.size()];
        double[] states = new double[size * ways.size()];
        for (int k = 0; k < ways.size(); k++) {
            System.arraycopy(gradient(ways.get(k).node().strain), 0, f, 9 * k, 9);
            System.arraycopy(ways.get(k).from().get(attempt).state, 0, states, size * k, size);
        }
        Answers answers = cell.deform(settings, f, states);
        evaluations.addAndGet(answers.evaluations());
        for (int k = 0; k < ways.size(); k++) {
            if (answers.answers()[k] == Answer.REACHED) {
                Node node = ways.get(k).node();
                node.stable = true;
                node.state = Arrays.copyOfRange(states, size * k, size * (k + 1));
                keep(node, f, answers, k);
            }
        }
    }

    /** Some deformation gradient of a strain, upper triangular. */
    static double[] gradient(double[] strain) {
        double a = Math.sqrt(1 + 2 * strain[0]);
        double b = strain[2] / a;
        double c = Math.sqrt(1 + 2 * strain[1] - b * b);
        return new double[] {a, b, 0, 0, c, 0, 0, 0, 1};
    }

    /** Second Piola-Kirchhoff stress and moduli: S = F^-1 P and D_MJNL = F^-1_Mi (A_iJkL - delta_ik S_JL) F^-1_Nk. */
    private static void keep(Node node, double[] f, Answers answers, int k) {
        double a = f[9 * k];
        double c = f[9 * k + 4];
        double[][] inverse = {{1 / a, -f[9 * k + 1] / (a * c), 0}, {0, 1 / c, 0}, {0, 0, 1}};
        double[] p = answers.p();
        double[][] s = new double[3][3];
        for (int m = 0; m < 3; m++) {
            for (int j = 0; j < 3; j++) {
                for (int i = 0; i < 3; i++) {
                    s[m][j] += inverse[m][i] == 0 ? 0 : inverse[m][i] * p[9 * k + 3 * i + j];
                }
            }
        }
        node.data[0] = answers.w()[k];
        for (int t = 0; t < 3; t++) {
            node.first(t, 0.5 * (s[AXES[t][0]][AXES[t][1]] + s[AXES[t][1]][AXES[t][0]]));
            node.normal[1 + t] = modulus(answers.a(), 81 * k, inverse, s, new int[] {2, 2}, AXES[t]);
        }
        node.normal[0] = s[2][2];
        for (int q = 0; q < 6; q++) {
            node.second(q, modulus(answers.a(), 81 * k, inverse, s, AXES[PAIRS[q][0]], AXES[PAIRS[q][1]]));
        }
    }

    private static double modulus(double[] a, int at, double[][] inverse, double[][] s, int[] one, int[] other) {
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            for (int k = 0; k < 3; k++) {
                double weight = inverse[one[0]][i] * inverse[other[0]][k];
                if (weight != 0) {
                    sum += weight * (a[at + 9 * (3 * i + one[1]) + 3 * k + other[1]]
                            - (i == k ? s[one[1]][other[1]] : 0));
                }
            }
        }
        return sum;
    }
}
