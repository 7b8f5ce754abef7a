// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.figures;

import io.github.nanohooke.plot.FigureAxis;
import io.github.nanohooke.plot.FigureCanvas;
import io.github.nanohooke.plot.FigureCanvas.Anchor;
import io.github.nanohooke.plot.FigureCanvas.Dot;
import io.github.nanohooke.plot.FigureFile;
import io.github.nanohooke.plot.FigurePanel;
import java.awt.Color;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Force against displacement, as on the left of the paper's Fig. 7. */
public final class PathFigure {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 560;
    private static final double MARKER = 7;
    private static final Color[] COLOURS = {new Color(0x1a1a1a), new Color(0xb2182b), new Color(0x2166ac),
        new Color(0x1b7837), new Color(0x762a83), new Color(0xb35806), new Color(0x01968a), new Color(0x8c6d31)};

    /** How a curve is drawn. */
    public enum Style {
        LINE, DASHES, OVERLAY, MARKERS
    }

    /**
     * A curve.
     *
     * @param name   for the legend
     * @param colour counted from 0; curves of one source share one
     * @param style  dashes for small displacements, an overlay of long ones for what lies on another curve, markers for
     *               what others are held against
     * @param x      displacements
     * @param y      forces
     */
    public record Line(String name, int colour, Style style, double[] x, double[] y) {
    }

    private PathFigure() {
    }

    /**
     * Draws them.
     *
     * @param file   .png or .svg
     * @param xLabel with its unit
     * @param yLabel with its unit
     */
    public static void write(Path file, String title, String xLabel, String yLabel, List<Line> lines) {
        double[] x = lines.stream().flatMapToDouble(l -> Arrays.stream(l.x())).sorted().toArray();
        double[] y = lines.stream().flatMapToDouble(l -> Arrays.stream(l.y())).sorted().toArray();
        FigurePanel panel = new FigurePanel(70, 45, WIDTH - 100, HEIGHT - 110,
                FigureAxis.Linear.around(x[0], x[x.length - 1]), FigureAxis.Linear.around(y[0], y[y.length - 1]));
        FigureFile.write(file, WIDTH, HEIGHT, canvas -> {
            canvas.rectangle(0, 0, WIDTH, HEIGHT, Color.WHITE);
            panel.draw(canvas, title, xLabel, yLabel);
            for (int k = 0; k < lines.size(); k++) {
                draw(canvas, panel, lines.get(k), k);
            }
        });
    }

    private static void draw(FigureCanvas canvas, FigurePanel panel, Line line, int number) {
        Color colour = COLOURS[line.colour() % COLOURS.length];
        List<Dot> dots = IntStream.range(0, line.x().length)
                .mapToObj(i -> new Dot(panel.atX(line.x()[i]), panel.atY(line.y()[i]))).toList();
        double top = panel.top() + 18 + 17 * number;
        List<Dot> key = List.of(new Dot(panel.left() + 12, top), new Dot(panel.left() + 42, top));
        switch (line.style()) {
            case DASHES -> {
                canvas.dashes(dots, 6, colour, 1.5);
                canvas.dashes(key, 6, colour, 1.5);
            }
            case OVERLAY -> {
                canvas.dashes(dots, 10, colour, 1.8);
                canvas.dashes(key, 10, colour, 1.8);
            }
            case MARKERS -> {
                canvas.dots(dots, MARKER, colour);
                canvas.dots(List.of(new Dot(panel.left() + 27, top)), MARKER, colour);
            }
            default -> {
                canvas.polyline(dots, colour, 1.8);
                canvas.polyline(key, colour, 1.8);
            }
        }
        canvas.text(line.name(), panel.left() + 48, top + 4, 12, Anchor.START, FigurePanel.INK);
    }
}
