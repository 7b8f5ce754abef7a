// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison;

import io.github.nanohooke.comparison.MinimaRow.Descent;
import io.github.nanohooke.comparison.MinimaRow.Gap;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** How often the three ways down end in the same minimum, and how far apart they are where not. */
public final class MinimaSummary {
    private final List<MinimaRow> rows;

    public MinimaSummary(List<MinimaRow> rows) {
        this.rows = List.copyOf(rows);
    }

    /** Two of the three ways. */
    public enum Pair {
        CG_FIRE("LAMMPS CG - LAMMPS FIRE", MinimaRow::cgFire),
        FAST_FIRE("fast - LAMMPS FIRE", MinimaRow::fastFire),
        FAST_CG("fast - LAMMPS CG", MinimaRow::fastCg);

        private final String title;
        private final Function<MinimaRow, Gap> gap;

        Pair(String title, Function<MinimaRow, Gap> gap) {
            this.title = title;
            this.gap = gap;
        }
    }

    /**
     * One pair over some of the structures.
     *
     * @param structures all of them
     * @param compared   those where both ways ended with a tensor
     * @param same       of these, those in the same minimum
     * @param saddles    without tensors, but at one stationary point
     * @param tensors    |dC| where they differ [GPa]
     * @param energies   |dE| where they differ [eV]
     */
    public record Agreement(int structures, int compared, int same, int saddles, Quantiles tensors,
            Quantiles energies) {
        /** Share of {@link #compared()} in the same minimum [%]; NaN where there is none. */
        public double rate() {
            return 100.0 * same / compared;
        }
    }

    /** A pair over the structures that a condition picks. */
    public Agreement of(Pair pair, Predicate<MinimaRow> which) {
        List<Gap> gaps = rows.stream().filter(which).map(pair.gap).toList();
        List<Gap> compared = gaps.stream().filter(Gap::hasTensors).toList();
        List<Gap> different = compared.stream().filter(gap -> !gap.same()).toList();
        return new Agreement(gaps.size(), compared.size(), compared.size() - different.size(),
                (int) gaps.stream().filter(Gap::sameSaddle).count(),
                new Quantiles(different.stream().mapToDouble(Gap::tensor).toArray()),
                new Quantiles(different.stream().mapToDouble(gap -> Math.abs(gap.energy())).toArray()));
    }

    /** Whether the fast route is in FIRE's minimum at least as often as CG is: the rule for structures with several. */
    public boolean fastFollowsFire() {
        return of(Pair.FAST_FIRE, row -> true).rate() >= of(Pair.CG_FIRE, row -> true).rate();
    }

    /** For people. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        line(text, "%d structures, porosity %.1f to %.1f %%; unrelaxed lattice unstable in %d; %d ask for three cells"
                + " along z", rows.size(), rows.stream().mapToDouble(MinimaRow::porosity).min().orElse(Double.NaN),
                rows.stream().mapToDouble(MinimaRow::porosity).max().orElse(Double.NaN), count(r -> !r.startStable()),
                count(r -> r.cells() == 3));
        line(text, "Same minimum: no component of the tensors differs by more than %.2f GPa.", MinimaRow.SAME_TENSOR);
        block(text, "all structures", row -> true);
        block(text, "unrelaxed lattice stable", MinimaRow::startStable);
        block(text, "unrelaxed lattice unstable", row -> !row.startStable());
        line(text, "%nThe fast route agrees with FIRE at least as often as CG does: %s.",
                fastFollowsFire() ? "yes" : "no");
        line(text, "%n%-6s %12s %12s %12s %14s %10s", "", "CPU median", "mean", "max [s]", "evaluations", "converged");
        effort(text, "cg", MinimaRow::cg);
        effort(text, "fire", MinimaRow::fire);
        effort(text, "fast", MinimaRow::fast);
        line(text, "(cg and fire: relaxation alone; fast: relaxation, tensor and certificate)");
        List<MinimaRow> differing = rows.stream().filter(row -> !row.reason().isEmpty()).toList();
        line(text, "%n%d structures where not all three have the same tensor:", differing.size());
        for (MinimaRow row : differing) {
            line(text, "  %6d  %5.1f %%  dC cg-fire %.3f, fast-fire %.3f, fast-cg %.3f GPa: %s", row.index(),
                    row.porosity(), row.cgFire().tensor(), row.fastFire().tensor(), row.fastCg().tensor(),
                    row.reason());
        }
        return text.toString();
    }

    private void block(StringBuilder text, String title, Predicate<MinimaRow> which) {
        line(text, "%n%-27s %5s %5s %7s %8s   %-26s %-26s", title, "same", "of", "rate", "saddles",
                "|dC| median 90 % max [GPa]", "|dE| median 90 % max [eV]");
        for (Pair pair : Pair.values()) {
            Agreement a = of(pair, which);
            line(text, "%-27s %5d %5d %6.1f%% %8d   %s %s", pair.title, a.same(), a.compared(), a.rate(), a.saddles(),
                    spread(a.tensors()), spread(a.energies()));
        }
    }

    private static String spread(Quantiles values) {
        return values.count() == 0 ? String.format("%8s %8s %8s", "-", "-", "-")
                : String.format(Locale.ROOT, "%8.3f %8.3f %8.3f", values.median(), values.at(0.9), values.max());
    }

    private void effort(StringBuilder text, String name, Function<MinimaRow, Descent> way) {
        Quantiles cpu = quantiles(row -> way.apply(row).cpuSeconds());
        line(text, "%-6s %12.2f %12.2f %12.2f %14.0f %10d", name, cpu.median(), cpu.mean(), cpu.max(),
                quantiles(row -> way.apply(row).evaluations()).median(), count(row -> way.apply(row).converged()));
    }

    private Quantiles quantiles(ToDoubleFunction<MinimaRow> value) {
        return new Quantiles(rows.stream().mapToDouble(value).toArray());
    }

    private int count(Predicate<MinimaRow> which) {
        return (int) rows.stream().filter(which).count();
    }

    private static void line(StringBuilder text, String pattern, Object... values) {
        text.append(String.format(Locale.ROOT, pattern, values)).append(System.lineSeparator());
    }
}
