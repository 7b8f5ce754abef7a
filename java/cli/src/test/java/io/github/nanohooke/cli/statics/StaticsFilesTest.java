// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.statics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nanohooke.cli.Main;
import io.github.nanohooke.cli.process.ExitCodes;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code statics} with several files: an object a line, faults told and passed over. */
class StaticsFilesTest {
    private static final String PORE = "{\"cells\":[6,6,1],\"pores\":[{\"shape\":\"circle\",\"center\":[12,12],"
            + "\"radius\":%s}]}";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path small;
    private Path large;
    private Path bad;

    @BeforeEach
    void writeFiles() throws IOException {
        small = Files.writeString(folder.resolve("small.json"), String.format(PORE, "3"));
        large = Files.writeString(folder.resolve("large.json"), String.format(PORE, "5"));
        bad = Files.writeString(folder.resolve("bad.json"), "{\"pores\":[}");
    }

    private int run(Object... arguments) {
        return run(new PrintWriter(out, true), arguments);
    }

    private int run(PrintWriter results, Object... arguments) {
        String[] words = new String[arguments.length + 3];
        words[0] = "statics";
        words[1] = "--method=hessian";
        words[2] = "--quiet";
        for (int i = 0; i < arguments.length; i++) {
            words[i + 3] = arguments[i].toString();
        }
        return Main.run(words, results, new PrintWriter(err, true));
    }

    @Test
    void whatTheMethodDoesNotDoIsRefused() {
        assertThat(run(small, "--minimiser", "fire")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("--minimiser FIRE is the method lammps'");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void oneObjectALineInTheOrderOfTheFiles() throws IOException {
        assertThat(run(large, small, "--json")).as(err.toString()).isZero();
        List<String> lines = out.toString().lines().toList();
        assertThat(lines).hasSize(2);
        JsonNode first = new ObjectMapper().readTree(lines.get(0));
        JsonNode second = new ObjectMapper().readTree(lines.get(1));
        assertThat(first.path("structure").asText()).isEqualTo("large");
        assertThat(second.path("structure").asText()).isEqualTo("small");
        assertThat(first.path("constants").path("C11").asDouble())
                .isLessThan(second.path("constants").path("C11").asDouble());
        out.getBuffer().setLength(0);
        assertThat(run(small, "--json")).isZero();
        assertThat(new ObjectMapper().readTree(out.toString()).path("stiffness")).isEqualTo(second.path("stiffness"));
    }

    @Test
    void aBadFileIsToldAndTheOthersAreCalculated() {
        assertThat(run(bad, small, folder.resolve("none.json"), large)).isEqualTo(ExitCodes.PARTIAL_RESULTS);
        assertThat(out.toString().lines().filter(line -> line.startsWith("structure "))).hasSize(2);
        assertThat(err.toString()).contains("bad.json: line 1", "none.json does not exist");
        assertThat(err.toString().strip()).endsWith("nanohooke: 2 of 4 files failed, for the reasons above");
    }

    @Test
    void badFilesAloneAreBadInput() {
        assertThat(run(bad, bad)).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(run(bad)).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void everyFileHasItsOwnFolder() throws IOException {
        Path results = folder.resolve("results");
        assertThat(run(small, large, "--out", results)).as(err.toString()).isZero();
        assertThat(results.resolve("small/result.json")).isNotEmptyFile();
        assertThat(results.resolve("large/summary.png")).isNotEmptyFile();
        Path twin = Files.createDirectories(folder.resolve("other")).resolve("small.json");
        Files.copy(small, twin);
        assertThat(run(small, twin, "--out", results)).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("several are named small");
        Path single = folder.resolve("single");
        assertThat(run(small, "--out", single)).isZero();
        assertThat(single.resolve("result.json")).isNotEmptyFile();
    }

    /** As behind {@code | head -1}. */
    @Test
    void nothingIsCalculatedThatNobodyReads() {
        Writer gone = new Writer() {
            @Override
            public void write(char[] text, int from, int length) throws IOException {
                throw new IOException("Broken pipe");
            }

            @Override
            public void flush() {
                // nothing is held back
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
        Path results = folder.resolve("results");
        assertThat(run(new PrintWriter(gone, true), small, large, "--out", results)).isZero();
        assertThat(results.resolve("small")).exists();
        assertThat(results.resolve("large")).doesNotExist();
    }
}
