// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.plot;

import static io.github.nanohooke.plot.Canvas.Align.CENTRE;
import static io.github.nanohooke.plot.Canvas.Align.LEFT;

import io.github.nanohooke.io.FileWriteException;
import io.github.nanohooke.tensor.ElasticTensor;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Young's modulus by direction, as polar curves in the planes xy, xz and yz: the distance from the middle is E [GPa]
 * for uniaxial stress along that direction. A tensor that does not resist every strain has no such curves, and the
 * picture says so.
 */
public final class StiffnessPlot {
    /** Pixels across unless said otherwise. */
    public static final int DEFAULT_PIXELS = 1000;

    private static final double WIDTH = 1000;
    private static final double HEIGHT = 1070;
    private static final double MARGIN = 40;
    /** Height of the axis and the legend below the curves. */
    private static final double FOOT = 142;
    /** Room around the largest ring, for the angles. */
    private static final double RIM = 30;
    private static final int STEPS = 720;
    private static final int SPOKES = 8;
    private static final double ROW = 24;
    /** Width of the legend's first column. */
    private static final double LABELS = 74;
    /** Another tensor's curves: darker than the first one's, dashed, with gaps that show curves that coincide. */
    private static final double DARKER = 0.5;
    private static final float DASHED = 2.4f;
    private static final float DASH = 8;
    private static final float GAP = 10;

    private StiffnessPlot() {
    }

    /**
     * One plane through the origin, drawn with its first axis to the right and its second one up; later ones thinner,
     * so that curves that coincide are all seen.
     */
    private enum Plane {
        XY("x right, y up", 0, 1, Canvas.BLUE, 9),
        XZ("x right, z up", 0, 2, Canvas.RED, 6),
        YZ("y right, z up", 1, 2, Canvas.GREEN, 3);

        private final String label;
        private final int right;
        private final int up;
        private final Color color;
        private final double width;

        Plane(String label, int right, int up, Color color, double width) {
            this.label = label;
            this.right = right;
            this.up = up;
            this.color = color;
            this.width = width;
        }

        /** Draws statics' line of this plane. */
        void solid(Graphics2D g, Shape line) {
            g.setColor(color);
            g.setStroke(Canvas.line(width));
            g.draw(line);
        }

        /** Draws the network's line of this plane. @param phase where its first dash begins, in periods */
        void dashed(Graphics2D g, Shape line, float phase) {
            g.setColor(Canvas.mixed(color, Color.BLACK, DARKER));
            g.setStroke(new BasicStroke(DASHED, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1,
                    new float[] {DASH, GAP}, phase * (DASH + GAP)));
            g.draw(line);
        }

        double[] direction(double angle) {
            double[] direction = new double[3];
            direction[right] = Math.cos(angle);
            direction[up] = Math.sin(angle);
            return direction;
        }
    }

    /** A plane's moduli [GPa] at {@link #STEPS} angles from its first axis. */
    private record Curve(Plane plane, double[] moduli) {
        static Curve of(Plane plane, ElasticTensor tensor) {
            double[] moduli = new double[STEPS];
            for (int i = 0; i < STEPS; i++) {
                moduli[i] = tensor.youngsModulus(plane.direction(2 * Math.PI * i / STEPS));
            }
            return new Curve(plane, moduli);
        }

        double largest() {
            double largest = 0;
            for (double modulus : moduli) {
                largest = Math.max(largest, modulus);
            }
            return largest;
        }

        double smallest() {
            double smallest = Double.MAX_VALUE;
            for (double modulus : moduli) {
                smallest = Math.min(smallest, modulus);
            }
            return smallest;
        }
    }

    /** A picture of the default size; see {@link #write(ElasticTensor, Path, String, int)}. */
    public static void write(ElasticTensor tensor, Path png, String title) {
        write(tensor, png, title, DEFAULT_PIXELS);
    }

    /**
     * Writes the picture.
     *
     * @param tensor the elastic tensor
     * @param png    the file
     * @param title  one line above the picture
     * @param pixels across the picture, 200 to 8000
     * @throws IllegalArgumentException when {@code pixels} is out of range
     * @throws FileWriteException       when the file cannot be written
     */
    public static void write(ElasticTensor tensor, Path png, String title, int pixels) {
        Canvas.write(png, WIDTH, HEIGHT, pixels, g -> {
            Canvas.fittedText(g, title, MARGIN, 50, WIDTH - 2 * MARGIN, Canvas.TITLE, Canvas.INK);
            draw(g, new Rectangle2D.Double(MARGIN, 75, WIDTH - 2 * MARGIN, HEIGHT - 75 - 15), tensor, null);
        });
    }

    /**
     * Draws rings, curves, axis and legend into an area.
     *
     * @param predicted a network's tensor of the same structure, drawn as dark dashes; null where there is none
     */
    static void draw(Graphics2D g, Rectangle2D area, ElasticTensor tensor, ElasticTensor predicted) {
        double radius = Math.min(area.getWidth() / 2, (area.getHeight() - FOOT) / 2) - RIM;
        double x = area.getCenterX();
        double y = area.getY() + RIM + radius;
        if (!hasModuli(tensor)) {
            notice(g, x, y, tensor);
            return;
        }
        List<Curve> curves = curves(tensor);
        List<Curve> others = predicted != null && hasModuli(predicted) ? curves(predicted) : List.of();
        double largest = Stream.concat(curves.stream(), others.stream()).mapToDouble(Curve::largest).max().orElse(0);
        double step = Canvas.niceBelow(largest / 3);
        // A curve that touches a ring but for rounding needs no further one.
        int rings = (int) Math.ceil(largest / step - 1e-9);
        double scale = radius / (rings * step);
        grid(g, x, y, radius, rings);
        for (Curve curve : curves) {
            curve.plane.solid(g, path(curve, x, y, scale));
        }
        for (Curve curve : others) {
            curve.plane.dashed(g, path(curve, x, y, scale), (float) curve.plane.ordinal() / others.size());
        }
        double below = y + radius + RIM;
        g.setColor(Canvas.INK);
        g.setStroke(Canvas.line(1.2));
        g.draw(new Line2D.Double(x, below, x + radius, below));
        SheetAxes.below(g, x, below, radius, new FigureAxis.Linear(0, rings * step, step), "E [GPa]");
        legend(g, area, below + SheetAxes.BELOW + 18, curves, others);
    }

    private static List<Curve> curves(ElasticTensor tensor) {
        return Stream.of(Plane.values()).map(plane -> Curve.of(plane, tensor)).toList();
    }

    /** Whether the tensor is positive definite by so much that its inverse has digits to show. */
    static boolean hasModuli(ElasticTensor tensor) {
        double[] eigenvalues = tensor.eigenvalues();
        return tensor.isPositiveDefinite() && eigenvalues[0] > 1e-12 * eigenvalues[eigenvalues.length - 1];
    }

    private static void notice(Graphics2D g, double x, double y, ElasticTensor tensor) {
        Canvas.text(g, "Does not resist every strain", x, y - 14, CENTRE, Canvas.HEADING, Canvas.RED);
        Canvas.text(g, String.format(Locale.ROOT, "smallest eigenvalue %.3g GPa:", tensor.smallestEigenvalue()), x,
                y + 16, CENTRE, Canvas.BODY, Canvas.INK);
        Canvas.text(g, "no Young's modulus to draw", x, y + 40, CENTRE, Canvas.BODY, Canvas.INK);
    }

    private static void grid(Graphics2D g, double x, double y, double radius, int rings) {
        g.setColor(Canvas.RULE);
        g.setStroke(Canvas.line(1.2));
        for (int ring = 1; ring <= rings; ring++) {
            double r = radius * ring / rings;
            g.draw(new Ellipse2D.Double(x - r, y - r, 2 * r, 2 * r));
        }
        for (int spoke = 0; spoke < SPOKES; spoke++) {
            double angle = 2 * Math.PI * spoke / SPOKES;
            double dx = Math.cos(angle);
            double dy = -Math.sin(angle);
            g.setColor(Canvas.RULE);
            g.draw(new Line2D.Double(x, y, x + radius * dx, y + radius * dy));
            double from = radius + 14 + 9 * Math.abs(dx);
            Canvas.text(g, 360 * spoke / SPOKES + "°", x + from * dx, y + from * dy + 5, CENTRE, Canvas.SMALL,
                    Canvas.MUTED);
        }
    }

    private static Path2D path(Curve curve, double x, double y, double scale) {
        Path2D path = new Path2D.Double();
        for (int i = 0; i < STEPS; i++) {
            double angle = 2 * Math.PI * i / STEPS;
            double px = x + scale * curve.moduli[i] * Math.cos(angle);
            double py = y - scale * curve.moduli[i] * Math.sin(angle);
            if (i == 0) {
                path.moveTo(px, py);
            } else {
                path.lineTo(px, py);
            }
        }
        path.closePath();
        return path;
    }

    /** The planes side by side with their curves' ranges, statics above the network. */
    private static void legend(Graphics2D g, Rectangle2D area, double y, List<Curve> curves, List<Curve> others) {
        double column = (area.getWidth() - LABELS) / curves.size();
        for (int i = 0; i < curves.size(); i++) {
            double x = area.getX() + LABELS + i * column;
            Canvas.text(g, curves.get(i).plane.label, x, y, LEFT, Canvas.SMALL, Canvas.INK);
            entry(g, x, y + ROW, curves.get(i), false);
            if (!others.isEmpty()) {
                entry(g, x, y + 2 * ROW, others.get(i), true);
            }
        }
        if (others.isEmpty()) {
            Canvas.text(g, "E [GPa]", area.getX(), y + ROW, LEFT, Canvas.SMALL, Canvas.INK);
        } else {
            Canvas.text(g, "statics", area.getX(), y + ROW, LEFT, Canvas.SMALL, Canvas.INK);
            Canvas.text(g, "network", area.getX(), y + 2 * ROW, LEFT, Canvas.SMALL, Canvas.INK);
        }
    }

    private static void entry(Graphics2D g, double x, double y, Curve curve, boolean predicted) {
        Shape sample = new Line2D.Double(x, y - 5, x + 2 * (DASH + GAP) + DASH, y - 5);
        if (predicted) {
            curve.plane.dashed(g, sample, 0);
        } else {
            curve.plane.solid(g, sample);
        }
        Canvas.text(g, String.format(Locale.ROOT, "%.1f to %.1f", curve.smallest(), curve.largest()), x + 52, y, LEFT,
                Canvas.SMALL, Canvas.INK);
    }
}
