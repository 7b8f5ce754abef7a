// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.figures.chart;

import io.github.nanohooke.io.AtomicFile;
import io.github.nanohooke.io.Csv;
import io.github.nanohooke.io.FileWriteException;
import io.github.nanohooke.plot.FigureAxis.Linear;
import io.github.nanohooke.plot.FigureCanvas;
import io.github.nanohooke.plot.FigureCanvas.Anchor;
import io.github.nanohooke.plot.FigureCanvas.Dot;
import io.github.nanohooke.plot.FigureFile;
import io.github.nanohooke.plot.FigurePanel;
import java.awt.Color;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Charts side by side on one page.
 *
 * @param title   of the page
 * @param columns charts in a row
 * @param charts  row by row
 */
public record ChartSheet(String title, int columns, List<Chart> charts) {
    private static final double CELL_WIDTH = 520;
    private static final double CELL_HEIGHT = 400;
    private static final double TOP = 52;
    private static final double LEFT = 70;
    private static final double ABOVE = 34;
    private static final double LEGEND = 12;
    private static final double LINE = 16;
    private static final double CAP = 3;
    /** Share of the largest value. */
    private static final double FAR = 0.7;
    private static final Color PALE = new Color(255, 255, 255, 205);
    /** Many dots are drawn small and shine through. */
    private static final int MANY = 400;

    public ChartSheet {
        charts = List.copyOf(charts);
    }

    /**
     * Draws it.
     *
     * @param file ends in .png or .svg
     * @throws FileWriteException when it cannot be written
     */
    public void write(Path file) {
        int rows = (charts.size() + columns - 1) / columns;
        int width = (int) (Math.min(columns, charts.size()) * CELL_WIDTH + 10);
        int height = (int) (TOP + rows * CELL_HEIGHT);
        FigureFile.write(file, width, height, canvas -> {
            canvas.rectangle(0, 0, width, height, Color.WHITE);
            canvas.text(title, width / 2.0, 30, 18, Anchor.MIDDLE, FigurePanel.INK);
            for (int k = 0; k < charts.size(); k++) {
                draw(canvas, charts.get(k), k % columns * CELL_WIDTH + LEFT,
                        TOP + k / columns * CELL_HEIGHT + ABOVE);
            }
        });
    }

    /** Every point of every series, a line each; empty fields where a point has no error bar. */
    public void writeCsv(Path file) {
        AtomicFile.writeText(file, out -> {
            out.append(Csv.line("chart", "series", "x", "y", "bar"));
            for (Chart chart : charts) {
                for (Series series : chart.series()) {
                    for (int i = 0; i < series.x().length; i++) {
                        out.append(Csv.line(Csv.quoted(chart.title()), Csv.quoted(series.name()), series.x()[i],
                                series.y()[i], series.bars().length == 0 ? null : (Object) series.bars()[i]));
                    }
                }
            }
        });
    }

    private static void draw(FigureCanvas canvas, Chart chart, double left, double top) {
        double[] x = chart.rangeX();
        double[] y = chart.rangeY();
        FigurePanel panel = new FigurePanel(left, top, CELL_WIDTH - LEFT - 24, CELL_HEIGHT - ABOVE - 66,
                around(x), around(y));
        panel.draw(canvas, chart.title(), chart.xLabel(), chart.yLabel());
        chart.series().forEach(series -> draw(canvas, panel, series));
        legend(canvas, panel, chart);
    }

    /** With zero, unless all values are far from it. */
    private static Linear around(double[] range) {
        return range[0] > FAR * range[1] ? Linear.padded(range[0], range[1])
                : Linear.around(Math.min(0, range[0]), range[1]);
    }

    private static void draw(FigureCanvas canvas, FigurePanel panel, Series series) {
        List<Dot> dots = IntStream.range(0, series.x().length)
                .filter(i -> Double.isFinite(series.x()[i]) && Double.isFinite(series.y()[i]))
                .mapToObj(i -> new Dot(panel.atX(series.x()[i]), panel.atY(series.y()[i]))).toList();
        switch (series.style()) {
            case LINE -> canvas.polyline(dots, series.color(), 1.8);
            case DASHED -> canvas.dashes(dots, 6, series.color(), 1.5);
            case CLOUD -> canvas.dots(dots, dots.size() > MANY ? 1.8 : 3.5, series.color());
            case MARKERS -> {
                bars(canvas, panel, series);
                canvas.dots(dots, 7, series.color());
            }
        }
    }

    private static void bars(FigureCanvas canvas, FigurePanel panel, Series series) {
        for (int i = 0; i < series.bars().length; i++) {
            double at = panel.atX(series.x()[i]);
            double low = panel.atY(series.y()[i] - series.bars()[i]);
            double high = panel.atY(series.y()[i] + series.bars()[i]);
            canvas.line(at, low, at, high, series.color(), 1);
            canvas.line(at - CAP, low, at + CAP, low, series.color(), 1);
            canvas.line(at - CAP, high, at + CAP, high, series.color(), 1);
        }
    }

    private static void legend(FigureCanvas canvas, FigurePanel panel, Chart chart) {
        List<Series> named = chart.series().stream().filter(series -> !series.name().isEmpty()).toList();
        List<String> lines = new ArrayList<>(named.stream().map(Series::name).toList());
        lines.addAll(chart.notes());
        if (lines.isEmpty()) {
            return;
        }
        double widest = lines.stream().mapToInt(String::length).max().orElse(0) * LEGEND * 0.52;
        double width = widest + 42;
        double height = LINE * lines.size() + 8;
        boolean right = true;
        boolean top = true;
        int fewest = Integer.MAX_VALUE;
        for (boolean upper : new boolean[] {true, false}) {
            for (boolean far : new boolean[] {true, false}) {
                int covered = covered(panel, chart, corner(panel, far, width), upper ? panel.top() + 2
                        : panel.top() + panel.height() - height - 2, width, height);
                if (covered < fewest) {
                    fewest = covered;
                    right = far;
                    top = upper;
                }
            }
        }
        double left = corner(panel, right, width) + 4;
        double above = top ? panel.top() + 2 : panel.top() + panel.height() - height - 2;
        canvas.rectangle(left - 4, above, width, height, PALE);
        for (int k = 0; k < lines.size(); k++) {
            double at = above - 2 + LINE * (k + 1);
            if (k < named.size()) {
                key(canvas, named.get(k), left, at - LEGEND / 3);
            }
            canvas.text(lines.get(k), left + 30, at, LEGEND, Anchor.START, FigurePanel.INK);
        }
    }

    private static double corner(FigurePanel panel, boolean right, double width) {
        return right ? panel.left() + panel.width() - width - 2 : panel.left() + 2;
    }

    /** Points that a box would hide. */
    private static int covered(FigurePanel panel, Chart chart, double left, double top, double width, double height) {
        int covered = 0;
        for (Series series : chart.series()) {
            for (int i = 0; i < series.x().length; i++) {
                double x = panel.atX(series.x()[i]);
                double y = panel.atY(series.y()[i]);
                covered += x >= left && x <= left + width && y >= top && y <= top + height ? 1 : 0;
            }
        }
        return covered;
    }

    private static void key(FigureCanvas canvas, Series series, double x, double y) {
        List<Dot> ends = List.of(new Dot(x, y), new Dot(x + 24, y));
        switch (series.style()) {
            case LINE -> canvas.polyline(ends, series.color(), 1.8);
            case DASHED -> canvas.dashes(ends, 6, series.color(), 1.5);
            default -> canvas.dots(List.of(new Dot(x + 12, y)), series.style() == Series.Style.CLOUD ? 4 : 7,
                    series.color());
        }
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s (%d charts)", title, charts.size());
    }
}
