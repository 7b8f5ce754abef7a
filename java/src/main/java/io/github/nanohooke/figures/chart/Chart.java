// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.figures.chart;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * One pair of axes with what is drawn between them.
 *
 * @param title  above
 * @param xLabel with its unit
 * @param yLabel with its unit
 * @param series in the order of drawing
 * @param notes  lines of text in the panel
 * @param scale  of both axes
 */
public record Chart(String title, String xLabel, String yLabel, List<Series> series, List<String> notes, Scale scale) {
    /** How values lie along the axes; all of a logarithmic one must be positive. */
    public enum Scale { LINEAR, LOGARITHMIC }

    /** On linear axes. */
    public Chart(String title, String xLabel, String yLabel, List<Series> series, List<String> notes) {
        this(title, xLabel, yLabel, series, notes, Scale.LINEAR);
    }

    public Chart {
        series = List.copyOf(series);
        notes = List.copyOf(notes);
    }

    /** Lowest and highest place. */
    double[] rangeX() {
        return range((s, i) -> s.x()[i], (s, i) -> s.x()[i]);
    }

    /** Lowest and highest value, error bars included. */
    double[] rangeY() {
        return range((s, i) -> s.y()[i] - s.bar(i), (s, i) -> s.y()[i] + s.bar(i));
    }

    private double[] range(ToDoubleBiFunction<Series, Integer> low, ToDoubleBiFunction<Series, Integer> high) {
        double[] all = series.stream().flatMapToDouble(s -> IntStream.range(0, s.x().length).boxed()
                .flatMapToDouble(i -> DoubleStream.of(low.applyAsDouble(s, i), high.applyAsDouble(s, i))))
                .filter(Double::isFinite).toArray();
        return all.length == 0 ? new double[] {0, 1}
                : new double[] {Arrays.stream(all).min().orElseThrow(), Arrays.stream(all).max().orElseThrow()};
    }
}
