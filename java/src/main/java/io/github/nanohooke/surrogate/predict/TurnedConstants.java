// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import io.github.nanohooke.structure.SquareSymmetry;
import io.github.nanohooke.tensor.ElasticConstants;
import java.util.EnumMap;
import java.util.Map;

/** What a symmetry of the square does to the thirteen constants: they change places and signs, no more. */
final class TurnedConstants {
    private static final int N = ElasticConstants.COUNT;
    private static final Map<SquareSymmetry, TurnedConstants> ALL = new EnumMap<>(SquareSymmetry.class);

    static {
        for (SquareSymmetry symmetry : SquareSymmetry.values()) {
            ALL.put(symmetry, new TurnedConstants(symmetry));
        }
    }

    private final int[] source = new int[N];
    private final int[] sign = new int[N];

    /** Reads places and signs off the tensors that have a single constant, 1 GPa. */
    private TurnedConstants(SquareSymmetry symmetry) {
        for (int from = 0; from < N; from++) {
            double[] unit = new double[N];
            unit[from] = 1;
            double[] turned = ElasticConstants.of(ElasticConstants.toTensor(unit).transformed(symmetry));
            for (int to = 0; to < N; to++) {
                if (turned[to] != 0) {
                    source[to] = from;
                    sign[to] = (int) turned[to];
                }
            }
        }
    }

    static TurnedConstants by(SquareSymmetry symmetry) {
        return ALL.get(symmetry);
    }

    /** Which constant of the material itself becomes constant k of the turned one. */
    int source(int k) {
        return source[k];
    }

    /** Whether it keeps its sign: 1 or -1. */
    int sign(int k) {
        return sign[k];
    }
}
