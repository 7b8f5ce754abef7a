// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.plot;

import java.awt.Color;
import java.util.List;

/** What a figure is drawn on, see {@link FigureFile}. Lengths in pixels, y downwards from the top. */
public interface FigureCanvas {

    /** Where a text's given point lies. */
    enum Anchor {
        START, MIDDLE, END
    }

    /** A point of a scatter plot. */
    record Dot(double x, double y) {
    }

    void rectangle(double x, double y, double width, double height, Color fill);

    void line(double x1, double y1, double x2, double y2, Color color, double width);

    /** Straight lines from each point to the next. */
    default void polyline(List<Dot> points, Color color, double width) {
        for (int i = 1; i < points.size(); i++) {
            line(points.get(i - 1).x(), points.get(i - 1).y(), points.get(i).x(), points.get(i).y(), color, width);
        }
    }

    /** A straight line of dashes from each point to the next, without a break at the points. */
    default void dashes(List<Dot> points, double dash, Color color, double width) {
        double done = 0;
        for (int i = 1; i < points.size(); i++) {
            Dot a = points.get(i - 1);
            Dot b = points.get(i);
            double length = Math.hypot(b.x() - a.x(), b.y() - a.y());
            for (double at = 0; at < length;) {
                double rest = dash - done % dash;
                double to = Math.min(length, at + rest);
                if ((long) (done / dash) % 2 == 0) {
                    line(a.x() + (b.x() - a.x()) * at / length, a.y() + (b.y() - a.y()) * at / length,
                            a.x() + (b.x() - a.x()) * to / length, a.y() + (b.y() - a.y()) * to / length, color, width);
                }
                done += Math.max(to - at, 1e-6);
                at = to;
            }
        }
    }

    /** A filled polygon. */
    void polygon(List<Dot> corners, Color fill);

    /** Many equal dots. */
    void dots(List<Dot> dots, double diameter, Color color);

    /** @param y of the base line */
    void text(String text, double x, double y, double size, Anchor anchor, Color color);

    /** Text that runs upwards, its middle at the point. */
    void textUpwards(String text, double x, double y, double size, Color color);
}
