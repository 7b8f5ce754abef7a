// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.jmh.report;

import io.github.nanohooke.jmh.harness.Timing;
import io.github.nanohooke.jmh.network.NetworkEngines;
import java.io.PrintStream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;

/**
 * What of a run is meant to be compared, and the ratios. On a machine that does other work as well the ratios of
 * processor times are the least disturbed.
 */
public final class RatioTable {
    private static final String HEAD = "%-42s %10s %10s %10s %8s   %s%n";
    private static final String ROW = "  %-40s %10s %10s %10s %8s   %s%n";

    /** Speed of the network over molecular statics that the paper reports (section 4). */
    private static final int PAPER_RATIO = 230;

    /** Times by engine, in groups of the same work. */
    private final Map<String, Map<String, Timing>> networks = new LinkedHashMap<>();
    /** Times of the engine {@link NetworkEngines#OURS} by threads, in groups of the same work. */
    private final Map<String, Map<String, Timing>> scaling = new LinkedHashMap<>();
    private final Map<String, Timing> structures = new LinkedHashMap<>();

    private RatioTable(Collection<RunResult> results) {
        results.forEach(this::add);
    }

    /** Prints the tables for which the run has results; nothing where it has none. */
    public static void print(Collection<RunResult> results, PrintStream out) {
        RatioTable table = new RatioTable(results);
        table.printNetworks(out);
        table.printScaling(out);
        table.printStructures(out);
    }

    private void add(RunResult result) {
        BenchmarkParams params = result.getParams();
        String benchmark = params.getBenchmark();
        if (benchmark.contains(".SurrogateBenchmark.")) {
            structures.put(benchmark.substring(benchmark.lastIndexOf('.') + 1), Timing.of(result, 1));
            return;
        }
        boolean inference = benchmark.contains(".InferenceBenchmark.");
        if (!inference && !benchmark.contains(".TrainingBenchmark.")) {
            return;
        }
        String work = (inference ? "inference, " : "training step, ") + params.getParam("preset") + ", batch "
                + params.getParam("batch");
        String threads = params.getParam("threads") + (params.getParam("threads").equals("1") ? " thread" : " threads");
        String engine = params.getParam("engine");
        Timing timing = Timing.of(result, Integer.parseInt(params.getParam("batch")));
        networks.computeIfAbsent(work + ", " + threads, w -> new LinkedHashMap<>()).put(engine, timing);
        if (engine.equals(NetworkEngines.OURS)) {
            scaling.computeIfAbsent(work, w -> new LinkedHashMap<>()).put(threads, timing);
        }
    }

    private void printNetworks(PrintStream out) {
        networks.forEach((work, engines) -> {
            out.println();
            Timing ours = engines.get(NetworkEngines.OURS);
            head(out, work, "ms/image", ours == null ? "" : "times slower than " + NetworkEngines.OURS
                    + ": wall, best, processor");
            engines.forEach((engine, timing) -> {
                Timing loss = ours == null || timing == ours ? null : ours.ratio(timing);
                row(out, engine, timing, loss == null ? ""
                        : number(loss.mean()) + ", " + number(loss.best()) + ", " + number(loss.cpu()));
            });
        });
    }

    private void printScaling(PrintStream out) {
        scaling.forEach((work, threads) -> {
            Timing one = threads.get("1 thread");
            if (one != null && threads.size() > 1) {
                out.println();
                head(out, work + ", " + NetworkEngines.OURS, "ms/image", "times faster than one thread: wall, best");
                threads.forEach((count, timing) -> {
                    Timing gain = timing == one ? null : timing.ratio(one);
                    row(out, count, timing, gain == null ? "" : number(gain.mean()) + ", " + number(gain.best()));
                });
            }
        });
    }

    /** The best shot is that of the easiest structure, so it is shown but not compared. */
    private void printStructures(PrintStream out) {
        if (structures.isEmpty()) {
            return;
        }
        out.println();
        Timing lammps = structures.get("lammps");
        head(out, "one random structure", "ms", lammps == null ? ""
                : "times faster than lammps: wall, processor");
        structures.forEach((method, timing) -> {
            Timing gain = lammps == null || timing == lammps ? null : timing.ratio(lammps);
            row(out, method, timing, gain == null ? "" : number(gain.mean()) + ", " + number(gain.cpu()));
        });
        out.println("The paper's network is " + PAPER_RATIO + " times faster than its molecular statics.");
    }

    private static void head(PrintStream out, String work, String unit, String ratios) {
        out.printf(HEAD, work, unit, "best", "processor", "MiB", ratios);
    }

    private static void row(PrintStream out, String label, Timing timing, String ratios) {
        out.printf(ROW, label, number(timing.mean()), number(timing.best()), number(timing.cpu()),
                Double.isNaN(timing.memory()) ? "-" : Math.round(timing.memory()), ratios);
    }

    /** Three digits. */
    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        int decimals = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
