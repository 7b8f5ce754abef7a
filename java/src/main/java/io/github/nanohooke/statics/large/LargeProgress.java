// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.large;

/** Told after every iteration of a relaxation. */
@FunctionalInterface
public interface LargeProgress {
    /** Says nothing and never stops. */
    LargeProgress SILENT = (iteration, residual) -> true;

    /**
     * @param iteration counted from 0
     * @param residual  see {@link LargeTarget}
     * @return false to stop the relaxation
     */
    boolean report(int iteration, double residual);
}
