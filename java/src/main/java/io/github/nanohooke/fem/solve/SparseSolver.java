// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.solve;

/**
 * Direct solution of sparse symmetric systems; one pattern, any number of matrices with it. For one thread.
 *
 * <p>A matrix is made of square blocks, the lower triangle given by block columns: blocks of column j are first[j] ..
 * first[j + 1], with rising rows, the diagonal first; each row by row, diagonal blocks whole.
 */
public interface SparseSolver extends AutoCloseable {

    /** Makes solvers. */
    @FunctionalInterface
    interface Factory {
        /**
         * Orders and analyses a pattern.
         *
         * @param size        rows of a block
         * @param first       one more than block columns
         * @param row         block rows
         * @param coordinates where the blocks lie, 3 each: a hint for the order
         */
        SparseSolver analyse(int size, int[] first, int[] row, double[] coordinates);
    }

    /**
     * Factorises a matrix of any signature.
     *
     * @return negative pivots: negative eigenvalues of the matrix, where it is not nearly singular
     * @throws SingularMatrixException when the matrix is not finite
     */
    int factorise(double[] values);

    /**
     * Solves in place by the last factorisation.
     *
     * @throws SingularMatrixException when there is no unique solution, to working precision
     */
    void solve(double[] b);

    /** Numbers in the factor; 0 before the first factorisation. */
    long factorEntries();

    @Override
    void close();
}
