// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli;

import io.github.nanohooke.MissingLibraryException;
import io.github.nanohooke.cli.process.ExitCodes;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "bench",
        description = "Run the JMH benchmarks; every argument goes to JMH (-l lists them, -h explains JMH's options). "
                + "'compare' runs the network against other frameworks and prints the ratios, in about ten minutes. "
                + "With --frameworks as the first argument the launcher also builds PyTorch and ONNX Runtime in "
                + "(200 MB to download).",
        footer = {
            "",
            "Examples:",
            "  nanohooke bench -l",
            "  nanohooke bench TensorBenchmark -f 1 -rf json -rff result.json",
            "  nanohooke bench SurrogateBenchmark",
            "  nanohooke bench --frameworks compare",
            "  nanohooke bench --frameworks InferenceBenchmark \\",
            "      -p engine=cpu,pytorch -p batch=32 -p threads=2"
        })
final class BenchCommand implements Callable<Integer> {
    private static final String RUNNER = "io.github.nanohooke.jmh.Benchmarks";

    @Option(names = "--help", usageHelp = true, description = "This text.")
    private boolean help;

    @Parameters(paramLabel = "JMH_ARGUMENT", arity = "0..*", description = "Arguments for JMH, in JMH's own form.")
    private List<String> arguments = List.of();

    @Override
    public Integer call() throws Exception {
        try {
            // The benchmarks live in a module above this one, so they are reached by name; the launcher puts them on
            // the class path.
            Class.forName(RUNNER).getMethod("main", String[].class)
                    .invoke(null, (Object) arguments.toArray(String[]::new));
            return ExitCodes.OK;
        } catch (ClassNotFoundException e) {
            throw new MissingLibraryException("the benchmarks are not on the class path; start them with "
                    + "'./nanohooke bench', or add the artefact nanohooke-jmh", e);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
