// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.figures;

import io.github.nanohooke.io.FileWriteException;
import io.github.nanohooke.plot.FigureAxis;
import io.github.nanohooke.plot.FigureCanvas;
import io.github.nanohooke.plot.FigureCanvas.Anchor;
import io.github.nanohooke.plot.FigureCanvas.Dot;
import io.github.nanohooke.plot.FigureFile;
import io.github.nanohooke.plot.FigurePanel;
import io.github.nanohooke.surrogate.train.EpochRecord;
import java.awt.Color;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** The curve of a training run: RMSE on the training part, while learning, and on the validation part, by epoch. */
public final class TrainingFigure {
    private static final int WIDTH = 820;
    private static final int HEIGHT = 500;
    // After Okabe and Ito, told apart with any kind of colour vision.
    private static final Color TRAINING = new Color(0x0072b2);
    private static final Color VALIDATION = new Color(0xd55e00);
    /** Keeps zero errors, which small tests may reach, on a logarithmic axis [GPa]. */
    private static final double SMALLEST = 1e-6;
    private static final int FEWEST_EPOCHS = 5;

    private TrainingFigure() {
    }

    /**
     * Draws the curve.
     *
     * @param file    ends in .png or .svg
     * @param history at least one epoch
     * @throws FileWriteException when the file cannot be written
     */
    public static void write(Path file, String title, List<EpochRecord> history) {
        FigureFile.write(file, WIDTH, HEIGHT, canvas -> draw(canvas, title, history));
    }

    private static void draw(FigureCanvas canvas, String title, List<EpochRecord> history) {
        canvas.rectangle(0, 0, WIDTH, HEIGHT, Color.WHITE);
        ToDoubleFunction<EpochRecord> training = record -> Math.max(SMALLEST, record.trainingRmse());
        ToDoubleFunction<EpochRecord> validation = record -> Math.max(SMALLEST, record.validation().rmse());
        double[] all = DoubleStream.concat(history.stream().mapToDouble(training),
                history.stream().mapToDouble(validation)).sorted().toArray();
        FigurePanel panel = new FigurePanel(70, 44, WIDTH - 100, HEIGHT - 100,
                FigureAxis.Linear.around(0, Math.max(FEWEST_EPOCHS, history.size())),
                FigureAxis.Logarithmic.around(all[0], all[all.length - 1]));
        panel.draw(canvas, title, "epoch", "RMSE over all constants [GPa]");
        curve(canvas, panel, history, training, TRAINING);
        curve(canvas, panel, history, validation, VALIDATION);
        EpochRecord best = history.stream().filter(EpochRecord::best).max(Comparator.comparingInt(EpochRecord::epoch))
                .orElseThrow();
        canvas.dots(List.of(new Dot(panel.atX(best.epoch()), panel.atY(validation.applyAsDouble(best)))), 9,
                VALIDATION);
        legend(canvas, 0, TRAINING, "training part, while learning");
        legend(canvas, 1, VALIDATION, String.format(Locale.ROOT, "validation part; best %.3f GPa after epoch %d",
                best.validation().rmse(), best.epoch()));
    }

    private static void curve(FigureCanvas canvas, FigurePanel panel, List<EpochRecord> history,
            ToDoubleFunction<EpochRecord> value, Color color) {
        List<Dot> points = history.stream()
                .map(record -> new Dot(panel.atX(record.epoch()), panel.atY(value.applyAsDouble(record)))).toList();
        canvas.polyline(points, color, 1.6);
        canvas.dots(points, 3, color);
    }

    private static void legend(FigureCanvas canvas, int line, Color color, String text) {
        double y = 66 + 20 * line;
        canvas.line(WIDTH - 400, y - 4, WIDTH - 376, y - 4, color, 2.5);
        canvas.text(text, WIDTH - 368, y, 13, Anchor.START, FigurePanel.INK);
    }
}
