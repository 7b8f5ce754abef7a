// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison.labels;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A sample of a dataset with its label, and where other ways down ended.
 *
 * @param place    of the sample among those that are compared, from 0
 * @param family   of its structure
 * @param seed     of its dataset
 * @param index    its number in the dataset
 * @param porosity by eq. (1) [%]
 * @param cells    cells along z of the label's minimum: 1 or 3
 * @param cut      whether the solid is cut apart
 * @param label    the stored constants [GPa]
 * @param ends     of the other ways
 */
public record LabelRow(long place, String family, long seed, long index, double porosity, int cells, boolean cut,
        double[] label, List<LabelEnd> ends) {

    public LabelRow {
        ends = List.copyOf(ends);
    }

    /** The row with one way more. */
    LabelRow with(LabelEnd end) {
        return new LabelRow(place, family, seed, index, porosity, cells, cut, label,
                Stream.concat(ends.stream(), Stream.of(end)).toList());
    }

    /** Where a way ended; empty where it was not gone. */
    public Optional<LabelEnd> end(String way) {
        return ends.stream().filter(end -> end.way().equals(way)).findFirst();
    }
}
