// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.file;

import io.github.nanohooke.structure.Box;
import io.github.nanohooke.structure.Cell;

/** The cell in the header of a LAMMPS data file: bounds and tilts, or vectors of any direction and their origin. */
final class LammpsCell {
    private static final String AXES = "xyz";
    private static final String VECTORS = "abc";

    private final TextLines lines;
    private final double[][] bounds = new double[3][];
    private double[] tilts = new double[3];
    private final double[][] vectors = new double[3][];
    private double[] origin;

    LammpsCell(TextLines lines) {
        this.lines = lines;
    }

    /** Takes a line of the header if it speaks of the cell. @param text without comment, single spaces */
    void readLine(String text) {
        String[] t = text.split(" ");
        if (t.length == 4 && t[2].endsWith("lo") && t[3].endsWith("hi")) {
            readBounds(t);
        } else if (text.endsWith(" xy xz yz") && t.length == 6) {
            tilts = reals(t);
        } else if (text.endsWith(" abc origin") && t.length == 5) {
            origin = reals(t);
        } else if (t.length == 4 && t[3].matches("[abc]vec")) {
            vectors[VECTORS.indexOf(t[3].charAt(0))] = reals(t);
        }
    }

    private double[] reals(String[] t) {
        return new double[] {lines.real(t[0]), lines.real(t[1]), lines.real(t[2])};
    }

    private void readBounds(String[] t) {
        int axis = AXES.indexOf(t[2].charAt(0));
        double low = lines.real(t[0]);
        double high = lines.real(t[1]);
        if (axis < 0 || !(high > low)) {
            throw lines.error("box bounds must read 'low high " + t[2] + " " + t[3] + "' with low below high");
        }
        bounds[axis] = new double[] {low, high};
    }

    private boolean isGeneral() {
        return vectors[0] != null || vectors[1] != null || vectors[2] != null;
    }

    /** The first line that a header must have and this one has not, or null. */
    String missing() {
        for (int k = 0; k < 3; k++) {
            if (isGeneral() && vectors[k] == null) {
                return "x y z " + VECTORS.charAt(k) + "vec";
            }
            if (!isGeneral() && bounds[k] == null) {
                return AXES.charAt(k) + "lo " + AXES.charAt(k) + "hi";
            }
        }
        return null;
    }

    /** Where the cell begins along x (0), y or z [Å]. */
    double corner(int axis) {
        return !isGeneral() ? bounds[axis][0] : origin == null ? 0 : origin[axis];
    }

    Cell cell() {
        try {
            return isGeneral() ? Cell.of(vectors) : new Box(bounds[0][1] - bounds[0][0], bounds[1][1] - bounds[1][0],
                    bounds[2][1] - bounds[2][0], tilts[0], tilts[1], tilts[2]).cell();
        } catch (IllegalArgumentException e) {
            throw lines.error(e.getMessage());
        }
    }
}
