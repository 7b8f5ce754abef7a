// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.figures.chart;

import io.github.nanohooke.plot.FigureAxis.Linear;
import io.github.nanohooke.plot.FigureCanvas;
import io.github.nanohooke.plot.FigureCanvas.Anchor;
import io.github.nanohooke.plot.FigureCanvas.Dot;
import io.github.nanohooke.plot.FigurePanel;
import java.awt.Color;
import java.util.List;

/**
 * The names of a chart's series, in a corner of its axes that holds no data; where none is free, the vertical axis
 * grows until there is room above the data.
 *
 * @param panel the axes, grown where need be
 * @param names series with names
 * @param left  of the box [pixels]
 * @param top   of the box [pixels]
 */
record ChartLegend(FigurePanel panel, List<Series> names, double left, double top) {
    private static final double SIZE = 12;
    private static final double LINE = 16;
    /** Of a letter, as a share of its size; of the key before a name. */
    private static final double LETTER = 0.52;
    private static final double KEY = 42;
    /** From the box to the frame. */
    private static final double EDGE = 2;
    /** Points of a line between two of its data. */
    private static final int BETWEEN = 30;
    private static final Color PALE = new Color(255, 255, 255, 205);

    /** @param panel axes for the chart's data alone */
    static ChartLegend of(Chart chart, FigurePanel panel) {
        List<Series> names = chart.series().stream().filter(series -> !series.name().isEmpty()).toList();
        ChartLegend best = best(chart, panel, names);
        if (best.covered(chart) > 0 && panel.y() instanceof Linear y) {
            double share = (height(names) + 2 * EDGE) / panel.height();
            double[] range = chart.rangeY();
            Linear grown = Linear.around(y.low(), y.low() + (range[1] - y.low()) / (1 - share));
            best = best(chart, new FigurePanel(panel.left(), panel.top(), panel.width(), panel.height(), panel.x(),
                    grown), names);
        }
        return best;
    }

    private static ChartLegend best(Chart chart, FigurePanel panel, List<Series> names) {
        double right = panel.left() + panel.width() - width(names) - EDGE;
        double bottom = panel.top() + panel.height() - height(names) - EDGE;
        ChartLegend best = null;
        for (double top : new double[] {panel.top() + EDGE, bottom}) {
            for (double left : new double[] {right, panel.left() + EDGE}) {
                ChartLegend legend = new ChartLegend(panel, names, left, top);
                best = best == null || legend.covered(chart) < best.covered(chart) ? legend : best;
            }
        }
        return best;
    }

    private static double width(List<Series> names) {
        return KEY + SIZE * LETTER * names.stream().mapToInt(series -> series.name().length()).max().orElse(0);
    }

    private static double height(List<Series> names) {
        return LINE * names.size() + 8;
    }

    /** How much of the data the box would hide: points, ends of error bars, parts of lines. */
    int covered(Chart chart) {
        int covered = 0;
        for (Series series : names.isEmpty() ? List.<Series>of() : chart.series()) {
            boolean line = series.style() == Series.Style.LINE || series.style() == Series.Style.DASHED;
            for (int i = 0; i < series.x().length; i++) {
                for (double end : new double[] {-series.bar(i), 0, series.bar(i)}) {
                    covered += isInside(series.x()[i], series.y()[i] + end) ? 1 : 0;
                }
                for (int part = 1; line && i > 0 && part < BETWEEN; part++) {
                    double share = (double) part / BETWEEN;
                    covered += isInside(series.x()[i - 1] + share * (series.x()[i] - series.x()[i - 1]),
                            series.y()[i - 1] + share * (series.y()[i] - series.y()[i - 1])) ? 1 : 0;
                }
            }
        }
        return covered;
    }

    private boolean isInside(double x, double y) {
        double atX = panel.atX(x);
        double atY = panel.atY(y);
        return atX >= left && atX <= left + width(names) && atY >= top && atY <= top + height(names);
    }

    void draw(FigureCanvas canvas) {
        if (names.isEmpty()) {
            return;
        }
        canvas.rectangle(left, top, width(names), height(names), PALE);
        for (int k = 0; k < names.size(); k++) {
            double at = top - 2 + LINE * (k + 1);
            key(canvas, names.get(k), left + 4, at - SIZE / 3);
            canvas.text(names.get(k).name(), left + 34, at, SIZE, Anchor.START, FigurePanel.INK);
        }
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
}
