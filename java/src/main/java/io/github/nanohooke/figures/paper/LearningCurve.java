// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.figures.paper;

import io.github.nanohooke.figures.chart.Chart;
import io.github.nanohooke.figures.chart.ChartSheet;
import io.github.nanohooke.figures.chart.Series;
import io.github.nanohooke.figures.chart.Series.Style;
import io.github.nanohooke.io.Csv;
import io.github.nanohooke.io.FileFormatException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/**
 * How the errors of networks fall with the samples that they learnt from, and what more samples would bring: errors of
 * trainings follow a power law, RMSE = a samples^-b, until something else than samples limits them (Hestness et al.,
 * arXiv 1712.00409).
 *
 * @param name    what of: a family, an input
 * @param samples that were learnt from, two different numbers at least
 * @param rmse    over all constants [GPa]
 */
public record LearningCurve(String name, double[] samples, double[] rmse) {
    private static final String SAMPLES = "samples";
    private static final String UNIT = "_GPa";
    /** The only curve of a file with one has the plain name. */
    private static final String PLAIN = "rmse";
    private static final String SHAPE = "its first line must be samples,rmse_GPa, or samples,NAME_GPa,... with a "
            + "column for each curve";

    /**
     * The curves of a file.
     *
     * @param file CSV: samples, then a column NAME_GPa for each curve; a field is empty where a curve has no point
     * @throws FileFormatException when it is none
     */
    public static List<LearningCurve> read(Path file) {
        List<List<String>> rows = Csv.read(file);
        List<String> header = rows.isEmpty() ? List.of() : rows.get(0);
        if (header.size() < 2 || !header.get(0).equals(SAMPLES)
                || !header.stream().skip(1).allMatch(column -> column.endsWith(UNIT))) {
            throw new FileFormatException(file + " is no learning curve: " + SHAPE);
        }
        List<LearningCurve> curves = new ArrayList<>();
        for (int column = 1; column < header.size(); column++) {
            List<double[]> points = new ArrayList<>();
            for (int line = 2; line <= rows.size(); line++) {
                List<String> row = rows.get(line - 1);
                if (row.size() != header.size()) {
                    throw wrong(file, line, header.size() + " fields are needed", row);
                }
                if (!row.get(column).isBlank()) {
                    points.add(new double[] {number(file, line, row, 0), number(file, line, row, column)});
                }
            }
            String name = header.get(column).substring(0, header.get(column).length() - UNIT.length());
            double[] samples = points.stream().mapToDouble(p -> p[0]).toArray();
            if (DoubleStream.of(samples).distinct().count() < 2) {
                throw new FileFormatException("the learning curve " + file + ": " + header.get(column) + " has points "
                        + "at fewer than two numbers of samples, which make no curve");
            }
            curves.add(new LearningCurve(name, samples, points.stream().mapToDouble(p -> p[1]).toArray()));
        }
        return curves;
    }

    private static double number(Path file, int line, List<String> row, int column) {
        try {
            double value = Double.parseDouble(row.get(column));
            if (value > 0 && !Double.isInfinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw new FileFormatException(message(file, line, "numbers are needed", row), e);
        }
        throw wrong(file, line, "positive numbers are needed", row);
    }

    private static FileFormatException wrong(Path file, int line, String needed, List<String> row) {
        return new FileFormatException(message(file, line, needed, row));
    }

    private static String message(Path file, int line, String needed, List<String> row) {
        return "the learning curve " + file + ", line " + line + ": " + needed + ", got " + String.join(",", row);
    }

    /** The power law's b, by least squares of the logarithms. */
    double exponent() {
        double x = meanLog(samples);
        double y = meanLog(rmse);
        double xx = 0;
        double xy = 0;
        for (int i = 0; i < samples.length; i++) {
            double dx = Math.log(samples[i]) - x;
            xx += dx * dx;
            xy += dx * (Math.log(rmse[i]) - y);
        }
        return -xy / xx;
    }

    /** The power law's error for so many samples [GPa]. */
    double fitted(double count) {
        return Math.exp(meanLog(rmse) - exponent() * (Math.log(count) - meanLog(samples)));
    }

    /** What twice the samples take off the error [%]. */
    double doubling() {
        return 100 * (1 - Math.pow(2, -exponent()));
    }

    private static double meanLog(double[] values) {
        return DoubleStream.of(values).map(Math::log).average().orElseThrow();
    }

    private String note() {
        double last = 2 * DoubleStream.of(samples).max().orElseThrow();
        // Rounded here: of what rounds to nothing no sign is left.
        double power = 0.0 - Math.rint(100 * exponent()) / 100;
        double taken = 0.0 + Math.rint(doubling());
        return String.format(Locale.ROOT, "%s: samples^%.2f, a doubling takes %.0f %%; %.3f GPa at %.0f",
                label().isEmpty() ? "RMSE" : label(), power, taken, fitted(last), last);
    }

    private String label() {
        return name.equals(PLAIN) ? "" : name;
    }

    /** On logarithmic axes, with the power laws up to twice the samples. */
    static ChartSheet chart(List<LearningCurve> curves) {
        List<Series> series = new ArrayList<>();
        for (int k = 0; k < curves.size(); k++) {
            LearningCurve curve = curves.get(k);
            double[] ends = {DoubleStream.of(curve.samples).min().orElseThrow(),
                2 * DoubleStream.of(curve.samples).max().orElseThrow()};
            series.add(new Series("", k + 1, Style.DASHED, ends, DoubleStream.of(ends).map(curve::fitted).toArray()));
            series.add(new Series(curve.label(), k + 1, Style.MARKERS, curve.samples, curve.rmse));
        }
        return new ChartSheet("Learning curve", 1, List.of(new Chart("", "samples", "RMSE over all constants [GPa]",
                series, curves.stream().map(LearningCurve::note).toList(), Chart.Scale.LOGARITHMIC)));
    }
}
