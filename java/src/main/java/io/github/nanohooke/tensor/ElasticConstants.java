// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.tensor;

import java.util.List;
import java.util.stream.Stream;

/**
 * The thirteen constants of a cell that is extruded along z, always in the order
 * C11 C22 C33 C12 C13 C23 C44 C55 C66 C16 C26 C36 C45 [GPa].
 *
 * <p>z = 0 is a mirror plane of such a cell, which makes it monoclinic: the other eight constants (C14 C15 C24 C25 C34
 * C35 C46 C56) are zero (paper, section 4.1). {@link #largestOther(ElasticTensor)} says how far that holds.
 */
public final class ElasticConstants {
    /** How many there are: 13. */
    public static final int COUNT = 13;

    private static final List<String> NAMES = List.of(
            "C11", "C22", "C33", "C12", "C13", "C23", "C44", "C55", "C66", "C16", "C26", "C36", "C45");

    private static final List<String> ALL_NAMES = Stream.concat(NAMES.stream(),
            Stream.of("C14", "C15", "C24", "C25", "C34", "C35", "C46", "C56")).toList();

    private static final int[] ROW = {0, 1, 2, 0, 0, 1, 3, 4, 5, 0, 1, 2, 3, 0, 0, 1, 1, 2, 2, 3, 4};
    private static final int[] COLUMN = {0, 1, 2, 1, 2, 2, 3, 4, 5, 5, 5, 5, 4, 3, 4, 3, 4, 3, 4, 5, 5};

    private ElasticConstants() {
    }

    /** The names, in order. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * Where a constant stands in the order, from 0.
     *
     * @throws IllegalArgumentException when it is none of the thirteen
     */
    public static int indexOf(String name) {
        int index = NAMES.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("no constant \"" + name + "\"; there are " + NAMES);
        }
        return index;
    }

    /** The thirteen constants [GPa] of the tensor's symmetric part. */
    public static double[] of(ElasticTensor tensor) {
        return first(COUNT, tensor);
    }

    /** The names of all 21 constants: the thirteen, then the eight that an extruded cell has none of. */
    public static List<String> allNames() {
        return ALL_NAMES;
    }

    /** All 21 constants [GPa] of the tensor's symmetric part, in the order of {@link #allNames()}. */
    public static double[] all(ElasticTensor tensor) {
        return first(ALL_NAMES.size(), tensor);
    }

    private static double[] first(int count, ElasticTensor tensor) {
        double[] constants = new double[count];
        for (int k = 0; k < count; k++) {
            constants[k] = 0.5 * (tensor.get(ROW[k], COLUMN[k]) + tensor.get(COLUMN[k], ROW[k]));
        }
        return constants;
    }

    /**
     * The symmetric tensor with these constants; the other eight are zero.
     *
     * @param constants thirteen values [GPa]
     * @throws IllegalArgumentException when there are not thirteen or one is not finite
     */
    public static ElasticTensor toTensor(double[] constants) {
        if (constants.length != COUNT) {
            throw new IllegalArgumentException("expected the 13 constants " + NAMES + ", got " + constants.length);
        }
        double[][] c = new double[6][6];
        for (int k = 0; k < COUNT; k++) {
            c[ROW[k]][COLUMN[k]] = constants[k];
            c[COLUMN[k]][ROW[k]] = constants[k];
        }
        return ElasticTensor.of(c);
    }

    /** Largest |C_ij| [GPa] of the other eight constants, zero for a cell that is extruded along z. */
    public static double largestOther(ElasticTensor tensor) {
        double largest = 0;
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                if (isOdd(i) != isOdd(j)) {
                    largest = Math.max(largest, Math.abs(tensor.get(i, j)));
                }
            }
        }
        return largest;
    }

    /** Whether a Voigt index (23 or 13) holds z once, and so changes sign when z does. */
    private static boolean isOdd(int voigt) {
        return voigt == 3 || voigt == 4;
    }
}
