// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nanohooke.cli.Main;
import io.github.nanohooke.nn.file.DefinitionJson;
import io.github.nanohooke.nn.Padding;
import io.github.nanohooke.nn.Presets;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A small dataset of the fake calculator, a small network, and the commands that train one on the other. */
final class TrainingRuns {
    static final int PIXELS = 32;

    private final Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    TrainingRuns(Path folder) {
        this.folder = folder;
    }

    /** What both commands need; the dataset is made at the first call for it. */
    static void prepare(Path folder) throws IOException {
        TrainingRuns runs = new TrainingRuns(folder);
        Files.writeString(folder.resolve("tiny.json"), DefinitionJson.write(Presets.network("tiny", PIXELS, 5,
                new int[] {8, 8}, Padding.PERIODIC, new int[] {16}, 13)));
        assertThat(runs.dataset("data", 100, 7)).as(runs.err()).isZero();
    }

    int dataset(String name, int count, int seed) {
        return run("dataset", "--kind", "mixed", "--method", "fake", "--cells", "8,8", "--nz", "1", "--image-size",
                Integer.toString(PIXELS), "--seed", Integer.toString(seed), "--count", Integer.toString(count),
                "--workers", "1", "--quiet", "--out", folder.resolve(name).toString());
    }

    int run(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.run(words, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    /** Trains the small network; {@code more} replaces what is said here. */
    int train(Path model, String... more) {
        return run(words(model, more).toArray(String[]::new));
    }

    private List<String> words(Path model, String... more) {
        List<String> given = List.of(more);
        List<String> words = new ArrayList<>(List.of("train", folder.resolve("data").toString(), "--quiet"));
        Map<String, String> usual = Map.of("--definition", folder.resolve("tiny.json").toString(), "--batch", "16",
                "--lr", "3e-3", "--threads", "1", "--out", model.toString());
        usual.forEach((option, value) -> words.addAll(given.contains(option) ? List.of() : List.of(option, value)));
        words.addAll(given);
        return words;
    }

    /** The same in a process of its own, whose output goes to the file {@code output}. */
    Process start(Path model, Map<String, String> environment, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(words(model, more));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    Path output() {
        return folder.resolve("output");
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }
}
