// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * A sample of a dataset in LAMMPS' cell, in the axes of the input.
 *
 * @param index     its number in the dataset
 * @param reason    why it is not kept; empty where it is
 * @param cut       whether its solid is cut apart
 * @param energy    of the minimum found now less that of the stored one [eV]
 * @param cell      of the minimum in the axes of the input, rows a, b, c, nine numbers [Å]
 * @param constants the thirteen [GPa], in these axes
 * @param image     of the minimum, bit-packed, in base 64; empty where the stored one stands
 * @param apart     largest difference of the constants from the stored tensor, turned by the cell [GPa]; 0 where that
 *                  is what they are
 */
public record TurnedSample(long index, String reason, boolean cut, double energy, double[] cell, double[] constants,
        String image, double apart) {
    /** Whether it was made again, image and tensor and all. */
    @JsonIgnore
    public boolean isRemade() {
        return !image.isEmpty();
    }

    /** Whether it has a place in the turned dataset. */
    @JsonIgnore
    public boolean isKept() {
        return reason.isEmpty();
    }
}
