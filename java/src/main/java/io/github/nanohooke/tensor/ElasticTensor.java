// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.tensor;

import io.github.nanohooke.structure.SquareSymmetry;
import java.util.Arrays;
import java.util.Locale;

/**
 * A 6x6 elastic tensor [GPa] in Voigt order 11, 22, 33, 23, 13, 12 with engineering shear strains, so that
 * C_IJ = C_ijkl without factors. Immutable.
 *
 * <p>A measured tensor may be slightly unsymmetric; {@link #symmetryResidual()} says by how much. Single components,
 * rotation, inverse and {@link #full()} take the tensor as it is. Energies know the symmetric part alone, so moduli and
 * eigenvalues are those of {@link #symmetric()}.
 */
public final class ElasticTensor {
    private static final int N = 6;

    /** Smallest reciprocal condition number that counts as invertible; below it no digit of the inverse is left. */
    private static final double SINGULAR = 1e-14;

    /** Share of the largest component by which a tensor may differ from a cubic one. */
    private static final double CUBIC = 1e-3;

    private final double[][] c;

    private ElasticTensor(double[][] owned) {
        this.c = owned;
    }

    /**
     * Isotropic estimates of an elastic tensor [GPa].
     *
     * @param bulk  bulk modulus K
     * @param shear shear modulus G
     */
    public record Moduli(double bulk, double shear) {
        /** Young's modulus 9KG/(3K+G) [GPa]. */
        public double youngs() {
            return 9 * bulk * shear / (3 * bulk + shear);
        }

        /** Poisson's ratio (3K-2G)/(2(3K+G)). */
        public double poisson() {
            return (3 * bulk - 2 * shear) / (2 * (3 * bulk + shear));
        }
    }

    /**
     * A tensor from its components.
     *
     * @param c 6x6 values [GPa], copied
     * @throws IllegalArgumentException when it is not 6x6 or a component is not finite
     */
    public static ElasticTensor of(double[][] c) {
        if (c.length != N) {
            throw new IllegalArgumentException("an elastic tensor has 6 rows, got " + c.length);
        }
        double[][] copy = new double[N][];
        for (int i = 0; i < N; i++) {
            if (c[i].length != N) {
                throw new IllegalArgumentException("row " + (i + 1) + " of an elastic tensor has 6 components, got "
                        + c[i].length);
            }
            for (int j = 0; j < N; j++) {
                if (!Double.isFinite(c[i][j])) {
                    throw new IllegalArgumentException(
                            "component C" + (i + 1) + (j + 1) + " of an elastic tensor is " + c[i][j]);
                }
            }
            copy[i] = c[i].clone();
        }
        return new ElasticTensor(copy);
    }

    /** The tensor of a cubic crystal with its cube axes along x, y and z [GPa]. */
    public static ElasticTensor cubic(double c11, double c12, double c44) {
        double[][] c = new double[N][N];
        for (int i = 0; i < 3; i++) {
            Arrays.fill(c[i], 0, 3, c12);
            c[i][i] = c11;
            c[i + 3][i + 3] = c44;
        }
        return of(c);
    }

    /**
     * A tensor from its 3x3x3x3 components.
     *
     * @param full C_ijkl [GPa]
     * @throws IllegalArgumentException when C_ijkl differs from C_jikl or C_ijlk by more than 1e-9 of the largest
     *     component: Voigt's notation cannot hold such a tensor
     */
    public static ElasticTensor fromFull(double[][][][] full) {
        double[][] c = VoigtAlgebra.fromFull(full);
        return of(c);
    }

    /** C_ij [GPa], i and j counted from 0 in Voigt order. */
    public double get(int i, int j) {
        return c[i][j];
    }

    /** A copy of the components [GPa], 6x6. */
    public double[][] toArray() {
        double[][] copy = new double[N][];
        for (int i = 0; i < N; i++) {
            copy[i] = c[i].clone();
        }
        return copy;
    }

    /** The components C_ijkl [GPa], 3x3x3x3. */
    public double[][][][] full() {
        return VoigtAlgebra.toFull(c);
    }

    /** (C + C^T) / 2. */
    public ElasticTensor symmetric() {
        double[][] s = new double[N][N];
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                s[i][j] = 0.5 * (c[i][j] + c[j][i]);
            }
        }
        return new ElasticTensor(s);
    }

    /** Largest |C_ij - C_ji| [GPa]. */
    public double symmetryResidual() {
        double largest = 0;
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < i; j++) {
                largest = Math.max(largest, Math.abs(c[i][j] - c[j][i]));
            }
        }
        return largest;
    }

    /** Largest |difference| of any component [GPa]. */
    public double distance(ElasticTensor other) {
        double largest = 0;
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                largest = Math.max(largest, Math.abs(c[i][j] - other.c[i][j]));
            }
        }
        return largest;
    }

    /**
     * The tensor of the material after it was turned by {@code r}, seen along the old axes:
     * C'_ijkl = r_ip r_jq r_kr r_ls C_pqrs.
     *
     * @param r 3x3 orthogonal matrix that takes old directions to new ones; mirrors are allowed
     * @throws IllegalArgumentException when r is not 3x3, or r r^T differs from the unit matrix by more than 1e-9
     */
    public ElasticTensor rotated(double[][] r) {
        double[][] bond = VoigtAlgebra.bondMatrix(r);
        return of(VoigtAlgebra.congruence(bond, c));
    }

    /** The tensor of the transformed material, exactly: components change places and signs, no arithmetic is done. */
    public ElasticTensor transformed(SquareSymmetry symmetry) {
        double[][] t = new double[N][N];
        int[] to = new int[N];
        int[] sign = new int[N];
        VoigtAlgebra.signedPermutation(symmetry, to, sign);
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                t[to[i]][to[j]] = sign[i] == sign[j] ? c[i][j] : 0 - c[i][j];
            }
        }
        return new ElasticTensor(t);
    }

    /**
     * The inverse, S [1/GPa], 6x6 in the same order, shear rows and columns for engineering strains.
     *
     * @throws ArithmeticException when the tensor has no inverse: a strain exists that costs no stress
     */
    public double[][] compliance() {
        double[][] inverse = VoigtAlgebra.inverse(c);
        if (inverse == null || !(VoigtAlgebra.norm(c) * VoigtAlgebra.norm(inverse) < 1 / SINGULAR)) {
            throw new ArithmeticException(String.format(Locale.ROOT,
                    "the elastic tensor is singular (smallest eigenvalue %.3g GPa, largest %.3g GPa): "
                            + "the structure does not resist some strain, so it has no compliance",
                    eigenvalues()[0], eigenvalues()[N - 1]));
        }
        return inverse;
    }

    /** Voigt's estimate (uniform strain), an upper bound of a polycrystal's moduli. */
    public Moduli voigt() {
        double diagonal = c[0][0] + c[1][1] + c[2][2];
        double off = upperOffDiagonal(c);
        return new Moduli(bulkModulus(), (diagonal - off + 3 * (c[3][3] + c[4][4] + c[5][5])) / 15);
    }

    /**
     * Reuss's estimate (uniform stress), a lower bound of a polycrystal's moduli.
     *
     * @throws ArithmeticException when the tensor has no inverse
     */
    public Moduli reuss() {
        double[][] s = symmetric().compliance();
        double diagonal = s[0][0] + s[1][1] + s[2][2];
        double off = upperOffDiagonal(s);
        return new Moduli(1 / (diagonal + 2 * off), 15 / (4 * diagonal - 4 * off + 3 * (s[3][3] + s[4][4] + s[5][5])));
    }

    /**
     * Hill's estimate, the mean of {@link #voigt()} and {@link #reuss()}.
     *
     * @throws ArithmeticException when the tensor has no inverse
     */
    public Moduli hill() {
        Moduli v = voigt();
        Moduli r = reuss();
        return new Moduli(0.5 * (v.bulk + r.bulk), 0.5 * (v.shear + r.shear));
    }

    /** (C11 + C22 + C33 + 2 (C12 + C13 + C23)) / 9 [GPa]: Voigt's, the paper's eq. (5). */
    public double bulkModulus() {
        return (c[0][0] + c[1][1] + c[2][2] + 2 * upperOffDiagonal(c)) / 9;
    }

    /**
     * Whether the tensor is that of a cubic crystal with its cube axes along x, y and z: no component differs from the
     * nearest such tensor by more than a thousandth of the largest.
     */
    public boolean isCubic() {
        double c11 = (c[0][0] + c[1][1] + c[2][2]) / 3;
        double c44 = (c[3][3] + c[4][4] + c[5][5]) / 3;
        double largest = 0;
        for (double[] row : c) {
            for (double value : row) {
                largest = Math.max(largest, Math.abs(value));
            }
        }
        return largest > 0 && distance(cubic(c11, upperOffDiagonal(c) / 3, c44)) <= CUBIC * largest;
    }

    /**
     * Zener's anisotropy 2 C44 / (C11 - C12), 1 for an isotropic material. When the tensor is not cubic, each of the
     * three is the mean over the cube's axes.
     */
    public double zenerRatio() {
        double shear = c[3][3] + c[4][4] + c[5][5];
        return 2 * shear / (c[0][0] + c[1][1] + c[2][2] - upperOffDiagonal(c));
    }

    /**
     * Young's modulus [GPa] for uniaxial stress along a direction.
     *
     * @param direction x, y, z, of any length but zero
     * @throws IllegalArgumentException when the direction has no length or not three numbers
     * @throws ArithmeticException when the tensor has no inverse
     */
    public double youngsModulus(double[] direction) {
        return VoigtAlgebra.youngsModulus(symmetric().compliance(), direction);
    }

    /**
     * Whether every strain costs energy: Cholesky's factorisation of the symmetric part exists. A pivot that rounding
     * alone could have made (below 6 units in the last place of the largest diagonal element) counts as zero.
     */
    public boolean isPositiveDefinite() {
        return VoigtAlgebra.isPositiveDefinite(symmetric().c);
    }

    /**
     * The six eigenvalues [GPa] in ascending order, in Kelvin's notation (shear rows and columns times sqrt 2), where
     * they do not depend on the axes.
     */
    public double[] eigenvalues() {
        return VoigtAlgebra.kelvinEigenvalues(symmetric().c);
    }

    /** The smallest of {@link #eigenvalues()} [GPa]: the stiffness against the softest strain. */
    public double smallestEigenvalue() {
        return eigenvalues()[0];
    }

    /**
     * The strain that {@link #smallestEigenvalue()} belongs to: components 11, 22, 33, 23, 13, 12 of a symmetric tensor
     * of unit length (shear without the factor two), the largest positive.
     */
    public double[] softestStrain() {
        return VoigtAlgebra.softest(symmetric().c);
    }

    /** C12 + C13 + C23 of the symmetric part. */
    private static double upperOffDiagonal(double[][] m) {
        return 0.5 * (m[0][1] + m[1][0] + m[0][2] + m[2][0] + m[1][2] + m[2][1]);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ElasticTensor that && Arrays.deepEquals(c, that.c);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(c);
    }

    /** Six rows with three decimals [GPa]. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < N; i++) {
            text.append(i == 0 ? "" : "\n");
            for (int j = 0; j < N; j++) {
                text.append(String.format(Locale.ROOT, "%10.3f", c[i][j]));
            }
        }
        return text.toString();
    }
}
