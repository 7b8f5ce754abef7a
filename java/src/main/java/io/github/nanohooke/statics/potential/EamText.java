// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.potential;

import io.github.nanohooke.structure.Elements;
import java.util.List;

/** Writes embedded-atom tables in the form that every LAMMPS reads. */
final class EamText {
    private static final int PER_LINE = 5;

    private EamText() {
    }

    static String of(EamTables tables) {
        EamTables.Grid grid = tables.grid();
        List<String> elements = tables.elements();
        StringBuilder text = new StringBuilder("tables of an embedded-atom potential UNITS: metal\n");
        String sizes = grid.densities() + " " + grid.densitySpacing() + " " + grid.distances() + " "
                + grid.distanceSpacing() + " " + grid.cutoff() + "\n";
        if (tables.style() == EamStyle.EAM) {
            int number = 1 + Elements.symbols().indexOf(elements.get(0));
            text.append(number).append(' ').append(tables.masses().get(0)).append(" 1.0 none\n").append(sizes);
            table(text, tables.embedding(0));
            table(text, tables.products()[0]);
            table(text, tables.densities(0)[0]);
            return text.toString();
        }
        text.append("\n\n").append(elements.size()).append(' ').append(String.join(" ", elements)).append('\n')
                .append(sizes);
        for (int e = 0; e < elements.size(); e++) {
            text.append("1 ").append(tables.masses().get(e)).append(" 1.0 none\n");
            table(text, tables.embedding(e));
            for (double[] density : tables.densities(e)) {
                table(text, density);
            }
        }
        for (double[] product : tables.products()) {
            table(text, product);
        }
        return text.toString();
    }

    private static void table(StringBuilder text, double[] values) {
        for (int k = 0; k < values.length; k++) {
            text.append(values[k]).append(k % PER_LINE == PER_LINE - 1 || k == values.length - 1 ? '\n' : ' ');
        }
    }
}
