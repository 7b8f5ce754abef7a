// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli;

import io.github.nanohooke.plot.FigureAxis.Linear;
import io.github.nanohooke.plot.FigureCanvas;
import io.github.nanohooke.plot.FigureCanvas.Anchor;
import io.github.nanohooke.plot.FigureCanvas.Dot;
import io.github.nanohooke.plot.FigureFile;
import io.github.nanohooke.plot.FigurePanel;
import io.github.nanohooke.statics.ElasticConstants;
import java.awt.Color;
import java.nio.file.Path;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.IntStream;

/** The network's errors in the constants of all structures of the demonstration, against what statics finds. */
final class DemoFigure {
    private static final int WIDTH = 860;
    private static final int HEIGHT = 520;
    private static final double LEFT = 80;
    private static final double TOP = 60;
    private static final double ACROSS = 600;
    private static final double UP = 390;
    private static final double LEGEND = LEFT + ACROSS + 20;
    private static final double DOT = 8;
    private static final double NEGLIGIBLE = 0.02;
    /** Okabe and Ito's colours, which colour-blind people can tell apart as well. */
    private static final List<Color> COLORS = List.of(new Color(0x0072b2), new Color(0xd55e00), new Color(0x009e73),
            new Color(0xcc79a7), new Color(0xe69f00), new Color(0x56b4e9));

    private DemoFigure() {
    }

    static void write(Path file, List<DemoRow> rows) {
        List<DemoRow> compared = rows.stream().filter(row -> row.fast().tensor() != null).toList();
        Linear constants = around(compared, 0);
        Linear errors = around(compared, 1);
        FigureFile.write(file, WIDTH, HEIGHT, canvas -> draw(canvas, compared, constants, errors));
    }

    /** An axis for the points' x or y values, and for zero. Values hardly below zero need no part of it. */
    private static Linear around(List<DemoRow> rows, int axis) {
        DoubleSummaryStatistics values = rows.stream().flatMap(row -> points(row).stream())
                .mapToDouble(point -> point[axis]).summaryStatistics();
        double low = values.getMin() < -NEGLIGIBLE * values.getMax() ? values.getMin() : 0;
        return Linear.around(low, Math.max(0, values.getMax()));
    }

    private static void draw(FigureCanvas canvas, List<DemoRow> rows, Linear constants, Linear errors) {
        canvas.rectangle(0, 0, WIDTH, HEIGHT, Color.WHITE);
        FigurePanel panel = new FigurePanel(LEFT, TOP, ACROSS, UP, constants, errors);
        panel.draw(canvas, "Thirteen elastic constants of each structure", "molecular statics [GPa]",
                "network minus molecular statics [GPa]");
        canvas.line(panel.atX(constants.low()), panel.atY(0), panel.atX(constants.high()), panel.atY(0),
                FigurePanel.INK, 1);
        for (int i = 0; i < rows.size(); i++) {
            Color color = COLORS.get(i % COLORS.size());
            canvas.dots(points(rows.get(i)).stream().map(point -> new Dot(panel.atX(point[0]), panel.atY(point[1])))
                    .toList(), DOT, color);
            double y = TOP + 20 + 22 * i;
            canvas.dots(List.of(new Dot(LEGEND, y - 4)), DOT, color);
            canvas.text(rows.get(i).input().name(), LEGEND + 10, y, 12, Anchor.START, FigurePanel.INK);
        }
    }

    /** What statics finds, and what the network is off by. */
    private static List<double[]> points(DemoRow row) {
        double[] measured = ElasticConstants.of(row.fast().tensor());
        double[] predicted = ElasticConstants.of(row.prediction().tensor());
        return IntStream.range(0, measured.length)
                .mapToObj(k -> new double[] {measured[k], predicted[k] - measured[k]}).toList();
    }
}
