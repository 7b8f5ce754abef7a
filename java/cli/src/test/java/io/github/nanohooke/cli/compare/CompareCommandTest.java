// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nanohooke.cli.Main;
import io.github.nanohooke.cli.process.ExitCodes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code nanohooke compare} with the fake calculator of the dataset's tests as judge. */
class CompareCommandTest {
    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String what, int count, String... more) {
        return runJudgedBy("fake", what, count, more);
    }

    private int runJudgedBy(String judge, String what, int count, String... more) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> words = new ArrayList<>(List.of("compare", what, "--kind", "circles", "--cells", "8,8", "--judge",
                judge, "--quiet", "--count", Integer.toString(count), "--out", folder.toString()));
        words.addAll(List.of(more));
        return Main.run(words.toArray(String[]::new), new PrintWriter(out, true), new PrintWriter(err, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"minima", "accuracy"})
    void rowsAndSummaryAreWrittenAndGoOn(String what) throws IOException {
        assertThat(run(what, 2)).as(err.toString()).isZero();
        Path csv = folder.resolve(what + ".csv");
        List<String> two = Files.readAllLines(csv);
        assertThat(two).hasSize(3);
        assertThat(two.get(0)).startsWith("index,porosity,atoms,");
        assertThat(out.toString()).startsWith("2 structures");
        assertThat(Files.readString(folder.resolve(what + ".txt")).strip()).isEqualTo(out.toString().strip());

        assertThat(run(what, 3)).as(err.toString()).isZero();
        List<String> three = Files.readAllLines(csv);
        // CPU seconds are in the rows: that they are equal shows that nothing was made again.
        assertThat(three).hasSize(4).startsWith(two.toArray(String[]::new));
        assertThat(out.toString()).startsWith("3 structures");
    }

    @Test
    void everyFamilyCanBeCompared() throws IOException {
        String[] words = {"compare", "minima", "--kind", "slits", "--cells", "8,8", "--judge", "fake", "--quiet",
            "--count", "1", "--out", folder.toString()};
        assertThat(Main.run(words, new PrintWriter(out, true), new PrintWriter(err, true))).as(err.toString()).isZero();
        assertThat(Files.readAllLines(folder.resolve("minima.csv"))).hasSize(2);
    }

    @Test
    void wrongCallsAreExplained() {
        assertThat(run("minima", 0)).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("at least 1");
        assertThat(run("minima", 1, "--porosity", "5")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("two numbers");
        assertThat(run("minima", 1)).isZero();
        assertThat(run("minima", 1, "--seed", "2")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("seed is 1 there, 2 was asked for");
        assertThat(runJudgedBy("hessian", "minima", 1)).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("judge is fake there, hessian was asked for");
        assertThat(run("minima", 1, "--force-tolerance", "1.0001e-5")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("force tolerance is 1.0E-5 there, 1.0001E-5 was asked for");
        // Minima are measured by exact second derivatives.
        assertThat(run("minima", 1, "--strain", "2e-5")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("Unknown option", "--strain");
        assertThat(Main.run(new String[] {"compare"}, new PrintWriter(out), new PrintWriter(err)))
                .isEqualTo(ExitCodes.BAD_INPUT);
    }
}
