// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.plot;

import static io.github.nanohooke.plot.Canvas.Align.CENTRE;
import static io.github.nanohooke.plot.Canvas.Align.LEFT;
import static io.github.nanohooke.plot.Canvas.Align.RIGHT;

import io.github.nanohooke.io.FileWriteException;
import io.github.nanohooke.statics.ElasticTensor;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
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
    /** Height of the legend below the curves. */
    private static final double FOOT = 85;
    /** Room around the largest ring. */
    private static final double RIM = 10;
    private static final int STEPS = 720;
    private static final BasicStroke PREDICTED = Canvas.line(1.3);

    private StiffnessPlot() {
    }

    /** One plane through the origin, drawn with its first axis to the right and its second one up. */
    private enum Plane {
        XY("x right, y up", 0, 1, Canvas.BLUE, Canvas.line(3)),
        XZ("x right, z up", 0, 2, Canvas.RED, Canvas.dashed(3, 12, 6)),
        YZ("y right, z up", 1, 2, Canvas.GREEN, Canvas.dashed(3, 3, 4));

        private final String label;
        private final int right;
        private final int up;
        private final Color color;
        private final BasicStroke stroke;

        Plane(String label, int right, int up, Color color, BasicStroke stroke) {
            this.label = label;
            this.right = right;
            this.up = up;
            this.color = color;
            this.stroke = stroke;
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
     * Draws rings, curves and legend into an area.
     *
     * @param predicted another tensor of the same structure, drawn as thin dark curves; null where there is none
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
            g.setColor(curve.plane.color);
            g.setStroke(curve.plane.stroke);
            g.draw(path(curve, x, y, scale));
        }
        g.setColor(Canvas.INK);
        g.setStroke(PREDICTED);
        for (Curve curve : others) {
            g.draw(path(curve, x, y, scale));
        }
        ringLabels(g, x, y, scale * step, step, rings);
        legend(g, area, y + radius + RIM + 34, curves);
        if (!others.isEmpty()) {
            predictedLegend(g, area);
        }
    }

    private static List<Curve> curves(ElasticTensor tensor) {
        return Stream.of(Plane.values()).map(plane -> Curve.of(plane, tensor)).toList();
    }

    private static void predictedLegend(Graphics2D g, Rectangle2D area) {
        double y = area.getY() + 6;
        g.setColor(Canvas.INK);
        g.setStroke(PREDICTED);
        g.draw(new Line2D.Double(area.getX(), y, area.getX() + 30, y));
        Canvas.text(g, "network", area.getX() + 36, y + 5, LEFT, Canvas.SMALL, Canvas.MUTED);
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
        for (int spoke = 0; spoke < 4; spoke++) {
            double dx = radius * Math.cos(Math.PI * spoke / 4);
            double dy = radius * Math.sin(Math.PI * spoke / 4);
            g.draw(new Line2D.Double(x - dx, y - dy, x + dx, y + dy));
        }
    }

    private static void ringLabels(Graphics2D g, double x, double y, double spacing, double step, int rings) {
        double angle = Math.toRadians(67.5);
        for (int ring = 1; ring <= rings; ring++) {
            String label = Canvas.number(Math.rint(ring * step * 1e6) / 1e6) + (ring == rings ? " GPa" : "");
            double labelX = x + ring * spacing * Math.cos(angle);
            double labelY = y - ring * spacing * Math.sin(angle);
            double width = Canvas.width(g, label, Canvas.SMALL) + 8;
            g.setColor(new Color(255, 255, 255, 215));
            g.fill(new Rectangle2D.Double(labelX - width / 2, labelY - 10, width, 20));
            Canvas.text(g, label, labelX, labelY + 5, CENTRE, Canvas.SMALL, Canvas.MUTED);
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

    /** Each plane with its range, side by side. */
    private static void legend(Graphics2D g, Rectangle2D area, double y, List<Curve> curves) {
        double column = area.getWidth() / curves.size();
        for (int i = 0; i < curves.size(); i++) {
            Curve curve = curves.get(i);
            double x = area.getX() + i * column;
            g.setColor(curve.plane.color);
            g.setStroke(curve.plane.stroke);
            g.draw(new Line2D.Double(x, y - 6, x + 38, y - 6));
            Canvas.text(g, curve.plane.label, x + 46, y, LEFT, Canvas.BODY, Canvas.INK);
            Canvas.text(g, String.format(Locale.ROOT, "%.1f to %.1f GPa", curve.smallest(), curve.largest()), x + 46,
                    y + 23, LEFT, Canvas.SMALL, Canvas.MUTED);
        }
    }
}
