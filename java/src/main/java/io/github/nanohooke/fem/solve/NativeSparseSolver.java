// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.solve;

import static io.github.nanohooke.natives.global.nanohooke.NH_NOT_FINITE;
import static io.github.nanohooke.natives.global.nanohooke.NH_OK;
import static io.github.nanohooke.natives.global.nanohooke.NH_OUT_OF_MEMORY;
import static io.github.nanohooke.natives.global.nanohooke.NH_SINGULAR;
import static io.github.nanohooke.natives.global.nanohooke.nh_last_error;
import static io.github.nanohooke.natives.global.nanohooke.nh_sparse_analyse;
import static io.github.nanohooke.natives.global.nanohooke.nh_sparse_factorise;
import static io.github.nanohooke.natives.global.nanohooke.nh_sparse_factorise_indefinite;
import static io.github.nanohooke.natives.global.nanohooke.nh_sparse_free;
import static io.github.nanohooke.natives.global.nanohooke.nh_sparse_solve;
import static io.github.nanohooke.natives.global.nanohooke.nh_sparse_use_threads;

import io.github.nanohooke.MissingLibraryException;
import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.kernels.KernelLibrary;
import io.github.nanohooke.natives.nh_sparse;
import io.github.nanohooke.natives.nh_sparse_info;

/** The multifrontal factorisation of the native library: L L', and L S L' where that stops. */
public final class NativeSparseSolver implements SparseSolver {
    private static final int MOST_THREADS = 1024;
    private final int order;
    private final long numbers;
    private nh_sparse handle = new nh_sparse();
    private final nh_sparse_info info = new nh_sparse_info();

    /**
     * Orders and analyses, see {@link SparseSolver.Factory#analyse}.
     *
     * @throws MissingLibraryException  when there is no native library
     * @throws IllegalArgumentException when the pattern is none
     * @throws FemException             when memory does not suffice
     */
    public NativeSparseSolver(int size, int[] first, int[] row, double[] coordinates) {
        this(size, first, row, coordinates, 1);
    }

    private NativeSparseSolver(int size, int[] first, int[] row, double[] coordinates, int threads) {
        KernelLibrary.failure().ifPresent(failure -> {
            throw new MissingLibraryException(KernelLibrary.explanation(), failure);
        });
        order = (first.length - 1) * size;
        numbers = (long) row.length * size * size;
        requirePattern(first, row);
        if (coordinates.length != 3 * (first.length - 1)) {
            throw new IllegalArgumentException("three coordinates a block are needed, got " + coordinates.length
                    + " for " + (first.length - 1) + " blocks");
        }
        check(nh_sparse_analyse(first.length - 1, size, first, row, coordinates, handle));
        try {
            check(nh_sparse_use_threads(handle, threads));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Solvers whose factorisations so many threads share, 1 to 1024; results are the same to the bit. */
    public static SparseSolver.Factory onThreads(int threads) {
        if (threads < 1 || threads > MOST_THREADS) {
            throw new IllegalArgumentException("threads must be 1 to " + MOST_THREADS + ", got " + threads);
        }
        return (size, first, row, coordinates) -> new NativeSparseSolver(size, first, row, coordinates, threads);
    }

    @Override
    public int factorise(double[] values) {
        requireLength(values.length, numbers);
        check(nh_sparse_factorise(open(), values, info));
        if (info.definite() == 0) {
            check(nh_sparse_factorise_indefinite(open(), values, info));
        }
        return info.negative_pivots();
    }

    @Override
    public void solve(double[] b) {
        requireLength(b.length, order);
        check(nh_sparse_solve(open(), b, 1));
    }

    @Override
    public long factorEntries() {
        return info.factor_entries();
    }

    @Override
    public void close() {
        if (handle != null) {
            nh_sparse_free(handle);
            handle = null;
            info.close();
        }
    }

    private nh_sparse open() {
        if (handle == null) {
            throw new IllegalStateException("the solver was closed");
        }
        return handle;
    }

    /** What else a pattern must be the library says; it reads as many rows as are named here. */
    private static void requirePattern(int[] first, int[] row) {
        boolean rises = first.length > 1 && first[0] == 0 && first[first.length - 1] == row.length;
        for (int j = 1; rises && j < first.length; j++) {
            rises = first[j] >= first[j - 1];
        }
        if (!rises) {
            throw new IllegalArgumentException("the places where columns begin must rise from 0 to the number of"
                    + " blocks, " + row.length);
        }
    }

    private static void requireLength(int length, long wanted) {
        if (length != wanted) {
            throw new IllegalArgumentException(wanted + " numbers are needed, got " + length);
        }
    }

    private void check(int status) {
        if (status == NH_OK) {
            return;
        }
        String message = nh_last_error().getString();
        if (status == NH_SINGULAR || status == NH_NOT_FINITE) {
            throw new SingularMatrixException(message);
        }
        if (status == NH_OUT_OF_MEMORY) {
            throw new FemException("not enough memory for the factor of " + order + " unknowns; use a coarser mesh or "
                    + "a machine with more memory");
        }
        throw new IllegalArgumentException("sparse solver: " + message);
    }
}
