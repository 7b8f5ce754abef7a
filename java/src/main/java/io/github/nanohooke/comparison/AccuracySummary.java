// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** How near the fast route's tensors are to stress differences at the same minima. */
public final class AccuracySummary {
    private final List<AccuracyRow> rows;

    public AccuracySummary(List<AccuracyRow> rows) {
        this.rows = List.copyOf(rows);
    }

    /** |dC| at the plan's strain [GPa] over the structures that were judged. */
    public Quantiles differences() {
        return quantiles(row -> true, AccuracyRow::difference);
    }

    /** Structures whose difference is above the claim, or that have none. */
    public List<AccuracyRow> exceptions() {
        return rows.stream().filter(row -> !(row.difference() <= AccuracyRow.CLAIM)).toList();
    }

    /** For people. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        line(text, "%d structures, %d judged by stress differences at the fast route's minimum", rows.size(),
                differences().count());
        line(text, "%-14s %6s %10s %10s %10s   %-24s", "", "judged", "median", "90 %", "max",
                "|dC| at the plan's strain [GPa]");
        block(text, "one cell", row -> row.cells() == 1);
        block(text, "three cells", row -> row.cells() == 3);
        block(text, "all", row -> true);
        line(text, "%nCPU seconds, median and mean: fast %.2f, %.2f (relaxation, tensor, certificate); judge %.2f, %.2f"
                + " (12 strained cells)", quantiles(r -> true, AccuracyRow::fastCpuSeconds).median(),
                quantiles(r -> true, AccuracyRow::fastCpuSeconds).mean(),
                quantiles(r -> true, AccuracyRow::judgeCpuSeconds).median(),
                quantiles(r -> true, AccuracyRow::judgeCpuSeconds).mean());
        line(text, "%n%d exceptions to |dC| <= %.2f GPa:", exceptions().size(), AccuracyRow.CLAIM);
        for (AccuracyRow row : exceptions()) {
            line(text, "  %6d  %5.1f %%  %s, %d cell(s), %.4f GPa: %s", row.index(), row.porosity(), row.end(),
                    row.cells(), row.difference(), row.reason());
        }
        return text.toString();
    }

    private void block(StringBuilder text, String title, Predicate<AccuracyRow> which) {
        Quantiles q = quantiles(which, AccuracyRow::difference);
        line(text, "%-14s %6d %10.5f %10.5f %10.5f", title, q.count(), q.median(), q.at(0.9), q.max());
    }

    private Quantiles quantiles(Predicate<AccuracyRow> which, ToDoubleFunction<AccuracyRow> value) {
        return new Quantiles(rows.stream().filter(which).mapToDouble(value).toArray());
    }

    private static void line(StringBuilder text, String pattern, Object... values) {
        text.append(String.format(Locale.ROOT, pattern, values)).append(System.lineSeparator());
    }
}
