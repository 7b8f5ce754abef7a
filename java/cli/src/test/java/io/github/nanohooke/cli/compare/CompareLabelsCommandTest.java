// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nanohooke.cli.Main;
import io.github.nanohooke.cli.process.ExitCodes;
import io.github.nanohooke.io.Csv;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code nanohooke compare labels} with the kernel itself as judge, beside the network of the library. */
class CompareLabelsCommandTest {
    private static final String DATA = Path.of("..", "..", "test-data", "dataset", "families",
            "lattices-14-from-4500.nhs").toString();

    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... more) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> words = new ArrayList<>(List.of("compare", "labels", "--quiet", "--threads", "1", "--out",
                folder.toString()));
        words.addAll(List.of(more));
        if (!words.contains("--judge") && !words.contains("--minima")) {
            words.addAll(List.of("--judge", "hessian"));
        }
        return Main.run(words.toArray(String[]::new), new PrintWriter(out, true), new PrintWriter(err, true));
    }

    @Test
    void labelsStandBesideOtherMinimaAndTheNetwork() throws IOException {
        assertThat(run(DATA, "--count", "1")).as(err.toString()).isZero();
        List<String> one = Files.readAllLines(folder.resolve("labels.csv"));
        assertThat(one).hasSize(7);
        assertThat(one.get(0)).startsWith("family,seed,index,porosity,").contains(",C11,C22,").contains(",way,");
        assertThat(one.get(1)).startsWith("lattices,14,").contains(",label,");
        assertThat(one.get(5)).contains(",network,");
        assertThat(one.get(6)).contains(",averaged,");
        assertThat(folder.resolve("labels.txt")).content().isEqualTo(out.toString());
        assertThat(out.toString()).startsWith("1 samples;");
        assertThat(Files.readAllLines(folder.resolve("labels-by-family.csv")).get(0))
                .isEqualTo("labels,family,way,structures,same,rmse,median,percentile95,largest");

        assertThat(run(DATA, "--count", "2")).as(err.toString()).isZero();
        // Seconds are in the rows: that they are equal shows that nothing was made again.
        assertThat(Files.readAllLines(folder.resolve("labels.csv"))).hasSize(13).startsWith(one.toArray(String[]::new));
        assertThat(run(DATA, "--count", "2", "--max-seconds", "61")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("most seconds is 60.0 there, 61.0 was asked for");
    }

    @Test
    void anotherNetworkStandsBesideTheMinimaOfBefore() throws IOException {
        assertThat(run(DATA, "--count", "2")).as(err.toString()).isZero();
        String all = out.toString();
        Path table = folder.resolve("labels.csv");
        List<String> before = Files.readAllLines(table);
        Path kept = Files.writeString(folder.resolve("kept.csv"), Files.readString(table));
        assertThat(run(DATA, "--minima", kept.toString(), "--judge", "lammps")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("--judge is for new minima");
        assertThat(run(DATA, "--minima", kept.toString())).as(err.toString()).isZero();
        assertThat(out.toString()).isEqualTo(all);
        assertThat(Files.readAllLines(table)).hasSameSizeAs(before).satisfies(lines -> {
            for (int i = 0; i < lines.size(); i++) {
                assertThat(withoutDistances(lines.get(i))).isEqualTo(withoutDistances(before.get(i)));
            }
        });
        String other = Path.of("..", "..", "test-data", "dataset", "mixed.nhs").toString();
        assertThat(run(other, "--minima", kept.toString())).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("is not in the TEST part of these datasets");
        Files.writeString(kept, String.join("\n", before).replaceFirst("(,label,,.,,,[^,]*,[^,]*,)", "$19"));
        assertThat(run(DATA, "--minima", kept.toString())).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("is another one in these datasets");
        assertThat(run(DATA, "--minima", DATA)).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(run(DATA, "--minima", kept.toString(), "--count", "2")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(run(DATA)).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("one of --count and --minima");
    }

    /** Distances are those of what a table has, and may differ in their last digit from those of what was made. */
    private static List<String> withoutDistances(String line) {
        List<String> fields = new ArrayList<>(Csv.fields(line));
        fields.subList(11, 13).clear();
        return fields;
    }

    @Test
    void wrongCallsAreExplained() {
        assertThat(run(DATA, "--count", "0")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("at least 1");
        assertThat(run(DATA, "--count", "1", "--max-seconds", "-1")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("processor time");
        assertThat(run("nosuch", "--count", "1")).isEqualTo(ExitCodes.BAD_INPUT);
        // Before a sample is relaxed.
        assertThat(run(DATA, "--count", "1", "--model", "nosuch.safetensors")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("nosuch.safetensors");
        assertThat(run(DATA, "--count", "1", "--judge", "nosuch")).isEqualTo(ExitCodes.LIBRARY_MISSING);
        assertThat(err.toString()).contains("no method 'nosuch'");
        assertThat(Main.run(new String[] {"compare", "minima", "--kind", "cubes", "--count", "1", "--out", "x"},
                new PrintWriter(out), new PrintWriter(err))).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("cubes", "spinodals");
    }
}
