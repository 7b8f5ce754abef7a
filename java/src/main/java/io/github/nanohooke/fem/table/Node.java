// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.table;

import java.util.Arrays;

/** A strain at which atoms were relaxed, or could not be. */
final class Node {
    /** Places of the second derivatives 11 12 13 22 23 33 among a corner's numbers. */
    private static final int[] SECOND = {18, 12, 10, 6, 4, 2};
    private static final int[] FIRST = {9, 3, 1};

    /** Counted in the finest spacing, from the lowest corner of the table. */
    final int[] at;
    /** E11, E22 and 2 E12. */
    final double[] strain;
    /** Whether atoms are stable there; what follows is theirs then. */
    boolean stable;
    /** Whether the numbers continue those of a stable node. */
    boolean filled;
    /** Of the atoms, for those that go on from here. */
    double[] state;
    /** Derivatives of the energy by the strain, as {@link Quintic} has them. */
    final double[] data = new double[Quintic.DATA];
    /** Stress S33, and its derivatives by the strain. */
    final double[] normal = new double[4];

    Node(int[] at, double[] strain) {
        this.at = at;
        this.strain = strain;
    }

    double size() {
        return strain[0] * strain[0] + strain[1] * strain[1] + strain[2] * strain[2];
    }

    double distance(Node other) {
        double sum = 0;
        for (int q = 0; q < 3; q++) {
            sum += (strain[q] - other.strain[q]) * (strain[q] - other.strain[q]);
        }
        return sum;
    }

    double second(int pair) {
        return data[SECOND[pair]];
    }

    void first(int axis, double value) {
        data[FIRST[axis]] = value;
    }

    double first(int axis) {
        return data[FIRST[axis]];
    }

    void second(int pair, double value) {
        data[SECOND[pair]] = value;
    }

    /** Whether some strain on top of this one has a modulus below minus a limit. */
    boolean isGivingWay(double limit) {
        double a = second(0) + limit;
        double b = second(3) + limit;
        double c = second(5) + limit;
        double minor = a * b - second(1) * second(1);
        double determinant = c * minor - a * second(4) * second(4) - b * second(2) * second(2)
                + 2 * second(1) * second(2) * second(4);
        return !(a > 0 && minor > 0 && determinant > 0);
    }

    /** Goes on from a stable node: the second Piola-Kirchhoff stress linearly in the Green strain, with its moduli. */
    void continues(Node from) {
        int[][] pair = {{0, 1, 2}, {1, 3, 4}, {2, 4, 5}};
        filled = true;
        Arrays.fill(data, 0);
        double energy = from.data[0];
        System.arraycopy(from.normal, 0, normal, 0, 4);
        for (int q = 0; q < 3; q++) {
            double way = strain[q] - from.strain[q];
            double change = 0;
            for (int r = 0; r < 3; r++) {
                change += from.second(pair[q][r]) * (strain[r] - from.strain[r]);
            }
            first(q, from.first(q) + change);
            energy += (from.first(q) + 0.5 * change) * way;
            normal[0] += from.normal[1 + q] * way;
        }
        data[0] = energy;
        for (int t = 0; t < 6; t++) {
            second(t, from.second(t));
        }
    }
}
