// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.openblas;

import static org.bytedeco.openblas.global.openblas_full.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_full.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_full.CblasTrans;
import static org.bytedeco.openblas.global.openblas_full.OPENBLAS_VERSION;
import static org.bytedeco.openblas.global.openblas_full.cblas_sgemm;
import static org.bytedeco.openblas.global.openblas_full.openblas_get_corename;
import static org.bytedeco.openblas.global.openblas_full.openblas_set_num_threads;

import java.util.Locale;
import org.bytedeco.javacpp.FloatPointer;

/** The calls of OpenBLAS that are used. */
final class OpenBlas {
    /** Of the process: OpenBLAS has one pool of threads. */
    private static int threads;

    private OpenBlas() {
    }

    /** Sets the threads of the calls that follow, in the whole process. */
    static synchronized void useThreads(int count) {
        if (threads != count) {
            openblas_set_num_threads(count);
            threads = count;
        }
    }

    /** For example {@code OpenBLAS 0.3.31}. */
    static String version() {
        return OPENBLAS_VERSION.strip();
    }

    /** The kernels that it has chosen for this processor, for example {@code zen}. */
    static String kernels() {
        return openblas_get_corename().getString().toLowerCase(Locale.ROOT);
    }

    /** A matrix in row-major order: where it begins, and how far apart its rows are. */
    record Matrix(FloatPointer begin, boolean transposed, int stride) {

        static Matrix of(FloatBlock block, long offset, int stride) {
            return new Matrix(block.at(offset), false, stride);
        }

        Matrix transpose() {
            return new Matrix(begin, !transposed, stride);
        }
    }

    /** c = a b, or c = c + a b; a has rows x inner values, b inner x columns. */
    static void multiply(int rows, int columns, int inner, Matrix a, Matrix b, boolean add, Matrix c) {
        cblas_sgemm(CblasRowMajor, a.transposed() ? CblasTrans : CblasNoTrans,
                b.transposed() ? CblasTrans : CblasNoTrans, rows, columns, inner, 1, a.begin(), a.stride(), b.begin(),
                b.stride(), add ? 1 : 0, c.begin(), c.stride());
    }
}
