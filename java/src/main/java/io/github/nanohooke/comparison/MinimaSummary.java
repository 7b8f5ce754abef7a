// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison;

import io.github.nanohooke.comparison.MinimaRow.Descent;
import io.github.nanohooke.comparison.MinimaRow.Gap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** How often the three ways down end in the same minimum, and how far apart they are where not. */
public final class MinimaSummary {
    private final List<MinimaRow> rows;

    public MinimaSummary(List<MinimaRow> rows) {
        this.rows = List.copyOf(rows);
    }

    /** Two of the three ways; the second is the one that the first is held against. */
    public enum Pair {
        CG_FIRE("LAMMPS CG - LAMMPS FIRE", MinimaRow::cgFire, MinimaRow::fire),
        FAST_FIRE("fast - LAMMPS FIRE", MinimaRow::fastFire, MinimaRow::fire),
        FAST_CG("fast - LAMMPS CG", MinimaRow::fastCg, MinimaRow::cg);

        private final String title;
        private final Function<MinimaRow, Gap> gap;
        private final Function<MinimaRow, Descent> reference;

        Pair(String title, Function<MinimaRow, Gap> gap, Function<MinimaRow, Descent> reference) {
            this.title = title;
            this.gap = gap;
            this.reference = reference;
        }
    }

    /**
     * One pair over some of the structures.
     *
     * @param structures all of them
     * @param compared   those where the second way ended with a tensor
     * @param same       of these, those where the first is in the same minimum
     * @param missing    of these, those where the first has no tensor: not the same, or failing would pay
     * @param saddles    without both tensors, but at one stationary point
     * @param tensors    |dC| where they differ [GPa]
     * @param energies   |dE| where they differ [eV]
     */
    public record Agreement(int structures, int compared, int same, int missing, int saddles, Quantiles tensors,
            Quantiles energies) {
        /** Share of {@link #compared()} in the same minimum [%]; NaN where there is none. */
        public double rate() {
            return 100.0 * same / compared;
        }
    }

    /** A pair over the structures that a condition picks. */
    public Agreement of(Pair pair, Predicate<MinimaRow> which) {
        List<MinimaRow> picked = rows.stream().filter(which).toList();
        List<Gap> compared = picked.stream().filter(row -> pair.reference.apply(row).hasTensor()).map(pair.gap)
                .toList();
        List<Gap> different = compared.stream().filter(gap -> gap.hasTensors() && !gap.same()).toList();
        return new Agreement(picked.size(), compared.size(), (int) compared.stream().filter(Gap::same).count(),
                (int) compared.stream().filter(gap -> !gap.hasTensors()).count(),
                (int) picked.stream().map(pair.gap).filter(Gap::sameSaddle).count(),
                new Quantiles(different.stream().mapToDouble(Gap::tensor).toArray()),
                new Quantiles(different.stream().mapToDouble(gap -> Math.abs(gap.energy())).toArray()));
    }

    /**
     * Whether the fast route is in FIRE's minimum at least as often as CG is: the rule for structures with several.
     * Both over the same structures, those where FIRE has a tensor; empty where there are none.
     */
    public Optional<Boolean> fastFollowsFire() {
        Agreement fast = of(Pair.FAST_FIRE, row -> true);
        return fast.compared() == 0 ? Optional.empty()
                : Optional.of(fast.same() >= of(Pair.CG_FIRE, row -> true).same());
    }

    /** For people. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        Quantiles porosity = quantiles(MinimaRow::porosity);
        line(text, "%d structures, porosity %.1f to %.1f %%", rows.size(), porosity.at(0), porosity.max());
        line(text, "unrelaxed lattice: stable in %d, unstable in %d, refused by the kernel or not made in %d",
                count(MinimaSummary::stable), count(MinimaSummary::unstable), count(r -> r.startStable() == null));
        line(text, "cells along z by the certificate: one in %d, three in %d, unknown in %d",
                count(r -> r.cells() == 1), count(r -> r.cells() == 3), count(r -> r.cells() == 0));
        line(text, "Same minimum: no component of the tensors differs by more than %.2f GPa. Of the structures where"
                + " the second way has a tensor; no tensor of the first counts as not the same.",
                MinimaRow.SAME_TENSOR);
        block(text, "all structures", row -> true);
        block(text, "unrelaxed lattice stable", MinimaSummary::stable);
        block(text, "unrelaxed lattice unstable", MinimaSummary::unstable);
        line(text, "%nThe fast route agrees with FIRE at least as often as CG does: %s.",
                fastFollowsFire().map(follows -> follows ? "yes" : "no").orElse("no data"));
        line(text, "%n%-6s %12s %12s %12s %14s %10s", "", "CPU median", "mean", "max [s]", "evaluations", "converged");
        effort(text, "cg", MinimaRow::cg);
        effort(text, "fire", MinimaRow::fire);
        effort(text, "fast", MinimaRow::fast);
        line(text, "(cg and fire: relaxation alone; fast: relaxation, tensor and certificate; without what failed)");
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
        line(text, "%n%-27s %5s %5s %7s %9s %8s   %-26s %-26s", title, "same", "of", "rate", "no tensor", "saddles",
                "|dC| median 90 % max [GPa]", "|dE| median 90 % max [eV]");
        for (Pair pair : Pair.values()) {
            Agreement a = of(pair, which);
            String rate = a.compared() == 0 ? "no data" : String.format(Locale.ROOT, "%6.1f%%", a.rate());
            line(text, "%-27s %5d %5d %s %9d %8d   %s %s", pair.title, a.same(), a.compared(), rate, a.missing(),
                    a.saddles(), spread(a.tensors()), spread(a.energies()));
        }
    }

    private static boolean stable(MinimaRow row) {
        return Boolean.TRUE.equals(row.startStable());
    }

    private static boolean unstable(MinimaRow row) {
        return Boolean.FALSE.equals(row.startStable());
    }

    private static String spread(Quantiles values) {
        return values.count() == 0 ? String.format("%8s %8s %8s", "-", "-", "-")
                : String.format(Locale.ROOT, "%8.3f %8.3f %8.3f", values.median(), values.at(0.9), values.max());
    }

    private void effort(StringBuilder text, String name, Function<MinimaRow, Descent> way) {
        Quantiles cpu = quantiles(row -> way.apply(row).cpuSeconds());
        // What failed has neither time nor evaluations.
        Quantiles evaluations = quantiles(row -> Double.isNaN(way.apply(row).cpuSeconds()) ? Double.NaN
                : way.apply(row).evaluations());
        line(text, "%-6s %12.2f %12.2f %12.2f %14.0f %10d", name, cpu.median(), cpu.mean(), cpu.max(),
                evaluations.median(), count(row -> way.apply(row).converged()));
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
