// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.model;

import io.github.nanohooke.nn.Head;
import io.github.nanohooke.surrogate.SurrogateException;
import io.github.nanohooke.tensor.ElasticConstants;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The lower triangular factor L of a tensor with the thirteen constants, C = modulus L L^T. Its thirteen entries that
 * may differ from zero are, in the order of {@link ElasticConstants}: L11 L22 L33 L21 L31 L32 L44 L55 L66 L61
 * L62 L63 L54.
 */
public final class MonoclinicFactor {
    private static final int N = 6;
    /** Row and column in the lower triangle of constant k. */
    private static final int[] ROW = new int[ElasticConstants.COUNT];
    private static final int[] COLUMN = new int[ElasticConstants.COUNT];

    static {
        for (int k = 0; k < ElasticConstants.COUNT; k++) {
            String name = ElasticConstants.names().get(k); // "C16": Voigt 1 and 6
            COLUMN[k] = name.charAt(1) - '1';
            ROW[k] = name.charAt(2) - '1';
        }
    }

    private static final List<Boolean> DIAGONAL = IntStream.range(0, ElasticConstants.COUNT)
            .mapToObj(MonoclinicFactor::isDiagonal).toList();
    private static final List<Head.Product> PRODUCTS = findProducts();

    private MonoclinicFactor() {
    }

    /** The head of constants = modulus L L^T, where L has the entries of raw + offset. */
    static Head.SquaredFactor squared(List<Double> offset, double modulus) {
        return new Head.SquaredFactor(offset, DIAGONAL, modulus, PRODUCTS);
    }

    /** Whether entry k of L stands on its diagonal. */
    public static boolean isDiagonal(int k) {
        return ROW[k] == COLUMN[k];
    }

    /** The products of which C = L L^T consists: L_im L_jm where both may differ from zero. */
    public static List<Head.Product> products() {
        return PRODUCTS;
    }

    private static List<Head.Product> findProducts() {
        List<Head.Product> products = new ArrayList<>();
        for (int k = 0; k < ElasticConstants.COUNT; k++) {
            for (int m = 0; m <= COLUMN[k]; m++) {
                int left = entry(ROW[k], m);
                int right = entry(COLUMN[k], m);
                if (left >= 0 && right >= 0) {
                    products.add(new Head.Product(k, left, right));
                }
            }
        }
        return List.copyOf(products);
    }

    /** Which of the thirteen entries stands there, -1 if it is always zero. */
    private static int entry(int row, int column) {
        for (int k = 0; k < ElasticConstants.COUNT; k++) {
            if (ROW[k] == row && COLUMN[k] == column) {
                return k;
            }
        }
        return -1;
    }

    /** The z whose tensor has these constants: Cholesky's factorisation, then the inverse of softplus. */
    static List<Double> rawOf(double[] constants, double modulus) {
        if (!(modulus > 0)) {
            throw notPositiveDefinite(constants);
        }
        double[][] c = ElasticConstants.toTensor(constants).toArray();
        double[][] l = new double[N][N];
        for (int i = 0; i < N; i++) {
            for (int j = 0; j <= i; j++) {
                double rest = c[i][j] / modulus;
                for (int m = 0; m < j; m++) {
                    rest -= l[i][m] * l[j][m];
                }
                if (i == j && !(rest > 0)) {
                    throw notPositiveDefinite(constants);
                }
                l[i][j] = i == j ? Math.sqrt(rest) : rest / l[j][j];
            }
        }
        List<Double> raw = new ArrayList<>();
        for (int k = 0; k < ElasticConstants.COUNT; k++) {
            double entry = l[ROW[k]][COLUMN[k]];
            raw.add(ROW[k] == COLUMN[k] ? inverseSoftplus(entry) : entry);
        }
        return raw;
    }

    private static SurrogateException notPositiveDefinite(double[] constants) {
        return new SurrogateException("the constants " + Arrays.toString(constants)
                + " GPa are those of no positive definite tensor; the cholesky head cannot start there");
    }

    /** ln(exp y - 1) for y > 0, without overflow. */
    private static double inverseSoftplus(double y) {
        return y + Math.log(-Math.expm1(-y));
    }
}
