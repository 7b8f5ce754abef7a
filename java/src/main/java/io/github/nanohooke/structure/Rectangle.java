// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

/**
 * A rectangular pore with edges along x and y.
 *
 * @param xmin [Å]
 * @param xmax [Å], above {@code xmin}
 * @param ymin [Å]
 * @param ymax [Å], above {@code ymin}
 */
public record Rectangle(double xmin, double xmax, double ymin, double ymax) implements Pore {

    /** @throws StructureException when a number is not finite, or an interval is empty or reversed */
    public Rectangle {
        requireInterval("x", xmin, xmax);
        requireInterval("y", ymin, ymax);
    }

    private static void requireInterval(String axis, double low, double high) {
        if (!Double.isFinite(low) || !Double.isFinite(high)) {
            throw new StructureException("the " + axis + " interval of a rectangle must be two finite numbers, got "
                    + low + ", " + high);
        }
        if (!(low < high)) {
            throw new StructureException("the " + axis + " interval of a rectangle is " + (low == high ? "empty"
                    : "reversed") + ": it must go from low to high, got " + low + ", " + high);
        }
    }

    @Override
    public boolean contains(double x, double y, double tolerance) {
        return x >= xmin - tolerance && x <= xmax + tolerance && y >= ymin - tolerance && y <= ymax + tolerance;
    }

    @Override
    public double[] bounds() {
        return new double[] {xmin, xmax, ymin, ymax};
    }

    @Override
    public double area() {
        return (xmax - xmin) * (ymax - ymin);
    }
}
