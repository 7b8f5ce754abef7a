// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset;

import io.github.nanohooke.dataset.FigureCanvas.Anchor;
import java.awt.Color;
import java.util.Locale;

/**
 * One pair of axes of a figure.
 *
 * @param left   of the frame [pixels]
 * @param top    of the frame [pixels]
 * @param width  of the frame [pixels]
 * @param height of the frame [pixels]
 * @param x      range of the horizontal axis
 * @param y      range of the vertical axis
 */
record FigurePanel(double left, double top, double width, double height, Range x, Range y) {
    static final Color INK = new Color(0x222222);
    private static final Color GRID = new Color(0xe4e4e4);
    private static final double LABEL = 12;
    private static final double TITLE = 15;

    /**
     * The range of an axis, ending on ticks.
     *
     * @param step between two ticks
     */
    record Range(double low, double high, double step) {

        /** The smallest range of about five steps of 1, 2 or 5 times a power of ten around the values. */
        static Range around(double min, double max) {
            double span = max > min ? max - min : Math.max(1, Math.abs(max));
            double power = Math.pow(10, Math.floor(Math.log10(span / 5)));
            double raw = span / 5 / power;
            double step = power * (raw <= 1 ? 1 : raw <= 2 ? 2 : raw <= 5 ? 5 : 10);
            double low = step * Math.floor(min / step + 1e-9);
            double high = step * Math.ceil(max / step - 1e-9);
            return new Range(low, high > low ? high : low + step, step);
        }

        int ticks() {
            return (int) Math.round((high - low) / step) + 1;
        }

        double tick(int k) {
            return low + k * step;
        }

        String label(double value) {
            int digits = Math.max(0, (int) Math.ceil(-Math.log10(step) - 1e-9));
            return String.format(Locale.ROOT, "%." + digits + "f", Math.abs(value) < step * 1e-6 ? 0 : value)
                    .replace('-', '\u2212');
        }
    }

    double atX(double value) {
        return left + width * (value - x.low()) / (x.high() - x.low());
    }

    double atY(double value) {
        return top + height - height * (value - y.low()) / (y.high() - y.low());
    }

    /** Frame, grid, ticks and labels; before the data. */
    void draw(FigureCanvas canvas, String title, String xLabel, String yLabel) {
        canvas.rectangle(left, top, width, height, Color.WHITE);
        for (int k = 0; k < x.ticks(); k++) {
            double at = atX(x.tick(k));
            canvas.line(at, top, at, top + height, GRID, 1);
            canvas.text(x.label(x.tick(k)), at, top + height + LABEL + 4, LABEL, Anchor.MIDDLE, INK);
        }
        for (int k = 0; k < y.ticks(); k++) {
            double at = atY(y.tick(k));
            canvas.line(left, at, left + width, at, GRID, 1);
            canvas.text(y.label(y.tick(k)), left - 6, at + LABEL / 3, LABEL, Anchor.END, INK);
        }
        canvas.line(left, top, left, top + height, INK, 1);
        canvas.line(left, top + height, left + width, top + height, INK, 1);
        canvas.text(title, left + width / 2, top - 8, TITLE, Anchor.MIDDLE, INK);
        canvas.text(xLabel, left + width / 2, top + height + 2 * LABEL + 10, LABEL, Anchor.MIDDLE, INK);
        canvas.textUpwards(yLabel, left - 42, top + height / 2, LABEL, INK);
    }
}
