// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.figures;

import io.github.nanohooke.io.FileWriteException;
import io.github.nanohooke.plot.FigureAxis.Linear;
import io.github.nanohooke.plot.FigureCanvas;
import io.github.nanohooke.plot.FigureCanvas.Anchor;
import io.github.nanohooke.plot.FigureCanvas.Dot;
import io.github.nanohooke.plot.FigureFile;
import io.github.nanohooke.plot.FigurePanel;
import io.github.nanohooke.surrogate.data.TrainingData;
import io.github.nanohooke.surrogate.evaluate.Evaluation;
import io.github.nanohooke.tensor.ElasticConstants;
import java.awt.Color;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Thirteen panels, one a constant: the predicted value against the true one. Perfect predictions lie on the line. */
public final class ParityFigure {
    private static final List<List<String>> ROWS = List.of(List.of("C11", "C22", "C33"), List.of("C12", "C13", "C23"),
            List.of("C44", "C55", "C66"), List.of("C16", "C26", "C36", "C45"));
    private static final double CELL = 310;
    private static final double PANEL = 220;
    private static final double LEFT = 66;
    private static final double TOP = 84;
    private static final int WIDTH = (int) (4 * CELL + 10);
    private static final int HEIGHT = (int) (4 * CELL + 40);
    private static final Color DOTS = new Color(0x00, 0x72, 0xb2, 150);
    private static final Color DIAGONAL = new Color(0xd55e00);

    private ParityFigure() {
    }

    /**
     * Draws the panels.
     *
     * @param file       ends in .png or .svg
     * @param title      of the page
     * @param evaluation errors that stand in the panels' titles
     * @param predicted  [sample][constant] in GPa
     * @param data       the truth
     * @throws FileWriteException when the file cannot be written
     */
    public static void write(Path file, String title, Evaluation evaluation, double[][] predicted, TrainingData data) {
        FigureFile.write(file, WIDTH, HEIGHT, canvas -> {
            canvas.rectangle(0, 0, WIDTH, HEIGHT, Color.WHITE);
            canvas.text(title, WIDTH / 2.0, 30, 18, Anchor.MIDDLE, FigurePanel.INK);
            for (int row = 0; row < ROWS.size(); row++) {
                for (int column = 0; column < ROWS.get(row).size(); column++) {
                    String name = ROWS.get(row).get(column);
                    panel(canvas, column * CELL + LEFT, TOP + row * CELL, name, evaluation.constants().get(name),
                            points(name, predicted, data));
                }
            }
        });
    }

    /** True and predicted values. */
    private static double[][] points(String name, double[][] predicted, TrainingData data) {
        int k = ElasticConstants.indexOf(name);
        return IntStream.range(0, data.size())
                .mapToObj(i -> new double[] {data.constants(i)[k], predicted[i][k]}).toArray(double[][]::new);
    }

    private static void panel(FigureCanvas canvas, double left, double top, String name, Evaluation.Errors errors,
            double[][] points) {
        double low = 0;
        double high = 0;
        for (double[] point : points) {
            low = Math.min(low, Math.min(point[0], point[1]));
            high = Math.max(high, Math.max(point[0], point[1]));
        }
        Linear range = Linear.around(low, high);
        FigurePanel panel = new FigurePanel(left, top, PANEL, PANEL, range, range);
        panel.draw(canvas, String.format(Locale.ROOT, "%s, RMSE %.2f GPa", name, errors.rmse()), "true [GPa]",
                "predicted [GPa]");
        canvas.line(panel.atX(range.low()), panel.atY(range.low()), panel.atX(range.high()), panel.atY(range.high()),
                DIAGONAL, 1);
        List<Dot> dots = IntStream.range(0, points.length)
                .mapToObj(i -> new Dot(panel.atX(points[i][0]), panel.atY(points[i][1]))).toList();
        canvas.dots(dots, points.length > 500 ? 2 : 3.5, DOTS);
    }
}
