// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@link ConstantBasis#EXTRUDED} by itself: the thirteen constants of a cell that is extruded along z, in the order
 * C11 C22 C33 C12 C13 C23 C44 C55 C66 C16 C26 C36 C45 [GPa].
 *
 * <p>z = 0 is a mirror plane of such a cell, which makes it monoclinic: the other eight constants (C14 C15 C24 C25 C34
 * C35 C46 C56) are zero (paper, section 4.1). {@link #largestOther(ElasticTensor)} says how far that holds.
 */
public final class ElasticConstants {
    /** How many there are: 13. */
    public static final int COUNT = 13;

    private static final ConstantBasis BASIS = ConstantBasis.EXTRUDED;
    private static final List<String> OTHERS = List.of("C14", "C15", "C24", "C25", "C34", "C35", "C46", "C56");
    private static final List<String> ALL_NAMES = Stream.concat(BASIS.names().stream(), OTHERS.stream()).toList();

    private ElasticConstants() {
    }

    /** The names, in order. */
    public static List<String> names() {
        return BASIS.names();
    }

    /**
     * Where a constant stands in the order, from 0.
     *
     * @throws IllegalArgumentException when it is none of the thirteen
     */
    public static int indexOf(String name) {
        return BASIS.indexOf(name);
    }

    /** The thirteen constants [GPa] of the tensor's symmetric part. */
    public static double[] of(ElasticTensor tensor) {
        return BASIS.of(tensor);
    }

    /** The names of all 21 constants: the thirteen, then the eight that an extruded cell has none of. */
    public static List<String> allNames() {
        return ALL_NAMES;
    }

    /** All 21 constants [GPa] of the tensor's symmetric part, in the order of {@link #allNames()}. */
    public static double[] all(ElasticTensor tensor) {
        double[] constants = Arrays.copyOf(BASIS.of(tensor), ALL_NAMES.size());
        for (int k = 0; k < OTHERS.size(); k++) {
            int i = OTHERS.get(k).charAt(1) - '1';
            int j = OTHERS.get(k).charAt(2) - '1';
            constants[COUNT + k] = 0.5 * (tensor.get(i, j) + tensor.get(j, i));
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
        return BASIS.tensor(constants);
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
