// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.tensor;

import io.github.nanohooke.structure.SquareSymmetry;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Which entries of an elastic tensor are told, and in which order: a class of symmetry, whose other entries are zero.
 * Datasets, networks and files of constants carry theirs by the {@link #names()}; numbers without a basis mean nothing.
 *
 * <p>The entries must be closed under the symmetries of the square: {@link #turned} gives constants of the same basis.
 */
public final class ConstantBasis {
    /**
     * Of a cell that is extruded along z, monoclinic (paper, section 4.1): the thirteen of {@link ElasticConstants}.
     */
    public static final ConstantBasis EXTRUDED = new ConstantBasis(List.of(
            "C11", "C22", "C33", "C12", "C13", "C23", "C44", "C55", "C66", "C16", "C26", "C36", "C45"));

    private static final List<ConstantBasis> KNOWN = List.of(EXTRUDED);

    private final List<String> names;
    private final int[] row;
    private final int[] column;
    private final Map<SquareSymmetry, Turn> turns = new EnumMap<>(SquareSymmetry.class);

    /**
     * What a symmetry does to the constants: they change places and signs, no more.
     *
     * @param source which constant of the material itself becomes constant k of the turned one
     * @param sign   whether it keeps its sign: 1 or -1
     */
    private record Turn(int[] source, int[] sign) {
    }

    private ConstantBasis(List<String> names) {
        this.names = names;
        row = names.stream().mapToInt(name -> name.charAt(1) - '1').toArray();
        column = names.stream().mapToInt(name -> name.charAt(2) - '1').toArray();
        for (SquareSymmetry symmetry : SquareSymmetry.values()) {
            turns.put(symmetry, turn(symmetry));
        }
    }

    // Places and signs are read off the tensors that have a single constant, 1 GPa.
    private Turn turn(SquareSymmetry symmetry) {
        int[] source = new int[count()];
        int[] sign = new int[count()];
        for (int from = 0; from < count(); from++) {
            double[] unit = new double[count()];
            unit[from] = 1;
            double[] turned = of(tensor(unit).transformed(symmetry));
            for (int to = 0; to < count(); to++) {
                if (turned[to] != 0) {
                    source[to] = from;
                    sign[to] = (int) turned[to];
                }
            }
        }
        return new Turn(source, sign);
    }

    /**
     * The basis that a file names.
     *
     * @throws IllegalArgumentException when this version knows none of these names in this order
     */
    public static ConstantBasis ofNames(List<String> names) {
        return KNOWN.stream().filter(basis -> basis.names.equals(names)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown constants " + String.join(" ", names)
                        + "; known are " + KNOWN + ": was the file written by a newer version?"));
    }

    /** C and two Voigt indices, in order. */
    public List<String> names() {
        return names;
    }

    public int count() {
        return names.size();
    }

    /**
     * Where a constant stands in the order, from 0.
     *
     * @throws IllegalArgumentException when it is none of them
     */
    public int indexOf(String name) {
        int index = names.indexOf(name);
        if (index < 0) {
            throw new IllegalArgumentException("no constant \"" + name + "\"; there are " + names);
        }
        return index;
    }

    /** Voigt row of a constant, from 0. */
    int row(int k) {
        return row[k];
    }

    /** Voigt column of a constant, from 0. */
    int column(int k) {
        return column[k];
    }

    /** The constants [GPa] of the tensor's symmetric part. */
    public double[] of(ElasticTensor tensor) {
        double[] constants = new double[count()];
        for (int k = 0; k < constants.length; k++) {
            constants[k] = 0.5 * (tensor.get(row[k], column[k]) + tensor.get(column[k], row[k]));
        }
        return constants;
    }

    /**
     * The symmetric tensor with these constants; the other entries are zero.
     *
     * @param constants one value a name [GPa]
     * @throws IllegalArgumentException when there are more or fewer, or one is not finite
     */
    public ElasticTensor tensor(double[] constants) {
        if (constants.length != count()) {
            throw new IllegalArgumentException("expected the " + count() + " constants " + names + ", got "
                    + constants.length);
        }
        double[][] c = new double[6][6];
        for (int k = 0; k < constants.length; k++) {
            c[row[k]][column[k]] = constants[k];
            c[column[k]][row[k]] = constants[k];
        }
        return ElasticTensor.of(c);
    }

    /** Which constant of the material itself becomes constant k of the turned one. */
    public int source(SquareSymmetry symmetry, int k) {
        return turns.get(symmetry).source[k];
    }

    /** Whether that one keeps its sign: 1 or -1. */
    public int sign(SquareSymmetry symmetry, int k) {
        return turns.get(symmetry).sign[k];
    }

    /** The constants of the material that was turned or mirrored. */
    public double[] turned(SquareSymmetry symmetry, double[] constants) {
        Turn turn = turns.get(symmetry);
        double[] turned = new double[count()];
        for (int k = 0; k < turned.length; k++) {
            turned[k] = turn.sign[k] * constants[turn.source[k]];
        }
        return turned;
    }

    @Override
    public String toString() {
        return String.join(" ", names);
    }
}
