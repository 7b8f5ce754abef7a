// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nanohooke.cli.Main;
import io.github.nanohooke.cli.process.ExitCodes;
import io.github.nanohooke.dataset.Part;
import io.github.nanohooke.dataset.SampleStatus;
import io.github.nanohooke.dataset.plan.DatasetPlan;
import io.github.nanohooke.dataset.store.Dataset;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.RandomStructures.Kind;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code nanohooke dataset} and its subcommands with the fake calculator of the dataset's tests. */
class DatasetCommandTest {
    private static final List<String> SMALL = List.of("--kind", "mixed", "--method", "fake", "--cells", "8,8",
            "--nz", "1", "--image-size", "32", "--shard-size", "5", "--seed", "7", "--quiet");

    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String data;

    @BeforeEach
    void chooseFolder() {
        data = folder.resolve("data").toString();
    }

    private int run(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.run(words, new PrintWriter(out, true), new PrintWriter(err, true));
    }

    private int make(int count, String... more) {
        List<String> words = new ArrayList<>(List.of("dataset"));
        words.addAll(SMALL);
        words.addAll(List.of("--count", Integer.toString(count), "--out", data));
        words.addAll(List.of(more));
        return run(words.toArray(String[]::new));
    }

    @Test
    void aDatasetIsMadeDescribedCheckedExportedAndDrawn() throws IOException {
        assertThat(make(12, "--workers", "1")).as(err.toString()).isZero();
        assertThat(out.toString().strip()).isEqualTo(data + "/dataset.h5");
        Dataset dataset = Dataset.open(Path.of(data));
        assertThat(dataset.size()).isEqualTo(12);
        assertThat(dataset.attributes()).containsEntry("method", "fake").containsEntry("nz", 1L);

        assertThat(run("dataset", "info", data)).isZero();
        assertThat(out.toString()).contains("12 samples: kept ", "C11 ", "potential sha256")
                .containsPattern("porosity \\[%]  samples  kept, one cell")
                .containsPattern("all {11,}12 ");
        assertThat(run("dataset", "info", data, "--reasons")).isZero();
        for (int i = 0; i < 12; i++) {
            if (dataset.status(i) != SampleStatus.KEPT) {
                assertThat(out.toString()).containsPattern("(?m)^ +" + i + " +[0-9.]+ %  [a-z]+: "
                        + Pattern.quote(dataset.reason(i)));
            }
        }
        assertThat(run("dataset", "info", data + "/dataset.h5", "--json")).isZero();
        assertThat(out.toString()).contains("\"complete\":true", "\"kind\":\"mixed\"").doesNotContain("not_kept");
        assertThat(run("dataset", "info", data, "--json", "--reasons")).isZero();
        JsonNode notKept = new ObjectMapper().readTree(out.toString()).get("not_kept");
        List<String> expected = IntStream.range(0, 12).filter(i -> dataset.status(i) != SampleStatus.KEPT)
                .mapToObj(i -> i + " " + dataset.status(i).name().toLowerCase(Locale.ROOT) + " " + dataset.reason(i))
                .toList();
        assertThat(expected).isNotEmpty();
        assertThat(notKept).extracting(sample -> sample.get("index").asInt() + " " + sample.get("status").asText()
                + " " + sample.get("reason").asText()).isEqualTo(expected);
        assertThat(notKept).allSatisfy(sample -> assertThat(sample.get("porosity").asDouble())
                .isEqualTo(dataset.porosity(sample.get("index").asInt())));
        assertThat(run("dataset", "verify", data, "--recalculate", "1")).isZero();
        assertThat(out.toString()).contains("all well");

        Path npz = folder.resolve("d.npz");
        Path csv = folder.resolve("d.csv");
        assertThat(run("dataset", "export", data, "--npz", npz.toString(), "--csv", csv.toString())).isZero();
        assertThat(npz).isNotEmptyFile();
        assertThat(Files.readAllLines(csv)).hasSize(13);
        String slim = folder.resolve("test-part").toString();
        assertThat(run("dataset", "export", data, "--slim", slim, "--part", "TEST")).as(err.toString()).isZero();
        assertThat(Dataset.open(Path.of(slim, "slim-000.nhs")).members(Part.TRAINING)).isEmpty();
        assertThat(run("dataset", "export", data, "--csv", csv.toString(), "--part", "TEST"))
                .isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("--part is for --slim");
        assertThat(run("dataset", "export", data, "--csv", csv.toString(), "--samples", "2"))
                .isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("--samples is for --slim");
        String unwritten = folder.resolve("unwritten").toString();
        assertThat(run("dataset", "export", data, "--slim", unwritten, "--samples", "0"))
                .isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("--samples must be at least 1");
        assertThat(run("dataset", "export", data, "--slim", unwritten, "--file-mb", "0"))
                .isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("--file-mb must be a positive number");
        assertThat(run("dataset", "export", data, data, "--slim", unwritten, "--npz", npz.toString()))
                .isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("--npz and --csv take one dataset");
        assertThat(Path.of(unwritten)).doesNotExist();
        byte[] merged = Files.readAllBytes(Path.of(data, "dataset.h5"));
        assertThat(run("dataset", "export", data, "--npz", data + "/dataset.h5")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(run("dataset", "export", data + "/dataset.h5", "--csv", data + "/./dataset.h5"))
                .isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("the dataset that is to be exported");
        for (int twice = 0; twice < 2; twice++) {
            assertThat(run("dataset", "export", data, "--csv", data + "/all.csv")).as(err.toString()).isZero();
        }
        assertThat(Path.of(data, "dataset.h5")).hasBinaryContent(merged);
        Path svg = folder.resolve("fig3.svg");
        assertThat(run("dataset", "figure", data, "--out", svg.toString())).isZero();
        assertThat(svg).isNotEmptyFile();

        assertThat(make(13)).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("count is 12 there, 13 was asked for");
        Files.delete(Path.of(data, "shards", "shard-00001.h5"));
        assertThat(run("dataset", "info", data)).isEqualTo(ExitCodes.PARTIAL_RESULTS);
        assertThat(out.toString()).contains("2 of 3 shards are there, 7 of 12 samples are made");
        assertThat(run("dataset", "verify", data)).isEqualTo(ExitCodes.PARTIAL_RESULTS);
        assertThat(out.toString()).contains("shard-00001.h5 is missing");
        assertThat(run("dataset", "merge", data)).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(run("dataset", "--resume", "--out", data, "--quiet", "--workers", "1")).isZero();
        assertThat(run("dataset", "verify", data)).isZero();
    }

    @Test
    void wrongCallsAreExplained() {
        assertThat(run("dataset")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("--out DIR");
        assertThat(run("dataset", "--out", data)).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("Give --kind and --count");
        assertThat(run("dataset", "--out", data, "--resume")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("no dataset was begun");
        assertThat(make(3, "--shard", "2/2")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("0/N to N-1/N");
        assertThat(make(0)).isEqualTo(ExitCodes.BAD_INPUT);
        // Nothing is begun that would refuse the corrected call.
        assertThat(run("dataset", "--kind", "mixed", "--count", "3", "--cells", "3,3", "--method", "fake", "--out",
                data)).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("no structure of the family mixed in 3 x 3 cells");
        assertThat(run("dataset", "--kind", "mixed", "--count", "3", "--image-size", "5000", "--method", "fake",
                "--out", data)).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(err.toString()).contains("8 to 4096 pixels");
        assertThat(Path.of(data)).doesNotExist();
        assertThat(run("dataset", "info", data + "/nosuch.h5")).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(run("dataset", "export", data)).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(run("dataset", "--kind", "mixed", "--count", "3", "--method", "nosuch", "--out", data, "--quiet"))
                .isEqualTo(ExitCodes.LIBRARY_MISSING);
        assertThat(err.toString()).contains("nosuch");
    }

    /** The fake fails where a sample's seed is a multiple of 13; here that of both. */
    @Test
    void datasetAllFailedExit0() {
        long seed = LongStream.iterate(1, s -> s + 1).filter(s -> IntStream.range(0, 2).allMatch(index ->
                Math.floorMod(plan(s).options(index).seed(), 13) == 0)).findFirst().orElseThrow();
        String[] options = {"--workers", "1", "--random-seed", Long.toString(seed)};
        assertThat(make(2, options)).isEqualTo(ExitCodes.UNSTABLE_OR_NOT_CONVERGED);
        assertThat(err.toString()).contains("2 of 2 samples failed, 2 for one reason", "cannot do this one",
                "nanohooke dataset --resume --retry-failed --out " + data);
        assertThat(run("dataset", "verify", data)).isEqualTo(ExitCodes.PARTIAL_RESULTS);
        assertThat(out.toString()).contains("2 of 2 samples failed").doesNotContain("all well");
        assertThat(make(2, "--workers", "1", "--random-seed", Long.toString(seed), "--retry-failed"))
                .isEqualTo(ExitCodes.UNSTABLE_OR_NOT_CONVERGED);
        assertThat(run("dataset", "info", data)).isZero();
    }

    private static DatasetPlan plan(long randomSeed) {
        return new DatasetPlan(Kind.MIXED, 7, 2, 5, Lattice.aluminium(), new Cells(8, 8, 1), 32, "fake",
                StaticsOptions.defaults().withSeed(randomSeed), "test");
    }

    /** What a shell inside another array's task still has in its environment. */
    @Test
    void slurmArrayAccident() throws Exception {
        Process process = start(Map.of("SLURM_ARRAY_TASK_ID", "9"));
        assertThat(process.waitFor()).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(Files.readString(folder.resolve("output"))).contains("share 9/10",
                "SLURM_ARRAY_TASK_ID=9", "SLURM_ARRAY_TASK_COUNT is not set", "guess", "has nothing to make",
                "8 shard(s)", "--shard 0/1");
        assertThat(Path.of(data)).doesNotExist();
    }

    /** SIGTERM: exit code 5, or 99 inside a Slurm job, everything finished is kept, and the rest can be made. */
    @Test
    void aSignalEndsTheProcessCleanly() throws Exception {
        for (int expected : new int[] {ExitCodes.PARTIAL_RESULTS, 99}) {
            Map<String, String> environment = expected == 99 ? Map.of("SLURM_JOB_ID", "1") : Map.of();
            Process process = start(environment);
            waitForFirstSample(process);
            process.destroy();
            assertThat(process.waitFor()).isEqualTo(expected);
        }
        assertThat(make(40, "--workers", "1")).as(err.toString()).isZero();
        Dataset dataset = Dataset.open(Path.of(data));
        assertThat(dataset.size()).isEqualTo(40);
        for (int i = 0; i < 40; i++) {
            assertThat(dataset.reason(i)).doesNotContain("worker process");
        }
    }

    private Process start(Map<String, String> environment) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
                "-Dnanohooke.fake.millis=100", "-cp", System.getProperty("java.class.path"), Main.class.getName(),
                "dataset"));
        command.addAll(SMALL);
        command.addAll(List.of("--count", "40", "--out", data, "--workers", "1"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("output").toFile()));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private void waitForFirstSample(Process process) throws Exception {
        Path journals = Path.of(data, "journals");
        long before = bytesIn(journals);
        while (process.isAlive() && bytesIn(journals) <= before) {
            Thread.sleep(20);
        }
        assertThat(process.isAlive()).as(Files.readString(folder.resolve("output"))).isTrue();
    }

    private static long bytesIn(Path directory) {
        long bytes = 0;
        File[] files = directory.toFile().listFiles();
        for (File file : files == null ? new File[0] : files) {
            bytes += file.length();
        }
        return bytes;
    }
}
