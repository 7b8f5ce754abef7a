// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.jmh.statics;

import io.github.nanohooke.comparison.Quantiles;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What the shots of all methods on one list of structures say together. */
final class RandomTensorSummary {
    private final Map<Long, TensorRow> fast = new TreeMap<>();
    private final Map<String, Map<Long, TensorRow>> others = new TreeMap<>();
    private final Map<Long, Confirmation> confirmations = new TreeMap<>();

    /**
     * @param rows      of each method; the fast one's name is {@code hessian}
     * @param confirmed of the fast one's rows, where it was asked for
     */
    RandomTensorSummary(Map<String, List<TensorRow>> rows, List<Confirmation> confirmed) {
        confirmed.forEach(confirmation -> confirmations.put(confirmation.position(), confirmation));
        rows.forEach((method, list) -> {
            Map<Long, TensorRow> target = method.equals(RandomTensorBenchmark.FAST) ? fast
                    : others.computeIfAbsent(method, name -> new TreeMap<>());
            list.forEach(row -> target.put(row.position(), row));
        });
    }

    /** One structure and one of the slow methods beside the fast one, for tables. */
    public record Line(long position, long index, double porosity, boolean startStable, int cells, String fastOutcome,
            double fastSeconds, double fastCpuSeconds, String method, String outcome, double seconds, double cpuSeconds,
            double difference, double confirmedDifference, double energyDifference, String verdict, double ratio) {
    }

    /** A line for each structure and slow method; where no slow method ran, the fast one alone. */
    List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        for (TensorRow own : fast.values()) {
            int before = lines.size();
            others.forEach((method, rows) -> {
                if (rows.containsKey(own.position())) {
                    lines.add(line(own, method, rows.get(own.position())));
                }
            });
            if (lines.size() == before) {
                lines.add(new Line(own.position(), own.index(), own.porosity(), own.startStable(), own.cells(),
                        own.outcome(), own.seconds(), own.cpuSeconds(), "", "", Double.NaN, Double.NaN, Double.NaN,
                        Double.NaN, Double.NaN, "", Double.NaN));
            }
        }
        return lines;
    }

    private Verdict verdict(TensorRow own, TensorRow other) {
        return Verdict.of(own, other, confirmations.get(own.position()));
    }

    private Line line(TensorRow own, String method, TensorRow other) {
        Confirmation confirmation = confirmations.get(own.position());
        return new Line(own.position(), own.index(), own.porosity(), own.startStable(), own.cells(), own.outcome(),
                own.seconds(), own.cpuSeconds(), method, other.outcome(), other.seconds(), other.cpuSeconds(),
                own.distance(other), confirmation == null ? Double.NaN : confirmation.difference(),
                other.energy() - own.energy(), verdict(own, other).label(),
                other.cpuSeconds() / own.cpuSeconds());
    }

    /** Structures on which a slow method and the fast one have different tensors for no known reason. */
    List<Line> wrong() {
        return lines().stream().filter(line -> line.verdict().equals(Verdict.WRONG.label())).toList();
    }

    /** Positions of those of them of whose fast tensor nothing is known yet. */
    List<Long> unconfirmed() {
        return wrong().stream().map(Line::position).distinct().filter(position -> {
            Confirmation confirmation = confirmations.get(position);
            return confirmation == null || !confirmation.isOf(fast.get(position));
        }).toList();
    }

    /** For people. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        line(text, "%d random structures at 5 to 80 %% porosity, CPU seconds of one thread (wall seconds in brackets)",
                fast.size());
        line(text, "%-44s %9s %17s %17s %9s", "", "structures", "median", "mean", "max");
        times(text, "hessian, one cell (certificate included)", fast, row -> row.cells() == 1);
        times(text, "  of these, unrelaxed lattice unstable", fast, row -> row.cells() == 1 && !row.startStable());
        times(text, "hessian, three cells", fast, row -> row.cells() != 1);
        times(text, "hessian, all", fast, row -> true);
        others.forEach((method, rows) -> times(text, method, rows, row -> true));
        line(text, "hessian: outcomes %s", outcomes(fast));
        others.forEach((method, rows) -> against(text, method, rows));
        for (Line wrong : wrong()) {
            line(text, "WRONG: structure %d (%s): %.4f GPa apart at equal energies", wrong.index(), wrong.method(),
                    wrong.difference());
        }
        return text.toString();
    }

    private void against(StringBuilder text, String method, Map<Long, TensorRow> rows) {
        Map<Verdict, List<TensorRow>> byVerdict = new EnumMap<>(Verdict.class);
        for (TensorRow other : rows.values()) {
            TensorRow own = fast.get(other.position());
            if (own != null) {
                byVerdict.computeIfAbsent(verdict(own, other), v -> new ArrayList<>()).add(other);
            }
        }
        List<TensorRow> same = byVerdict.getOrDefault(Verdict.SAME, List.of());
        Quantiles ratios = new Quantiles(same.stream()
                .mapToDouble(row -> row.cpuSeconds() / fast.get(row.position()).cpuSeconds()).toArray());
        Quantiles distances = new Quantiles(same.stream()
                .mapToDouble(row -> row.distance(fast.get(row.position()))).toArray());
        Map<String, Integer> counts = new TreeMap<>();
        byVerdict.forEach((verdict, list) -> counts.put(verdict.label(), list.size()));
        line(text, "%n%s against hessian on %d structures: %s", method, rows.size(), counts);
        line(text, "  CPU time, %s / hessian, on the %d with the same tensor: median %.0f, least %.0f, most %.0f",
                method, ratios.count(), ratios.median(), ratios.at(0), ratios.max());
        line(text, "  |dC| there: median %.4f, largest %.4f GPa", distances.median(), distances.max());
    }

    private static void times(StringBuilder text, String title, Map<Long, TensorRow> rows,
            Predicate<TensorRow> which) {
        List<TensorRow> these = rows.values().stream().filter(which).toList();
        Quantiles cpu = new Quantiles(these.stream().mapToDouble(TensorRow::cpuSeconds).toArray());
        Quantiles wall = new Quantiles(these.stream().mapToDouble(TensorRow::seconds).toArray());
        if (cpu.count() > 0) {
            line(text, "%-44s %10d %7.3f (%7.3f) %7.3f (%7.3f) %8.3f", title, cpu.count(), cpu.median(), wall.median(),
                    cpu.mean(), wall.mean(), cpu.max());
        }
    }

    private static Map<String, Integer> outcomes(Map<Long, TensorRow> rows) {
        Map<String, Integer> outcomes = new TreeMap<>();
        rows.values().forEach(row -> outcomes.merge(row.outcome(), 1, Integer::sum));
        return outcomes;
    }

    private static void line(StringBuilder text, String pattern, Object... values) {
        text.append(String.format(Locale.ROOT, pattern, values)).append(System.lineSeparator());
    }
}
