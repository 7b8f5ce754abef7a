// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison.labels;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.github.nanohooke.statics.Outcome;

/**
 * Where one more way down from a sample's unrelaxed lattice ended.
 *
 * @param way        its name, see {@link LabelComparison}
 * @param end        outcome of the minimum; {@link #GIVEN_UP} or {@link #FAILED}
 * @param cells      cells along z that the minimum has; 0 where there is none
 * @param energy     of one cell along z [eV]
 * @param constants  the thirteen [GPa]; empty where the end is none that a label is made of
 * @param cpuSeconds processor time of the way, tensor included [s]
 * @param note       why there are no constants; else empty
 */
public record LabelEnd(String way, String end, int cells, double energy, double[] constants, double cpuSeconds,
        String note) {
    /** The way took more processor time than it was granted. */
    public static final String GIVEN_UP = "GIVEN_UP";
    /** The way could not be carried out. */
    public static final String FAILED = "FAILED";

    static LabelEnd without(String way, String end, double cpuSeconds, String note) {
        return new LabelEnd(way, end, 0, Double.NaN, new double[0], cpuSeconds, note);
    }

    /** Whether a dataset would have kept it: it has constants, and its outcome is sound. */
    @JsonIgnore
    public boolean isLabel() {
        return constants.length > 0 && !end.equals(GIVEN_UP) && !end.equals(FAILED) && Outcome.valueOf(end).isSound();
    }
}
