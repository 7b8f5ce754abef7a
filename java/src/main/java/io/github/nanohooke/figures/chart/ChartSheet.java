// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.figures.chart;

import io.github.nanohooke.io.AtomicFile;
import io.github.nanohooke.io.Csv;
import io.github.nanohooke.io.FileWriteException;
import io.github.nanohooke.plot.FigureAxis;
import io.github.nanohooke.plot.FigureAxis.Linear;
import io.github.nanohooke.plot.FigureAxis.Logarithmic;
import io.github.nanohooke.plot.FigureCanvas;
import io.github.nanohooke.plot.FigureCanvas.Anchor;
import io.github.nanohooke.plot.FigureCanvas.Dot;
import io.github.nanohooke.plot.FigureFile;
import io.github.nanohooke.plot.FigurePanel;
import java.awt.Color;
import java.nio.file.Path;
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
    /** From the frame down to the first note, and from one to the next. */
    private static final double BELOW = 54;
    private static final double LINE = 16;
    private static final double NOTE = 12;
    private static final double CAP = 3;
    /** Share of the largest value. */
    private static final double FAR = 0.7;
    private static final double LITTLE = 0.02;
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
        int notes = charts.stream().mapToInt(chart -> chart.notes().size()).max().orElse(0);
        double cellHeight = CELL_HEIGHT + LINE * notes;
        int width = (int) (Math.min(columns, charts.size()) * CELL_WIDTH + 10);
        int height = (int) (TOP + rows * cellHeight);
        FigureFile.write(file, width, height, canvas -> {
            canvas.rectangle(0, 0, width, height, Color.WHITE);
            canvas.text(title, width / 2.0, 30, 18, Anchor.MIDDLE, FigurePanel.INK);
            for (int k = 0; k < charts.size(); k++) {
                draw(canvas, charts.get(k), k % columns * CELL_WIDTH + LEFT, TOP + k / columns * cellHeight + ABOVE);
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
        ChartLegend legend = ChartLegend.of(chart, axes(chart, chart.rangeY(), left, top));
        FigurePanel panel = legend.panel();
        panel.draw(canvas, chart.title(), chart.xLabel(), chart.yLabel());
        chart.series().forEach(series -> draw(canvas, panel, series));
        legend.draw(canvas);
        for (int k = 0; k < chart.notes().size(); k++) {
            canvas.text(chart.notes().get(k), panel.left() + panel.width() / 2, panel.top() + panel.height()
                    + BELOW + LINE * k, NOTE, Anchor.MIDDLE, FigurePanel.INK);
        }
    }

    private static FigurePanel axes(Chart chart, double[] y, double left, double top) {
        return new FigurePanel(left, top, CELL_WIDTH - LEFT - 24, CELL_HEIGHT - ABOVE - 66,
                axis(chart, chart.rangeX()), axis(chart, y));
    }

    private static FigureAxis axis(Chart chart, double[] range) {
        return chart.scale() == Chart.Scale.LINEAR ? around(range) : Logarithmic.around(range[0], range[1]);
    }

    /** With zero, unless all values are far from it; error bars that reach a little below it are cut there. */
    private static Linear around(double[] range) {
        double low = range[0] < 0 && range[0] > -LITTLE * range[1] ? 0 : range[0];
        return low > FAR * range[1] ? Linear.padded(low, range[1]) : Linear.around(Math.min(0, low), range[1]);
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
            double low = Math.min(panel.atY(series.y()[i] - series.bars()[i]), panel.top() + panel.height());
            double high = panel.atY(series.y()[i] + series.bars()[i]);
            canvas.line(at, low, at, high, series.color(), 1);
            canvas.line(at - CAP, low, at + CAP, low, series.color(), 1);
            canvas.line(at - CAP, high, at + CAP, high, series.color(), 1);
        }
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s (%d charts)", title, charts.size());
    }
}
