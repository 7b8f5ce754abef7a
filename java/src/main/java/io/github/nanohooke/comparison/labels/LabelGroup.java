// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison.labels;

import java.util.List;

/** Labels that the same ways are held against. */
public enum LabelGroup {
    /** Of one cell along z: LAMMPS' minima may be labels as well. */
    ONE_CELL("one cell", "Labels of one cell along z, beside LAMMPS' minima under the same rule for the cells along z.",
            1, List.of(LabelComparison.AGAIN, LabelComparison.CG, LabelComparison.FIRE)),
    /** Of three cells along z: another seed of the push that begins their relaxation. */
    THREE_CELLS("three cells", "Labels of three cells along z, beside another seed of the push that begins their"
            + " relaxation.", 3, List.of(LabelComparison.PUSH)),
    /** The same labels beside LAMMPS' minima, which keep one cell: not what a label is. */
    HELD_AS_ONE("three cells, held as one", "The same labels beside LAMMPS' minima of one cell along z, which are not"
            + " stable as three and so no labels.", 3, List.of(LabelComparison.CG, LabelComparison.FIRE));

    private final String label;
    private final String title;
    private final int cells;
    private final List<String> ways;

    LabelGroup(String label, String title, int cells, List<String> ways) {
        this.label = label;
        this.title = title;
        this.cells = cells;
        this.ways = ways;
    }

    /** Its name in tables. */
    public String label() {
        return label;
    }

    /** What it is, for people. */
    String title() {
        return title;
    }

    /** What its labels are held against. */
    public List<String> ways() {
        return ways;
    }

    /** Whether a sample's label is one of these. */
    public boolean has(LabelRow row) {
        return row.isOfOneCell() == (cells == 1);
    }

    /** Ends of a row that a dataset would keep, of all ways but the label's own. */
    List<LabelEnd> others(LabelRow row) {
        return ways.stream().filter(way -> !way.equals(LabelComparison.AGAIN))
                .flatMap(way -> row.end(way).stream()).filter(LabelEnd::isLabel).toList();
    }
}
