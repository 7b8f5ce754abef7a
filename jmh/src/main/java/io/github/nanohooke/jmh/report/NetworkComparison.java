// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.jmh.report;

import io.github.nanohooke.jmh.harness.BenchmarkException;
import io.github.nanohooke.jmh.harness.ProcessProfiler;
import io.github.nanohooke.jmh.network.InferenceBenchmark;
import io.github.nanohooke.jmh.network.NetworkEngines;
import io.github.nanohooke.jmh.network.TrainingBenchmark;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * The comparisons that docs/performance.md cites, in about ten minutes on a quiet machine: each kind of work by all
 * engines, one directly after the other, on one thread; then nanohooke alone on one and on two.
 */
public final class NetworkComparison {
    private static final String[] PRESETS = {"paper", "periodic"};

    private final List<String> engines = new ArrayList<>(List.of(NetworkEngines.OURS));
    private final List<RunResult> results = new ArrayList<>();

    private NetworkComparison() {
        engines.addAll(NetworkEngines.otherBackends());
        engines.addAll(NetworkEngines.frameworks());
    }

    /** @throws BenchmarkException when no framework is on the class path */
    public static Collection<RunResult> run() throws RunnerException {
        NetworkComparison comparison = new NetworkComparison();
        if (NetworkEngines.frameworks().isEmpty()) {
            throw new BenchmarkException("no framework to compare with is on the class path; start it as"
                    + " ./nanohooke bench --frameworks compare");
        }
        for (String preset : PRESETS) {
            comparison.inference(preset, 1);
            comparison.inference(preset, 32);
            comparison.training(preset);
        }
        comparison.twoThreads();
        return comparison.results;
    }

    private void inference(String preset, int batch) throws RunnerException {
        run(InferenceBenchmark.class, preset, batch, engines, "1", 3);
    }

    private void training(String preset) throws RunnerException {
        List<String> trained = engines.stream().filter(NetworkEngines::trains).toList();
        run(TrainingBenchmark.class, preset, 32, trained, "1", 2);
    }

    private void twoThreads() throws RunnerException {
        List<String> ours = List.of(NetworkEngines.OURS);
        run(InferenceBenchmark.class, "paper", 32, ours, "2", 3);
        run(TrainingBenchmark.class, "paper", 32, ours, "2", 3);
        run(TrainingBenchmark.class, "paper", 128, ours, "1", 3);
        run(TrainingBenchmark.class, "paper", 128, ours, "2", 3);
    }

    private void run(Class<?> benchmark, String preset, int batch, List<String> names, String threads, int iterations)
            throws RunnerException {
        results.addAll(new Runner(new OptionsBuilder()
                .include(benchmark.getName())
                .param("preset", preset)
                .param("batch", Integer.toString(batch))
                .param("threads", threads)
                .param("engine", names.toArray(String[]::new))
                .measurementIterations(iterations)
                .addProfiler(ProcessProfiler.class)
                .shouldFailOnError(true)
                .build()).run());
    }
}
