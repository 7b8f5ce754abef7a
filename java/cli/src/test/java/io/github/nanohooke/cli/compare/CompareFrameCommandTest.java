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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stored labels of the repository's datasets, in LAMMPS' cell, against the same samples made now. */
class CompareFrameCommandTest {
    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... words) {
        return Main.run(words, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    /** The relaxed cell tells the turn exactly, so what is left is the tolerance of two relaxations. */
    @Test
    void aStoredTensorTurnedByTheRelaxedCellIsTheNewOne() throws IOException {
        String mixed = Path.of("..", "..", "test-data", "earlier-dataset").toString();
        assertThat(run("compare", "frame", mixed, "--count", "6", "--out", folder.toString(), "--quiet"))
                .as(err.toString()).isZero();
        assertThat(out.toString()).startsWith("6 samples made again");
        assertThat(folder.resolve("frame.txt")).content().isEqualTo(out.toString());
        List<String> lines = Files.readAllLines(folder.resolve("frame.csv"));
        assertThat(lines).hasSize(7);
        List<String> headings = List.of(lines.get(0).split(","));
        int same = 0;
        boolean turned = false;
        for (String line : lines.subList(1, 7)) {
            String[] fields = line.split(",", headings.size());
            if (fields[headings.indexOf("reason")].equals("\"\"")) {
                same++;
                assertThat(number(fields, headings, "turned_largest")).as(line).isLessThan(1e-3);
                turned |= number(fields, headings, "largest") > 10 * number(fields, headings, "turned_largest");
            }
        }
        assertThat(same).isGreaterThanOrEqualTo(4);
        assertThat(turned).as("the frame moved some label").isTrue();
    }

    private static double number(String[] fields, List<String> headings, String name) {
        return Double.parseDouble(fields[headings.indexOf(name)]);
    }

    @Test
    void wrongCallsAreExplained() {
        assertThat(run("compare", "frame", "nosuch", "--count", "6", "--out", folder.toString()))
                .isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("no dataset was begun in nosuch");
        assertThat(run("compare", "frame", "nosuch", "--count", "0", "--out", folder.toString()))
                .isEqualTo(ExitCodes.BAD_INPUT);
        String made = folder.resolve("made").toString();
        assertThat(run("dataset", "--kind", "mixed", "--method", "fake", "--cells", "8,8", "--nz", "1", "--image-size",
                "16", "--seed", "7", "--count", "12", "--workers", "1", "--quiet", "--out", made)).as(err.toString())
                .isZero();
        assertThat(run("compare", "frame", made, "--count", "2", "--out", folder.toString()))
                .isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("there is nothing to compare");
    }
}
