// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.plot;

import io.github.nanohooke.plot.FigureCanvas.Anchor;
import java.awt.Color;

/**
 * One pair of axes of a figure.
 *
 * @param left   of the frame [pixels]
 * @param top    of the frame [pixels]
 * @param width  of the frame [pixels]
 * @param height of the frame [pixels]
 * @param x      horizontal axis
 * @param y      vertical axis
 */
public record FigurePanel(double left, double top, double width, double height, FigureAxis x, FigureAxis y) {
    /** Of axes and text. */
    public static final Color INK = new Color(0x222222);
    private static final Color GRID = new Color(0xe4e4e4);
    private static final double LABEL = 12;
    private static final double TITLE = 15;

    /** Horizontal place of a value [pixels]. */
    public double atX(double value) {
        return left + width * x.place(value);
    }

    /** Vertical place of a value [pixels]. */
    public double atY(double value) {
        return top + height - height * y.place(value);
    }

    /** Frame, grid, ticks and labels; before the data. */
    public void draw(FigureCanvas canvas, String title, String xLabel, String yLabel) {
        canvas.rectangle(left, top, width, height, Color.WHITE);
        for (double tick : x.ticks()) {
            double at = atX(tick);
            canvas.line(at, top, at, top + height, GRID, 1);
            canvas.text(x.label(tick), at, top + height + LABEL + 4, LABEL, Anchor.MIDDLE, INK);
        }
        for (double tick : y.ticks()) {
            double at = atY(tick);
            canvas.line(left, at, left + width, at, GRID, 1);
            canvas.text(y.label(tick), left - 6, at + LABEL / 3, LABEL, Anchor.END, INK);
        }
        canvas.line(left, top, left, top + height, INK, 1);
        canvas.line(left, top + height, left + width, top + height, INK, 1);
        canvas.text(title, left + width / 2, top - 8, TITLE, Anchor.MIDDLE, INK);
        canvas.text(xLabel, left + width / 2, top + height + 2 * LABEL + 10, LABEL, Anchor.MIDDLE, INK);
        canvas.textUpwards(yLabel, left - 42, top + height / 2, LABEL, INK);
    }
}
