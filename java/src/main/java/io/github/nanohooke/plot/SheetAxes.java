// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.plot;

import io.github.nanohooke.plot.Canvas.Align;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;

/** Ticks, numbers and names along the edges of a frame on a {@link Canvas}. */
final class SheetAxes {
    /** Room that the axis on the left takes. */
    static final double LEFT = 72;
    /** Room that the axis below takes. */
    static final double BELOW = 56;
    private static final double TICK = 6;

    private SheetAxes() {
    }

    /** Both axes of a frame. */
    static void draw(Graphics2D g, Rectangle2D frame, FigureAxis x, String xName, FigureAxis y, String yName) {
        below(g, frame.getX(), frame.getMaxY(), frame.getWidth(), x, xName);
        g.setColor(Canvas.INK);
        g.setStroke(Canvas.line(1.2));
        for (double tick : y.ticks()) {
            double at = frame.getMaxY() - frame.getHeight() * y.place(tick);
            g.setColor(Canvas.INK);
            g.draw(new Line2D.Double(frame.getX() - TICK, at, frame.getX(), at));
            Canvas.text(g, y.label(tick), frame.getX() - TICK - 4, at + 5, Align.RIGHT, Canvas.SMALL, Canvas.INK);
        }
        AffineTransform sheet = g.getTransform();
        g.translate(frame.getX() - LEFT + 18, frame.getCenterY());
        g.rotate(-Math.PI / 2);
        Canvas.text(g, yName, 0, 0, Align.CENTRE, Canvas.SMALL, Canvas.INK);
        g.setTransform(sheet);
    }

    /** One axis from (x, y) to the right, with what it has below it. */
    static void below(Graphics2D g, double x, double y, double length, FigureAxis axis, String name) {
        g.setStroke(Canvas.line(1.2));
        for (double tick : axis.ticks()) {
            double at = x + length * axis.place(tick);
            g.setColor(Canvas.INK);
            g.draw(new Line2D.Double(at, y, at, y + TICK));
            Canvas.text(g, axis.label(tick), at, y + TICK + 16, Align.CENTRE, Canvas.SMALL, Canvas.INK);
        }
        Canvas.text(g, name, x + length / 2, y + TICK + 38, Align.CENTRE, Canvas.SMALL, Canvas.INK);
    }
}
