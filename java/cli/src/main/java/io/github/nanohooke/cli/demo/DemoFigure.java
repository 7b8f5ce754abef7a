// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.demo;

import io.github.nanohooke.plot.FigureAxis.Linear;
import io.github.nanohooke.plot.FigureCanvas;
import io.github.nanohooke.plot.FigureCanvas.Anchor;
import io.github.nanohooke.plot.FigureCanvas.Dot;
import io.github.nanohooke.plot.FigureFile;
import io.github.nanohooke.plot.FigurePanel;
import io.github.nanohooke.surrogate.evaluate.ErrorStatistics;
import io.github.nanohooke.surrogate.evaluate.TestErrors;
import io.github.nanohooke.tensor.ElasticConstants;
import java.awt.Color;
import java.nio.file.Path;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** The network's errors in the constants of all structures of the demonstration, against what statics finds. */
final class DemoFigure {
    private static final int WIDTH = 860;
    private static final int HEIGHT = 540;
    private static final double LEFT = 80;
    private static final double TOP = 84;
    private static final double ACROSS = 600;
    private static final double UP = 390;
    private static final double LEGEND = LEFT + ACROSS + 20;
    private static final double DOT = 8;
    private static final double ROW = 40;
    private static final double LARGE = 15;
    private static final double SMALL = 12;
    /** Letters of a model's name that fit into the title. */
    private static final int LONGEST_NAME = 48;
    /** Okabe and Ito's colours, which colour-blind people can tell apart as well. */
    private static final List<Color> COLORS = List.of(new Color(0x0072b2), new Color(0xd55e00), new Color(0x009e73),
            new Color(0xcc79a7), new Color(0xe69f00), new Color(0x56b4e9));

    private static final Color MUTED = new Color(0x6b727a);

    private DemoFigure() {
    }

    /**
     * Draws the figure.
     *
     * @param file   .png or .svg
     * @param rows   without a tensor of statics they have no part in it
     * @param model  the network's name
     * @param tested its errors on structures that it never saw; empty where its file tells none
     */
    static void write(Path file, List<DemoRow> rows, String model, Optional<TestErrors> tested) {
        List<DemoRow> compared = rows.stream().filter(row -> row.fast().tensor() != null).toList();
        Linear constants = around(compared, 0);
        Linear errors = around(compared, 1);
        FigureFile.write(file, WIDTH, HEIGHT, canvas -> {
            canvas.rectangle(0, 0, WIDTH, HEIGHT, Color.WHITE);
            canvas.text("Network " + shortened(model) + " against molecular statics", LEFT, 28, LARGE, Anchor.START,
                    FigurePanel.INK);
            canvas.text(summary(compared, tested), LEFT, 50, SMALL, Anchor.START, FigurePanel.INK);
            draw(canvas, compared, constants, errors);
        });
    }

    private static String shortened(String model) {
        String name = Path.of(model).getFileName().toString();
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "\u2026";
    }

    private static String summary(List<DemoRow> rows, Optional<TestErrors> tested) {
        String here = String.format(Locale.ROOT, "RMSE over the thirteen constants: %.2f GPa here, ", rmse(rows));
        return here + tested.map(errors -> String.format(Locale.ROOT, "%.2f GPa on %d structures of the test part",
                errors.rmse(), errors.samples())).orElse("that of its test part is not in the model file");
    }

    private static double rmse(List<DemoRow> rows) {
        ErrorStatistics.Collector errors = new ErrorStatistics.Collector();
        for (DemoRow row : rows) {
            errors.add(ElasticConstants.of(row.prediction().tensor()), ElasticConstants.of(row.fast().tensor()));
        }
        return errors.statistics().rmse();
    }

    /** An axis for the points' x or y values, and for zero. */
    private static Linear around(List<DemoRow> rows, int axis) {
        DoubleSummaryStatistics values = rows.stream().flatMap(row -> points(row).stream())
                .mapToDouble(point -> point[axis]).summaryStatistics();
        return Linear.padded(Math.min(0, values.getMin()), Math.max(0, values.getMax()));
    }

    private static void draw(FigureCanvas canvas, List<DemoRow> rows, Linear constants, Linear errors) {
        FigurePanel panel = new FigurePanel(LEFT, TOP, ACROSS, UP, constants, errors);
        panel.draw(canvas, "", "constant by molecular statics [GPa]", "network minus molecular statics [GPa]");
        canvas.line(panel.atX(constants.low()), panel.atY(0), panel.atX(constants.high()), panel.atY(0),
                FigurePanel.INK, 1);
        for (int i = 0; i < rows.size(); i++) {
            DemoRow row = rows.get(i);
            Color color = COLORS.get(i % COLORS.size());
            canvas.dots(points(row).stream().map(point -> new Dot(panel.atX(point[0]), panel.atY(point[1])))
                    .toList(), DOT, color);
            double y = TOP + 20 + ROW * i;
            canvas.dots(List.of(new Dot(LEGEND, y - 4)), DOT, color);
            canvas.text(row.input().name(), LEGEND + 10, y, SMALL, Anchor.START, FigurePanel.INK);
            canvas.text(String.format(Locale.ROOT, "RMSE %.2f GPa", rmse(List.of(row))), LEGEND + 10, y + 15, SMALL,
                    Anchor.START, MUTED);
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
