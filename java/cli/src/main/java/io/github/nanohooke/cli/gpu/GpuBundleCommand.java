// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.gpu;

import io.github.nanohooke.cli.process.ExitCodes;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "gpu-bundle",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Make a folder that checks, times and trains networks on a GPU machine with no Java and no"
                + " network.",
        footer = {
            "",
            "On the machine with the GPU (a driver for CUDA 13; PyTorch's python3 where there is one):",
            "  DIR/run.sh --part check|compare|train [--seconds S] [--out FOLDER]",
            "  DIR/run.sh --part train --shows relaxed,designed --from MODEL,relaxed \\",
            "      --seconds 240,240",
            "  DIR/run.sh --part curve --sizes 2500,5000,10000,0 [--seconds S]",
            "It writes JSON and Markdown, and ends in its time whatever happens; without words it says what there is.",
            "",
            "Examples:",
            "  nanohooke gpu-bundle --out bundle",
            "  nanohooke gpu-bundle --out bundle --data circles rectangles --samples 20000",
            "  nanohooke gpu-bundle --out bundle --data slim/*.nhs --from model.safetensors"
        })
public final class GpuBundleCommand implements Callable<Integer> {
    private static final double LARGEST = 38;

    @Spec
    private CommandSpec spec;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "The bundle's folder.")
    private Path out;

    @Mixin
    private BundleSettings settings;

    @Option(names = "--runtime", negatable = true, defaultValue = "true", fallbackValue = "true",
            description = "Put a Java runtime in (default: ${DEFAULT-VALUE}).")
    private boolean runtime;

    @Override
    public Integer call() throws IOException {
        BundleFolder bundle = BundleFolder.make(out);
        if (runtime) {
            RuntimeImage.write(bundle.runtime());
        }
        String contents = settings.fill(bundle);
        PrintWriter print = spec.commandLine().getOut();
        double sum = 0;
        for (String part : List.of("runtime.tgz", "lib", "bin", "test-data", "data", "models")) {
            double size = bundle.bytes(part) * 1e-6;
            sum += part.equals("data") || part.equals("models") ? 0 : size;
            print.printf(Locale.ROOT, "%-12s %6.1f MB%n", part, size);
        }
        print.println(contents);
        if (sum > LARGEST) {
            spec.commandLine().getErr().printf(Locale.ROOT,
                    "nanohooke: without data and models the bundle has %.1f MB, it should"
                    + " have %.0f at most%n", sum, LARGEST);
        }
        return ExitCodes.OK;
    }
}
