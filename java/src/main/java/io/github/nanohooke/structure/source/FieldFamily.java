// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.source;

import io.github.nanohooke.structure.ColumnGrid;
import io.github.nanohooke.structure.Pore;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Pores where a function of the plane is largest. */
final class FieldFamily {
    private FieldFamily() {
    }

    /** A function of a place [Å], periodic with the box. */
    @FunctionalInterface
    interface Field {
        double at(double x, double y);
    }

    /** Pores of as many columns as the porosity asks for [%]: those where the field is largest. */
    static List<Pore> highest(Field field, double target, CrystalBlock box) {
        ColumnGrid grid = ColumnGrid.whole(box.lattice(), box.cells());
        double[] values = new double[grid.total()];
        for (int k = 0; k < values.length; k++) {
            values[k] = field.at(k % grid.width() * grid.pitch(), k / grid.width() * grid.pitch());
        }
        int[] columns = IntStream.range(0, values.length).boxed()
                .sorted(Comparator.comparingDouble((Integer k) -> -values[k]))
                .limit(Math.round(target / 100 * values.length)).mapToInt(Integer::intValue).toArray();
        return grid.pores(columns);
    }
}
