// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.demo;

import io.github.nanohooke.comparison.Quantiles;
import io.github.nanohooke.statics.Outcome;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.surrogate.evaluate.ErrorStatistics;
import io.github.nanohooke.surrogate.predict.ElasticSurrogate;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.ElasticTensor;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What the demonstration prints: both methods of statics side by side, then the network beside statics. */
final class DemoTables {
    private static final String STATICS = "%-18s %6s %8s %8s %8s %8s %8s %8s %8s %8s %9s %7s %7s %5s %12s%n";
    /** Speed of the network over molecular statics that the paper reports (section 4). */
    private static final int PAPER_RATIO = 230;

    private DemoTables() {
    }

    static void printStatics(PrintWriter print, List<DemoRow> rows, int nz) {
        print.println("Molecular statics");
        print.printf(STATICS, "structure", "atoms", "porosity", "C11", "C22", "C33", "C12", "C44", "C66", "K",
                "K (Fig.4)", "LAMMPS", "Hessian", "cells", "largest |dC|");
        print.printf(STATICS, "", "", "%", "GPa", "GPa", "GPa", "GPa", "GPa", "GPa", "GPa", "GPa", "s", "s", "", "GPa");
        for (DemoRow row : rows) {
            print.println(statics(row));
        }
        boolean lammps = rows.stream().anyMatch(row -> row.lammps() != null);
        print.println("Constants: " + (lammps ? "LAMMPS" : "the Hessian") + " with " + nz
                + " cell(s) along z. cells: along z, by the Hessian's certificate."
                + " |dC|: between the two methods; where it is large, the cells or the minima differ.");
    }

    private static String statics(DemoRow row) {
        StaticsResult result = row.statics();
        String start = String.format(Locale.ROOT, "%-18s %6d %8.2f", row.input().name(), row.input().atoms().count(),
                row.input().porosity().orElse(Double.NaN));
        if (result.tensor() == null) {
            return start + "  " + result.outcome() + ": " + result.explanation();
        }
        var c = result.tensor();
        ElasticTensor fast = row.fast().tensor();
        return start + String.format(Locale.ROOT,
                " %8.2f %8.2f %8.2f %8.2f %8.2f %8.2f %8.2f %9s %7s %7.2f %5s %12s%s",
                c.get(0, 0), c.get(1, 1), c.get(2, 2), c.get(0, 1), c.get(3, 3), c.get(5, 5), c.bulkModulus(),
                row.expectedBulkModulus() == null ? "" : String.format(Locale.ROOT, "%.2f", row.expectedBulkModulus()),
                row.lammps() == null ? "-" : String.format(Locale.ROOT, "%.1f", row.lammps().seconds()),
                row.fast().seconds(),
                row.fast().stability().map(report -> Integer.toString(report.cells())).orElse(""),
                row.lammps() == null ? "-" : fast == null ? "none"
                        : String.format(Locale.ROOT, "%.4f", fast.distance(c)),
                result.outcome() == Outcome.STABLE ? "" : "  " + result.outcome());
    }

    static void printNetwork(PrintWriter print, List<DemoRow> rows, ElasticSurrogate network) {
        print.println();
        print.println("The network beside statics (method hessian) [GPa]");
        print.printf("%-18s %-8s", "structure", "");
        ElasticConstants.names().forEach(name -> print.printf(" %6s", name));
        print.printf(" %6s %9s%n", "K", "time");
        for (DemoRow row : rows) {
            if (row.fast().tensor() != null) {
                printComparison(print, row);
            }
        }
        if (rows.stream().anyMatch(row -> row.prediction().uncertainty().isPresent())) {
            print.println("within: how far the network says that each constant may be off, in 95 of 100 structures.");
        }
        print.println(summary(rows));
        print.println("Model " + network.name() + " on " + network.backend());
    }

    private static void printComparison(PrintWriter print, DemoRow row) {
        double[] measured = values(row.fast().tensor());
        double[] predicted = values(row.prediction().tensor());
        double[] error = new double[measured.length];
        Arrays.setAll(error, k -> predicted[k] - measured[k]);
        print.println(line(row.input().name(), "statics", measured, String.format(Locale.ROOT, "%.2f s",
                row.fast().seconds())));
        print.println(line("", "network", predicted, String.format(Locale.ROOT, "%.2f ms",
                1e3 * row.prediction().seconds())));
        print.println(line("", "error", error, ""));
        row.prediction().uncertainty().ifPresent(u -> print.println(line("", "within",
                u.constants().stream().mapToDouble(Double::doubleValue).toArray(), "")));
    }

    /** The thirteen constants and the bulk modulus. */
    private static double[] values(ElasticTensor tensor) {
        double[] constants = ElasticConstants.of(tensor);
        double[] values = Arrays.copyOf(constants, constants.length + 1);
        values[constants.length] = tensor.bulkModulus();
        return values;
    }

    private static String line(String name, String label, double[] values, String time) {
        StringBuilder text = new StringBuilder(String.format("%-18s %-8s", name, label));
        for (double value : values) {
            text.append(String.format(Locale.ROOT, " %6.2f", Math.abs(value) < 0.005 ? 0 : value));
        }
        return text.append(String.format(" %9s", time)).toString().stripTrailing();
    }

    private static String summary(List<DemoRow> rows) {
        List<DemoRow> compared = rows.stream().filter(row -> row.fast().tensor() != null).toList();
        ErrorStatistics.Collector errors = new ErrorStatistics.Collector();
        for (DemoRow row : compared) {
            errors.add(ElasticConstants.of(row.prediction().tensor()), ElasticConstants.of(row.fast().tensor()));
        }
        return String.format(Locale.ROOT, "RMSE over all constants %.2f GPa. From relaxed atoms to constants in %.2f ms"
                + " on one core: in the median %s%.0f times as fast as the Hessian (the"
                + " paper: %d times as fast as its LAMMPS).",
                errors.statistics().rmse(),
                1e3 * median(compared, row -> row.prediction().seconds()),
                compared.stream().anyMatch(row -> row.lammps() == null) ? "" : String.format(Locale.ROOT,
                        "%.0f times as fast as LAMMPS and ",
                        median(compared, row -> row.lammps().seconds() / row.prediction().seconds())),
                median(compared, row -> row.fast().seconds() / row.prediction().seconds()), PAPER_RATIO);
    }

    private static double median(List<DemoRow> rows, ToDoubleFunction<DemoRow> value) {
        return new Quantiles(rows.stream().mapToDouble(value).toArray()).median();
    }
}
