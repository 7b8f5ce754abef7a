// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.slim;

/** One code for writing and reading: what is coded, in which context, is told once for both. */
interface BitCoder {

    /**
     * Writes a bit and returns it, or reads one.
     *
     * @param bit what to write; a reader does not look at it
     */
    boolean code(BitModel model, int context, boolean bit);
}
