// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

import io.github.nanohooke.tensor.ElasticTensor;

/**
 * What the knots of a tabulated potential do to a tensor from exact second derivatives. Splines through a table's
 * values have second derivatives that jump at the knots, and where the values are noisy the jumps are large: the tensor
 * then depends on where between two knots a shell of neighbours lies. Finite strains, as experiments, phonons and
 * stress differences apply, see averages.
 *
 * @param sharp  tensor from the second derivatives where the atoms are
 * @param smooth the same from their means over r (1 ± {@link #WINDOW}), positions unchanged
 */
public record TableAverage(ElasticTensor sharp, ElasticTensor smooth) {
    /** Half width of the averages, relative to the distance. */
    public static final double WINDOW = 0.003;
    /** Sensitivity above which a result carries a warning [%]. */
    public static final double NOTABLE = 1;

    /** Largest difference of the two over the largest constant of the sharp one [%]. */
    public double sensitivity() {
        double difference = 0;
        double largest = 0;
        for (int i = 0; i < 6; i++) {
            for (int j = 0; j < 6; j++) {
                difference = Math.max(difference, Math.abs(smooth.get(i, j) - sharp.get(i, j)));
                largest = Math.max(largest, Math.abs(sharp.get(i, j)));
            }
        }
        return 100 * difference / largest;
    }
}
