// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison;

import java.util.Arrays;

/** Order statistics by nearest rank: always a value that was measured. */
public final class Quantiles {
    private final double[] sorted;

    /** @param values any; NaN are left out */
    public Quantiles(double[] values) {
        sorted = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
    }

    /** How many values there are. */
    public int count() {
        return sorted.length;
    }

    /** The smallest value that at least the share {@code q} of all does not exceed; NaN where there is none. */
    public double at(double q) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(q * sorted.length);
        return sorted[Math.max(1, Math.min(sorted.length, rank)) - 1];
    }

    public double median() {
        return at(0.5);
    }

    public double max() {
        return at(1);
    }

    /** NaN where there is none. */
    public double mean() {
        return Arrays.stream(sorted).average().orElse(Double.NaN);
    }
}
