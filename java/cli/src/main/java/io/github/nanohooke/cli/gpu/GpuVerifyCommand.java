// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.gpu;

import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.cli.process.OutputFolder;
import io.github.nanohooke.nn.Backends;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "gpu-verify",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Check the backend cuda on this machine's GPU, compare it with PyTorch, or train on it: what "
                + "gpu-bundle prepares, run here.",
        footer = {
            "",
            "Writes PART.json and PART.md with the device, the driver and the versions.",
            "",
            "Examples:",
            "  nanohooke gpu-verify",
            "  nanohooke gpu-verify --part train --data circles --seconds 600 --out report",
            "  nanohooke gpu-verify --part train --data circles --seconds 300,300 \\",
            "      --shows relaxed,designed",
            "",
            "Exit codes: 0 all passed, 1 something failed or was out of time, 3 no GPU can be used here."
        })
public final class GpuVerifyCommand implements Callable<Integer> {
    private static final List<String> PARTS = List.of("check", "compare", "train");

    @Option(names = "--part", paramLabel = "PART", defaultValue = "check",
            description = "check, compare or train (default: ${DEFAULT-VALUE}).")
    private String part;

    @Option(names = "--seconds", paramLabel = "S",
            description = "Time at most; for train also one for each training (default: check 120, compare 150, "
                    + "train 240).")
    private String seconds;

    @Option(names = "--shows", paramLabel = "WHAT[,...]",
            description = "Trainings, one for each word, on images of relaxed or designed structures (default: "
                    + "relaxed).")
    private String shows;

    @Option(names = "--begin", paramLabel = "MODEL[,...]",
            description = "What each training begins with: a model of --from by its file's name, an earlier training "
                    + "by its word, or - for random weights (default: -).")
    private String begin;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "gpu-report",
            description = "Folder of the reports (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Mixin
    private BundleSettings settings;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!PARTS.contains(part)) {
            throw new BadUsageException("there is no part '" + part + "'; there are " + String.join(", ", PARTS));
        }
        if (seconds != null && !seconds.matches("[1-9]\\d{1,5}(,[1-9]\\d{1,5})*")) {
            throw new BadUsageException("--seconds takes a number from 10 on, or one for each training, got "
                    + seconds);
        }
        Backends.open("cuda"); // says why there is none
        OutputFolder.open(out);
        // With the Java that runs this, and nothing that would have to be unpacked.
        BundleFolder bundle = BundleFolder.make(out.resolve("bundle"));
        settings.fill(bundle);
        List<String> words = new ArrayList<>(List.of("bash", bundle.path().resolve("run.sh").toString(), "--part", part,
                "--out", out.toString()));
        add(words, "--seconds", seconds);
        add(words, "--shows", shows);
        add(words, "--from", begin);
        ProcessBuilder process = new ProcessBuilder(words).inheritIO();
        process.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return process.start().waitFor();
    }

    private static void add(List<String> words, String option, String value) {
        if (value != null) {
            words.addAll(List.of(option, value));
        }
    }
}
