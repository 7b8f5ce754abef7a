// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps.descent;

import io.github.nanohooke.fem.solve.NativeSparseSolver;
import io.github.nanohooke.fem.solve.SparseSolver;
import java.util.Arrays;

/**
 * Cholesky factor of a spring network's matrix K = L + c I, the same for each of the three directions; ordered,
 * factored and kept by the native library.
 */
final class SpringFactor implements AutoCloseable {
    private final SparseSolver solver;

    /**
     * @param hold stiffness c that holds each atom where it is: positive, or K is singular
     * @throws io.github.nanohooke.MissingLibraryException when there is no native library
     */
    SpringFactor(SpringNetwork network, double hold) {
        int n = network.atoms();
        int most = n;
        for (int[] others : network.neighbours()) {
            most += others.length;
        }
        int[] first = new int[n + 1];
        int[] rows = new int[most];
        double[] values = new double[most];
        double[] column = new double[n];
        int[] touched = new int[n];
        int filled = 0;
        for (int k = 0; k < n; k++) {
            int count = column(network, k, column, touched);
            column[k] += hold;
            Arrays.sort(touched, 0, count);
            for (int r = 0; r < count; r++) {
                if (touched[r] >= k) {
                    rows[filled] = touched[r];
                    values[filled++] = column[touched[r]];
                }
                column[touched[r]] = 0;
            }
            first[k + 1] = filled;
        }
        solver = new NativeSparseSolver(1, first, Arrays.copyOf(rows, filled), network.positions());
        try {
            if (solver.factorise(Arrays.copyOf(values, filled)) > 0) {
                throw new ArithmeticException("the spring network's matrix is not positive definite");
            }
        } catch (RuntimeException e) {
            solver.close();
            throw e;
        }
    }

    /** Adds up the column of L that belongs to an atom; returns the number of its rows. */
    private static int column(SpringNetwork network, int atom, double[] column, int[] rows) {
        rows[0] = atom;
        int count = 1;
        int[] others = network.neighbours()[atom];
        for (int s = 0; s < others.length; s++) {
            int row = others[s];
            if (row == atom) {
                // A spring to its own image stays as long as it is, wherever the atom goes.
                continue;
            }
            double stiffness = network.stiffness(atom, s);
            if (column[row] == 0) {
                rows[count++] = row;
            }
            column[row] -= stiffness;
            column[atom] += stiffness;
        }
        return count;
    }

    /** Solves K x = b in place. */
    void solve(double[] b) {
        solver.solve(b);
    }

    /** Entries of the factor. */
    long entries() {
        return solver.factorEntries();
    }

    @Override
    public void close() {
        solver.close();
    }
}
