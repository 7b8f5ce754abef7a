// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.suite;

import io.github.nanohooke.nn.Head;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A head whose values are the lower triangle of scale L L^T, described twice: as the products that backends take, and
 * as the product of two matrices, so that no backend is its own witness.
 *
 * @param rows    of L's entries, one an output
 * @param columns of L's entries, at most the row
 * @param offset  added to the raw outputs
 * @param scale   of the values
 */
public record TriangularFactor(int[] rows, int[] columns, double[] offset, double scale) {

    /** Entries row by row, as many as there are offsets. */
    static TriangularFactor rowByRow(double[] offset, double scale) {
        int[] rows = new int[offset.length];
        int[] columns = new int[offset.length];
        for (int k = 1; k < offset.length; k++) {
            boolean next = columns[k - 1] == rows[k - 1];
            rows[k] = next ? rows[k - 1] + 1 : rows[k - 1];
            columns[k] = next ? 0 : columns[k - 1] + 1;
        }
        return new TriangularFactor(rows, columns, offset, scale);
    }

    Head head() {
        List<Boolean> positive = new ArrayList<>();
        List<Head.Product> products = new ArrayList<>();
        for (int k = 0; k < rows.length; k++) {
            positive.add(rows[k] == columns[k]);
            for (int left = 0; left < rows.length; left++) {
                for (int right = 0; right < rows.length; right++) {
                    if (rows[left] == rows[k] && rows[right] == columns[k] && columns[left] == columns[right]) {
                        products.add(new Head.Product(k, left, right));
                    }
                }
            }
        }
        return new Head.SquaredFactor(Arrays.stream(offset).boxed().toList(), positive, scale, products);
    }

    /** The values of one image, by the product of the matrices. */
    double[] values(double[] raw) {
        int n = Arrays.stream(rows).max().orElseThrow() + 1;
        double[][] l = new double[n][n];
        for (int k = 0; k < raw.length; k++) {
            double z = raw[k] + offset[k];
            l[rows[k]][columns[k]] = rows[k] == columns[k] ? Math.log(1 + Math.exp(z)) : z;
        }
        double[] values = new double[raw.length];
        for (int k = 0; k < raw.length; k++) {
            for (int m = 0; m < n; m++) {
                values[k] += scale * l[rows[k]][m] * l[columns[k]][m];
            }
        }
        return values;
    }
}
