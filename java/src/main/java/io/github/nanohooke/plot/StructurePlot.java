// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.plot;

import static io.github.nanohooke.plot.Canvas.Align.LEFT;

import io.github.nanohooke.io.FileWriteException;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cell;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.RadialGradientPaint;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Atoms seen along z, fcc green and surface red as in the paper's Fig. 1. x points right and y up; the picture is
 * exactly one periodic cell, with the atoms that cross its edges cut there.
 */
public final class StructurePlot {
    /** Pixels across unless said otherwise. */
    public static final int DEFAULT_PIXELS = 1000;

    private static final double WIDTH = 1000;
    private static final double HEIGHT = 1035;
    private static final double MARGIN = 40;
    /** Height below the axes that the legend takes. */
    private static final double FOOT = 36;
    /** Below this radius on the sheet shading cannot be seen, and a square is drawn, which is fast. */
    private static final double SHADED_FROM = 1.5;

    private StructurePlot() {
    }

    /** A picture of the default size; see {@link #write(Atoms, boolean[], double, Path, String, int)}. */
    public static void write(Atoms atoms, boolean[] fcc, double radius, Path png, String title) {
        write(atoms, fcc, radius, png, title, DEFAULT_PIXELS);
    }

    /**
     * Writes the picture.
     *
     * @param atoms  the atoms
     * @param fcc    per atom, whether its surroundings are fcc; null where that is no question, as for other lattices
     * @param radius of an atom's disk [Å]
     * @param png    the file
     * @param title  one line above the picture
     * @param pixels across the picture, 200 to 8000
     * @throws IllegalArgumentException when {@code fcc} has not one value per atom, or {@code pixels} is out of range
     * @throws FileWriteException       when the file cannot be written
     */
    public static void write(Atoms atoms, boolean[] fcc, double radius, Path png, String title, int pixels) {
        requireOnePerAtom(atoms, fcc);
        Canvas.write(png, WIDTH, HEIGHT, pixels, g -> {
            Canvas.fittedText(g, title, MARGIN, 50, WIDTH - 2 * MARGIN, Canvas.TITLE, Canvas.INK);
            draw(g, new Rectangle2D.Double(MARGIN, 75, WIDTH - 2 * MARGIN, HEIGHT - 75 - 20), atoms, fcc, radius);
        });
    }

    static void requireOnePerAtom(Atoms atoms, boolean[] fcc) {
        if (fcc != null && fcc.length != atoms.count()) {
            throw new IllegalArgumentException(
                    "need for each of " + atoms.count() + " atoms whether it is fcc, got " + fcc.length);
        }
    }

    /** Draws cell, axes and legend into an area. */
    static void draw(Graphics2D g, Rectangle2D area, Atoms atoms, boolean[] fcc, double atomRadius) {
        CellView view = CellView.of(atoms.cell());
        double width = view.right() - view.left();
        double height = view.top() - view.bottom();
        double scale = Math.min((area.getWidth() - SheetAxes.LEFT) / width,
                (area.getHeight() - SheetAxes.BELOW - FOOT) / height);
        double edge = area.getCenterX() + SheetAxes.LEFT / 2 - scale * width / 2;
        double x0 = edge - scale * view.left();
        double y0 = area.getY() + scale * view.top();
        Path2D cell = view.outline(x0, y0, scale);

        Shape clip = g.getClip();
        g.clip(cell);
        atoms(g, atoms, fcc, atomRadius, view, new Point2D.Double(x0, y0), scale);
        g.setClip(clip);
        g.setColor(Canvas.INK);
        g.setStroke(Canvas.line(1.6));
        g.draw(cell);

        Rectangle2D frame = new Rectangle2D.Double(edge, area.getY(), scale * width, scale * height);
        if (view.area() < (1 - 1e-6) * width * height) {
            g.setColor(Canvas.RULE);
            g.setStroke(Canvas.line(1));
            g.draw(frame);
        }
        SheetAxes.draw(g, frame, nanometres(view.left(), view.right()), view.alongZ() ? "x [nm]" : "along a [nm]",
                nanometres(view.bottom(), view.top()), view.alongZ() ? "y [nm]" : "across a [nm]");
        legend(g, area.getMaxX(), frame.getMaxY() + SheetAxes.BELOW + 24, atoms, fcc);
    }

    private static FigureAxis nanometres(double from, double to) {
        return FigureAxis.Linear.between(0.1 * from, 0.1 * to);
    }

    private static void atoms(Graphics2D g, Atoms atoms, boolean[] fcc, double atomRadius, CellView view,
            Point2D corner, double scale) {
        Cell cell = atoms.cell();
        double radius = atomRadius * scale;
        Ellipse2D disk = new Ellipse2D.Double(-radius, -radius, 2 * radius, 2 * radius);
        Rectangle2D square = new Rectangle2D.Double(-radius, -radius, 2 * radius, 2 * radius);
        boolean shaded = radius >= SHADED_FROM;
        Paint green = shaded ? ball(Canvas.GREEN, radius) : Canvas.GREEN;
        Paint red = shaded ? ball(Canvas.RED, radius) : Canvas.RED;
        AffineTransform sheet = g.getTransform();
        int[] fromBelow = IntStream.range(0, atoms.count()).boxed()
                .sorted(Comparator.comparingDouble(i -> height(atoms, i))).mapToInt(Integer::intValue).toArray();
        for (int i : fromBelow) {
            double a = fraction(cell.fraction(0, atoms.x(i), atoms.y(i), atoms.z(i)));
            double b = fraction(cell.fraction(1, atoms.x(i), atoms.y(i), atoms.z(i)));
            for (int m = -1; m <= 1; m++) {
                for (int n = -1; n <= 1; n++) {
                    if (reaches(a + m, atomRadius / view.heightAlongA())
                            && reaches(b + n, atomRadius / view.heightAlongB())) {
                        g.translate(corner.getX() + scale * view.x(a + m, b + n),
                                corner.getY() - scale * view.y(a + m, b + n));
                        g.setPaint(fcc == null || fcc[i] ? green : red);
                        g.fill(shaded ? disk : square);
                        g.setTransform(sheet);
                    }
                }
            }
        }
    }

    /** Whether a disk at this fraction of an edge shows in the cell; one and a half radii allow for the tilt. */
    private static boolean reaches(double fraction, double radius) {
        return fraction > -1.5 * radius && fraction < 1 + 1.5 * radius;
    }

    private static double height(Atoms atoms, int i) {
        return fraction(atoms.cell().fraction(2, atoms.x(i), atoms.y(i), atoms.z(i)));
    }

    /** Within [0, 1), with what rounding left just below 1 taken as 0, so that one atomic layer stays one. */
    private static double fraction(double value) {
        double inside = value - Math.floor(value);
        return inside > 1 - 1e-9 ? 0 : inside;
    }

    /** A ball around the origin, lit from the upper left. */
    private static Paint ball(Color color, double radius) {
        Point2D centre = new Point2D.Double(0, 0);
        Point2D light = new Point2D.Double(-0.35 * radius, -0.4 * radius);
        return new RadialGradientPaint(centre, (float) radius, light, new float[] {0, 0.55f, 0.93f, 1},
                new Color[] {Canvas.mixed(color, Color.WHITE, 0.55), color, Canvas.mixed(color, Color.BLACK, 0.35),
                    Canvas.mixed(color, Color.BLACK, 0.55)}, RadialGradientPaint.CycleMethod.NO_CYCLE);
    }

    private static void legend(Graphics2D g, double right, double y, Atoms atoms, boolean[] fcc) {
        if (fcc == null) {
            entry(g, right, y, Canvas.GREEN, "atoms " + atoms.count());
            return;
        }
        int regular = (int) IntStream.range(0, fcc.length).filter(i -> fcc[i]).count();
        double x = right;
        x = entry(g, x, y, Canvas.RED, "surface " + (fcc.length - regular));
        entry(g, x - 26, y, Canvas.GREEN, "fcc " + regular);
    }

    /** One entry that ends at {@code right}; returns where it begins. */
    private static double entry(Graphics2D g, double right, double y, Color color, String label) {
        double start = right - Canvas.width(g, label, Canvas.BODY);
        Canvas.text(g, label, start, y, LEFT, Canvas.BODY, Canvas.INK);
        AffineTransform sheet = g.getTransform();
        g.translate(start - 16, y - 6);
        g.setPaint(ball(color, 9));
        g.fill(new Ellipse2D.Double(-9, -9, 18, 18));
        g.setTransform(sheet);
        return start - 25;
    }
}
