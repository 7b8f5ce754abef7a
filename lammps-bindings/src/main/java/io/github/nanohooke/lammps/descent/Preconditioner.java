// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps.descent;

/** A symmetric positive definite matrix that resembles the second derivatives, up to a factor. */
public interface Preconditioner {

    /** The inverse of the matrix times a vector, in place. */
    void solve(double[] vector);
}
