// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps.descent;

import java.util.Arrays;
import org.ejml.data.DMatrixSparseCSC;
import org.ejml.sparse.csc.decomposition.chol.CholeskyUpLooking_DSCC;
import org.ejml.sparse.csc.misc.TriangularSolver_DSCC;

/** Cholesky factor of a spring network's matrix K = L + c I, the same for each of the three directions. */
final class SpringFactor {
    private final int[] order;
    private final DMatrixSparseCSC lower;
    private final double[] work;

    /** @param hold stiffness c that holds each atom where it is: positive, or K is singular */
    SpringFactor(SpringNetwork network, double hold) {
        order = NestedDissection.order(network.neighbours(), network.positions());
        work = new double[order.length];
        CholeskyUpLooking_DSCC cholesky = new CholeskyUpLooking_DSCC();
        if (!cholesky.decompose(permuted(network, hold))) {
            throw new ArithmeticException("the spring network's matrix is not positive definite");
        }
        lower = cholesky.getL();
    }

    private DMatrixSparseCSC permuted(SpringNetwork network, double hold) {
        int n = order.length;
        int[] rank = new int[n];
        int most = n;
        for (int k = 0; k < n; k++) {
            rank[order[k]] = k;
            most += network.neighbours()[k].length;
        }
        DMatrixSparseCSC matrix = new DMatrixSparseCSC(n, n, most);
        double[] column = new double[n];
        int[] rows = new int[n];
        int filled = 0;
        for (int k = 0; k < n; k++) {
            int count = column(network, order[k], rank, column, rows);
            column[k] += hold;
            Arrays.sort(rows, 0, count);
            for (int r = 0; r < count; r++) {
                matrix.nz_rows[filled] = rows[r];
                matrix.nz_values[filled++] = column[rows[r]];
                column[rows[r]] = 0;
            }
            matrix.col_idx[k + 1] = filled;
        }
        matrix.nz_length = filled;
        matrix.indicesSorted = true;
        return matrix;
    }

    /** Adds up the column of L that belongs to an atom; returns the number of its rows. */
    private static int column(SpringNetwork network, int atom, int[] rank, double[] column, int[] rows) {
        int own = rank[atom];
        rows[0] = own;
        int count = 1;
        int[] others = network.neighbours()[atom];
        for (int s = 0; s < others.length; s++) {
            if (others[s] == atom) {
                // A spring to its own image stays as long as it is, wherever the atom goes.
                continue;
            }
            int row = rank[others[s]];
            double stiffness = network.stiffness(atom, s);
            if (column[row] == 0) {
                rows[count++] = row;
            }
            column[row] -= stiffness;
            column[own] += stiffness;
        }
        return count;
    }

    /** Solves K x = b in place. */
    void solve(double[] b) {
        for (int k = 0; k < order.length; k++) {
            work[k] = b[order[k]];
        }
        TriangularSolver_DSCC.solveL(lower, work);
        TriangularSolver_DSCC.solveTranL(lower, work);
        for (int k = 0; k < order.length; k++) {
            b[order[k]] = work[k];
        }
    }

    /** Entries of the factor. */
    int entries() {
        return lower.nz_length;
    }
}
