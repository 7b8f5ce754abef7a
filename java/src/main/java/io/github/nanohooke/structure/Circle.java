// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

/**
 * A round pore.
 *
 * @param cx     x of the centre [Å]
 * @param cy     y of the centre [Å]
 * @param radius [Å], positive
 */
public record Circle(double cx, double cy, double radius) implements Pore {

    /** @throws StructureException when a number is not finite or the radius is not positive */
    public Circle {
        if (!Double.isFinite(cx) || !Double.isFinite(cy)) {
            throw new StructureException("the centre of a circle must be two finite numbers, got " + cx + ", " + cy);
        }
        if (!(radius > 0) || !Double.isFinite(radius)) {
            throw new StructureException("the radius of a circle must be a positive number of Å, got " + radius);
        }
    }

    @Override
    public boolean contains(double x, double y, double tolerance) {
        double dx = x - cx;
        double dy = y - cy;
        double reach = radius + tolerance;
        return dx * dx + dy * dy <= reach * reach;
    }

    @Override
    public double[] bounds() {
        return new double[] {cx - radius, cx + radius, cy - radius, cy + radius};
    }

    @Override
    public double area() {
        return Math.PI * radius * radius;
    }
}
