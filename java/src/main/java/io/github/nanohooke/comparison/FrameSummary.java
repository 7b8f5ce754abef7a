// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** How far the frame moved labels, and whether that is all that moved them. */
public final class FrameSummary {
    private static final double LOW = 40;
    private static final double HIGH = 75;

    private final List<FrameRow> rows;

    public FrameSummary(List<FrameRow> rows) {
        this.rows = List.copyOf(rows);
    }

    /** Samples whose minimum is the stored one. */
    public List<FrameRow> same() {
        return rows.stream().filter(FrameRow::isSameMinimum).toList();
    }

    /** For people. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        line(text, "%d samples made again, %d in the minimum that is stored; of these:", rows.size(), same().size());
        line(text, "%-22s %7s | %8s %8s %8s | %9s %9s | %11s %11s", "", "samples", "angle of", "turn", "[deg]",
                "labels:", "[GPa]", "turned:", "[GPa]");
        line(text, "%-22s %7s | %8s %8s %8s | %9s %9s | %11s %11s", "", "", "median", "95 %", "largest", "RMSE",
                "largest", "RMSE", "largest");
        block(text, "all", row -> true);
        rows.stream().map(FrameRow::kind).distinct().forEach(kind -> block(text, kind, row -> row.kind().equals(kind)));
        block(text, "porosity below 40 %", row -> row.porosity() < LOW);
        block(text, "40 to 75 %", row -> row.porosity() >= LOW && row.porosity() < HIGH);
        block(text, "75 % and more", row -> row.porosity() >= HIGH);
        line(text, "%nLabels: the thirteen constants in the axes of the input against those that are stored, in LAMMPS'"
                + " cell.%nTurned: against the stored tensor, turned by the relaxed cell's angle.");
        List<FrameRow> others = rows.stream().filter(row -> !row.isSameMinimum()).toList();
        line(text, "%n%d samples not compared:", others.size());
        for (FrameRow row : others) {
            line(text, "  %s %d, %.1f %%, %s: %s", row.kind(), row.index(), row.porosity(), row.end(), row.reason());
        }
        return text.toString().stripTrailing();
    }

    private void block(StringBuilder text, String title, Predicate<FrameRow> which) {
        List<FrameRow> some = same().stream().filter(which).toList();
        if (some.isEmpty()) {
            return;
        }
        Quantiles angles = quantiles(some, FrameRow::angle);
        line(text, "%-22s %7d | %8.4f %8.4f %8.4f | %9.5f %9.5f | %11.2e %11.2e", title, some.size(),
                angles.median(), angles.at(0.95), angles.max(), rmse(some, FrameRow::rmse),
                quantiles(some, FrameRow::largest).max(), rmse(some, FrameRow::turnedRmse),
                quantiles(some, FrameRow::turnedLargest).max());
    }

    private static double rmse(List<FrameRow> some, ToDoubleFunction<FrameRow> value) {
        return Math.sqrt(some.stream().mapToDouble(value).map(v -> v * v).average().orElse(Double.NaN));
    }

    private static Quantiles quantiles(List<FrameRow> some, ToDoubleFunction<FrameRow> value) {
        return new Quantiles(some.stream().mapToDouble(value).toArray());
    }

    private static void line(StringBuilder text, String pattern, Object... values) {
        text.append(String.format(Locale.ROOT, pattern, values)).append('\n');
    }
}
