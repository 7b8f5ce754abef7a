// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.image;

import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Box;
import io.github.nanohooke.structure.Cell;
import io.github.nanohooke.structure.RestrictedFrame;

/** Draws atoms as disks, row by row of each disk, so that the work grows with the area drawn alone. */
final class DiskRasterizer {
    /**
     * What is added to the radius [Å]: in the perfect crystal four disks meet in one point, and rounding must not leave
     * a hole there.
     */
    private static final double TOLERANCE = 1e-6;

    private final StructureImage image;
    /** The plane of a and b, a along the rows. */
    private final Box box;
    private final double radius;

    private DiskRasterizer(StructureImage image, Box box, double radius) {
        this.image = image;
        this.box = box;
        this.radius = radius + TOLERANCE;
    }

    static void draw(Atoms atoms, double radius, StructureImage image) {
        Cell cell = atoms.cell();
        DiskRasterizer rasterizer = new DiskRasterizer(image, RestrictedFrame.of(cell).box(), radius);
        for (int i = 0; i < atoms.count(); i++) {
            double a = cell.fraction(0, atoms.x(i), atoms.y(i), atoms.z(i));
            double b = cell.fraction(1, atoms.x(i), atoms.y(i), atoms.z(i));
            rasterizer.disk(a - Math.floor(a), b - Math.floor(b));
        }
    }

    /** One disk around the point a, b in units of the cell's edges; beyond an edge it enters on the far side. */
    private void disk(double a, double b) {
        int width = image.width();
        int height = image.height();
        double x = a * box.lx() + b * box.xy();
        double y = b * box.ly();
        double columnsPerAngstrom = width / box.lx();
        double linesPerAngstrom = height / box.ly();
        // Lines are counted from the bottom, as y is.
        int first = (int) Math.ceil((y - radius) * linesPerAngstrom - 0.5);
        int last = (int) Math.floor((y + radius) * linesPerAngstrom - 0.5);
        for (int line = first; line <= last; line++) {
            double fraction = (line + 0.5) / height;
            double dy = fraction * box.ly() - y;
            double half = Math.sqrt(Math.max(0, radius * radius - dy * dy));
            double start = x - fraction * box.xy();
            int left = (int) Math.ceil((start - half) * columnsPerAngstrom - 0.5);
            int right = (int) Math.floor((start + half) * columnsPerAngstrom - 0.5);
            if (left <= right) {
                image.setSolid(height - 1 - wrapped(line, height), wrapped(left, width), right - left + 1);
            }
        }
    }

    /** As {@link Math#floorMod(int, int)}, with a division only where there is something to do. */
    private static int wrapped(int at, int count) {
        return at >= 0 && at < count ? at : Math.floorMod(at, count);
    }
}
