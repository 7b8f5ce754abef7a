// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.jmh;

import io.github.nanohooke.jmh.harness.BenchmarkException;
import io.github.nanohooke.jmh.harness.ProcessProfiler;
import io.github.nanohooke.jmh.harness.Provenance;
import io.github.nanohooke.jmh.report.NetworkComparison;
import io.github.nanohooke.jmh.report.RatioTable;
import java.io.IOException;
import java.util.Collection;
import org.openjdk.jmh.Main;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** JMH's command line, followed by the ratios of what was measured; {@code compare} runs {@link NetworkComparison}. */
public final class Benchmarks {
    private Benchmarks() {
    }

    /**
     * @param arguments {@code compare}, or JMH's
     * @throws BenchmarkException when JMH does not understand them, there is no such benchmark, a result is
     *     wrong, or another JMH runs on this machine
     */
    public static void main(String[] arguments) throws IOException {
        try {
            if (arguments.length == 1 && arguments[0].equals("compare")) {
                print(NetworkComparison.run());
                return;
            }
            CommandLineOptions options = new CommandLineOptions(arguments);
            if (options.shouldHelp() || options.shouldList() || options.shouldListWithParams()
                    || options.shouldListProfilers() || options.shouldListResultFormats()) {
                Main.main(arguments);
                return;
            }
            print(run(options));
        } catch (CommandLineOptionException e) {
            throw new BenchmarkException("JMH: " + e.getMessage() + "; 'bench -h' explains its options", e);
        } catch (NoBenchmarksException e) {
            throw new BenchmarkException("there is no such benchmark; 'bench -l' lists them", e);
        } catch (RunnerException e) {
            throw new BenchmarkException("JMH: " + e.getMessage(), e);
        }
    }

    private static void print(Collection<RunResult> results) {
        System.out.println(Provenance.line());
        RatioTable.print(results, System.out);
    }

    private static Collection<RunResult> run(CommandLineOptions options) throws RunnerException {
        return new Runner(new OptionsBuilder()
                .parent(options)
                .addProfiler(ProcessProfiler.class)
                .shouldFailOnError(true)
                .build()).run();
    }
}
