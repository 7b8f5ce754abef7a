// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.mesh;

/** Lagrange and serendipity shape functions (Hughes 2000, chapter 3), for lines, squares and cubes alike. */
final class ShapeFunctions {
    private ShapeFunctions() {
    }

    static double[] values(ElementType type, int[][] natural, double[] xi) {
        double[] n = new double[natural.length];
        for (int a = 0; a < n.length; a++) {
            n[a] = type == ElementType.Q9 ? lagrange(natural[a], xi, -1) : serendipity(natural[a], xi, type.degree());
        }
        return n;
    }

    static void derivatives(ElementType type, int[][] natural, double[] xi, double[] dN) {
        int dimension = type.dimension();
        for (int a = 0; a < natural.length; a++) {
            for (int i = 0; i < dimension; i++) {
                dN[a * dimension + i] = type == ElementType.Q9 ? lagrange(natural[a], xi, i)
                        : serendipitySlope(natural[a], xi, type.degree(), i);
            }
        }
    }

    /** Product of quadratic Lagrange polynomials; of the axis {@code slope}, its derivative. */
    private static double lagrange(int[] node, double[] xi, int slope) {
        double product = 1;
        for (int i = 0; i < xi.length; i++) {
            double x = xi[i];
            double s = node[i];
            double value = s == 0 ? 1 - x * x : 0.5 * x * (x + s);
            double derivative = s == 0 ? -2 * x : x + 0.5 * s;
            product *= i == slope ? derivative : value;
        }
        return product;
    }

    /** Midpoint nodes have one natural coordinate of zero. */
    private static int middle(int[] node, int dimension) {
        for (int i = 0; i < dimension; i++) {
            if (node[i] == 0) {
                return i;
            }
        }
        return -1;
    }

    private static double serendipity(int[] node, double[] xi, int degree) {
        int dimension = xi.length;
        int middle = middle(node, dimension);
        double product = middle >= 0 ? 1 - xi[middle] * xi[middle] : 1;
        double sum = 1 - dimension;
        for (int i = 0; i < dimension; i++) {
            if (i != middle) {
                product *= 0.5 * (1 + node[i] * xi[i]);
                sum += node[i] * xi[i];
            }
        }
        return degree == 2 && middle < 0 ? product * sum : product;
    }

    private static double serendipitySlope(int[] node, double[] xi, int degree, int slope) {
        int dimension = xi.length;
        int middle = middle(node, dimension);
        double product = 1;
        double derivative = 1;
        double sum = 1 - dimension;
        for (int i = 0; i < dimension; i++) {
            double factor = i == middle ? 1 - xi[i] * xi[i] : 0.5 * (1 + node[i] * xi[i]);
            product *= factor;
            derivative *= i != slope ? factor : i == middle ? -2 * xi[i] : 0.5 * node[i];
            sum += node[i] * xi[i];
        }
        return degree == 2 && middle < 0 ? derivative * sum + product * node[slope] : derivative;
    }
}
