// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate;

import io.github.nanohooke.statics.ElasticConstants;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The lower triangular factor L of a tensor with the thirteen constants, C = modulus L L^T. Its thirteen entries that
 * may differ from zero are, in the order of {@link ElasticConstants}: L11 L22 L33 L21 L31 L32 L44 L55 L66 L61
 * L62 L63 L54.
 */
final class MonoclinicFactor {
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

    /**
     * One product of two entries of L that is a term of a constant's sum.
     *
     * @param constant which constant
     * @param left     which of the thirteen entries
     * @param right    which other one
     */
    record Product(int constant, int left, int right) {
    }

    private final double[][] l = new double[N][N];

    private MonoclinicFactor() {
    }

    /** The factor of z = raw + offset. */
    static MonoclinicFactor of(double[] raw, List<Double> offset) {
        MonoclinicFactor factor = new MonoclinicFactor();
        for (int k = 0; k < ElasticConstants.COUNT; k++) {
            double z = raw[k] + offset.get(k);
            factor.l[ROW[k]][COLUMN[k]] = ROW[k] == COLUMN[k] ? softplus(z) : z;
        }
        return factor;
    }

    /** Whether entry k of L stands on its diagonal. */
    static boolean isDiagonal(int k) {
        return ROW[k] == COLUMN[k];
    }

    /** The products of which C = L L^T consists: L_im L_jm where both may differ from zero. */
    static List<Product> products() {
        List<Product> products = new ArrayList<>();
        for (int k = 0; k < ElasticConstants.COUNT; k++) {
            for (int m = 0; m <= COLUMN[k]; m++) {
                int left = entry(ROW[k], m);
                int right = entry(COLUMN[k], m);
                if (left >= 0 && right >= 0) {
                    products.add(new Product(k, left, right));
                }
            }
        }
        return products;
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

    /** constants = the thirteen of modulus L L^T. */
    void square(double modulus, double[] constants) {
        for (int k = 0; k < ElasticConstants.COUNT; k++) {
            double sum = 0;
            for (int m = 0; m <= COLUMN[k]; m++) {
                sum += l[ROW[k]][m] * l[COLUMN[k]][m];
            }
            constants[k] = modulus * sum;
        }
    }

    /** Every constant C_ij holds the products L_im L_jm: each factor receives the other one times the derivative. */
    void backward(double[] raw, List<Double> offset, double modulus, double[] dConstants, double[] dRaw) {
        double[][] dl = new double[N][N];
        for (int k = 0; k < ElasticConstants.COUNT; k++) {
            for (int m = 0; m <= COLUMN[k]; m++) {
                dl[ROW[k]][m] += modulus * dConstants[k] * l[COLUMN[k]][m];
                dl[COLUMN[k]][m] += modulus * dConstants[k] * l[ROW[k]][m];
            }
        }
        for (int k = 0; k < ElasticConstants.COUNT; k++) {
            double slope = ROW[k] == COLUMN[k] ? logistic(raw[k] + offset.get(k)) : 1;
            dRaw[k] = slope * dl[ROW[k]][COLUMN[k]];
        }
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

    /** ln(1 + exp z), without overflow. */
    private static double softplus(double z) {
        return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
    }

    /** ln(exp y - 1) for y > 0, without overflow. */
    private static double inverseSoftplus(double y) {
        return y + Math.log(-Math.expm1(-y));
    }

    /** The derivative of softplus. */
    private static double logistic(double z) {
        return 1 / (1 + Math.exp(-z));
    }
}
