// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.tensor;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The axes that tensors are told in. Files that hold tensors, or networks that predict them, carry its
 * {@link #label()}; numbers of different frames are never mixed.
 */
public enum TensorFrame {
    /** Those of the atoms as they were given; relaxation stretches the cell and does not turn it. */
    INPUT_AXES("input-axes", "the axes of the input; relaxation is a pure stretch"),
    /**
     * LAMMPS' restricted cell at the minimum: a along x, b in the xy plane. A cell that shears on relaxing turns the
     * crystal with it, in single cases by several degrees.
     */
    LAMMPS_CELL("lammps-cell", "LAMMPS' restricted cell: a of the relaxed cell along x, b in the xy plane");

    /** The frame of every method of statics. */
    public static final TensorFrame OF_STATICS = INPUT_AXES;

    private final String label;
    private final String meaning;

    TensorFrame(String label, String meaning) {
        this.label = label;
        this.meaning = meaning;
    }

    /** The constant that files use. */
    @JsonValue
    public String label() {
        return label;
    }

    /** One line for people. */
    public String meaning() {
        return meaning;
    }

    /**
     * The frame with this label. Files of the first versions say nothing of it: null is {@link #LAMMPS_CELL}.
     *
     * @throws IllegalArgumentException when there is no such frame
     */
    @JsonCreator
    public static TensorFrame ofLabel(String label) {
        if (label == null) {
            return LAMMPS_CELL;
        }
        for (TensorFrame frame : values()) {
            if (frame.label.equals(label)) {
                return frame;
            }
        }
        throw new IllegalArgumentException("unknown frame of tensors '" + label + "'; known are "
                + INPUT_AXES.label + " and " + LAMMPS_CELL.label + ": was the file written by a newer version?");
    }
}
