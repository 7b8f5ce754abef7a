// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.plot;

import io.github.nanohooke.structure.Box;
import io.github.nanohooke.structure.Cell;
import io.github.nanohooke.structure.RestrictedFrame;
import java.awt.geom.Path2D;

/**
 * A cell's a and b as they are drawn, x to the right and y up [Å].
 *
 * @param ax     what a has along x; the others likewise
 * @param alongZ whether it is seen along z, so that x and y are the cell's own; else a lies to the right
 */
record CellView(double ax, double ay, double bx, double by, boolean alongZ) {
    /** Share of its size that a face must keep when seen along z; below it the cell is drawn along its own c. */
    private static final double LEAST_SHARE = 0.2;

    /** Seen along z in the cell's own axes; where a and b hardly show there, in their own plane, a to the right. */
    static CellView of(Cell cell) {
        CellView seen = new CellView(cell.get(0, 0), cell.get(0, 1), cell.get(1, 0), cell.get(1, 1),
                true);
        Box box = RestrictedFrame.of(cell).box();
        return seen.area() > LEAST_SHARE * box.lx() * box.ly() ? seen
                : new CellView(box.lx(), 0, box.xy(), box.ly(), false);
    }

    double area() {
        return Math.abs(ax * by - ay * bx);
    }

    double x(double a, double b) {
        return a * ax + b * bx;
    }

    double y(double a, double b) {
        return a * ay + b * by;
    }

    double left() {
        return Math.min(0, ax) + Math.min(0, bx);
    }

    double right() {
        return Math.max(0, ax) + Math.max(0, bx);
    }

    double bottom() {
        return Math.min(0, ay) + Math.min(0, by);
    }

    double top() {
        return Math.max(0, ay) + Math.max(0, by);
    }

    /** Distance of the two edges that a joins. */
    double heightAlongA() {
        return area() / Math.hypot(bx, by);
    }

    /** Distance of the two edges that b joins. */
    double heightAlongB() {
        return area() / Math.hypot(ax, ay);
    }

    /** The outline, its corner at (x0, y0) of a sheet whose y points down. */
    Path2D outline(double x0, double y0, double scale) {
        Path2D path = new Path2D.Double();
        path.moveTo(x0, y0);
        path.lineTo(x0 + scale * x(1, 0), y0 - scale * y(1, 0));
        path.lineTo(x0 + scale * x(1, 1), y0 - scale * y(1, 1));
        path.lineTo(x0 + scale * x(0, 1), y0 - scale * y(0, 1));
        path.closePath();
        return path;
    }
}
