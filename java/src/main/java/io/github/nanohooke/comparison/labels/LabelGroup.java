// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison.labels;

import java.util.List;

/** Labels that the same ways are held against. */
public enum LabelGroup {
    /** Of one cell along z: LAMMPS' minima may be labels as well. */
    ONE_CELL("one cell", "Labels of one cell along z, beside LAMMPS' minima under the same rule for the cells along z.",
            1, false, List.of(LabelComparison.AGAIN, LabelComparison.CG, LabelComparison.FIRE)),
    /** Of three cells along z: another seed of the push that begins their relaxation. */
    THREE_CELLS("three cells", "Labels of three cells along z, beside another seed of the push that begins their"
            + " relaxation.", 3, false, List.of(LabelComparison.PUSH)),
    /** The same labels beside LAMMPS' minima, which keep one cell: not what a label is. */
    HELD_AS_ONE("three cells, held as one", "The same labels beside LAMMPS' minima of one cell along z, which are not"
            + " stable as three and so no labels.", 3, false, List.of(LabelComparison.CG, LabelComparison.FIRE)),
    /** Of cells that are cut apart: nothing holds their parts at a distance, and those that meet are one again. */
    CUT("cut cells", "Labels of cells that are cut apart, whose parts rest where the path leaves them, or meet.", 0,
            true, List.of(LabelComparison.AGAIN, LabelComparison.PUSH, LabelComparison.CG, LabelComparison.FIRE));

    private final String label;
    private final String title;
    private final int cells;
    private final boolean cut;
    private final List<String> ways;

    LabelGroup(String label, String title, int cells, boolean cut, List<String> ways) {
        this.label = label;
        this.title = title;
        this.cells = cells;
        this.cut = cut;
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
        return row.cut() == cut && (cut || row.cells() == cells);
    }

    /** Ends of a row that a dataset would keep, of all ways but the label's own. */
    List<LabelEnd> others(LabelRow row) {
        return ways.stream().filter(way -> !way.equals(LabelComparison.AGAIN))
                .flatMap(way -> row.end(way).stream()).filter(LabelEnd::isLabel).toList();
    }
}
