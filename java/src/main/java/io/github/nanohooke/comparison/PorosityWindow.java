// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison;

import io.github.nanohooke.dataset.plan.DatasetPlan;
import io.github.nanohooke.structure.StructureException;
import java.util.ArrayList;
import java.util.List;

/**
 * Porosities by eq. (1) [%] that a comparison is about, bounds included.
 *
 * @param low  lowest
 * @param high highest
 */
public record PorosityWindow(double low, double high) {
    /** A window that so many draws a wanted structure do not fill is out of the generator's reach. */
    private static final int DRAWS_PER_STRUCTURE = 1000;

    /** @throws IllegalArgumentException when it is empty or not within 0 to 100 % */
    public PorosityWindow {
        if (!(low >= 0) || !(low < high) || !(high <= 100)) {
            throw new IllegalArgumentException("a range of porosities goes from a lower to a higher number of percent,"
                    + " got " + low + " to " + high);
        }
    }

    /** Whether a porosity [%] is one of these. */
    public boolean contains(double porosity) {
        return porosity >= low && porosity <= high;
    }

    /**
     * The first samples of a plan whose porosity is in the window, in ascending order of index.
     *
     * @param count how many
     * @throws StructureException when the generator does not reach the window
     */
    public List<Long> indices(DatasetPlan plan, int count) {
        List<Long> found = new ArrayList<>();
        for (long index = 0; found.size() < count; index++) {
            if (index >= (long) DRAWS_PER_STRUCTURE * count) {
                throw new StructureException("only " + found.size() + " of " + index + " random structures have a"
                        + " porosity of " + low + " to " + high + " %; take a wider range");
            }
            if (contains(plan.draw(index).structure().porosity())) {
                found.add(index);
            }
        }
        return found;
    }
}
