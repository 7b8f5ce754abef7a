// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.nanohooke.cli.process.ExitCodes;
import io.github.nanohooke.io.SystemCommand;
import io.github.nanohooke.nn.file.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Training runs that are stopped, killed or run out of room end in the model of an undisturbed run, byte for byte. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class TrainResumeTest {
    /** Long enough for a signal to come in between, at some hundredths of a second an epoch. */
    private static final String EPOCHS = "60";

    @TempDir
    private static Path folder;
    private static byte[] expected;
    @TempDir
    private Path own;
    private TrainingRuns runs;
    private Path model;

    @BeforeAll
    static void runUndisturbed() throws IOException {
        TrainingRuns.prepare(folder);
        TrainingRuns undisturbed = new TrainingRuns(folder);
        Path file = folder.resolve("undisturbed.safetensors");
        assertThat(undisturbed.train(file, "--epochs", EPOCHS)).as(undisturbed.err()).isZero();
        expected = Files.readAllBytes(file);
    }

    @BeforeEach
    void chooseModel() {
        runs = new TrainingRuns(folder);
        model = own.resolve("m.safetensors");
    }

    /** Finishes the run with another number of threads than it was begun with. */
    private void finish() throws IOException {
        List<String> before = log();
        assertThat(runs.train(model, "--epochs", EPOCHS, "--resume", "--threads", "2")).as(runs.err()).isZero();
        assertThat(Files.readAllBytes(model)).isEqualTo(expected);
        // A run that starts over takes another time for its first epochs, and the log has the time of each.
        List<String> after = log();
        assertThat(after).hasSize(1 + Integer.parseInt(EPOCHS));
        assertThat(after.subList(0, before.size())).isEqualTo(before);
    }

    private List<String> log() throws IOException {
        Path log = model.resolveSibling("m.training").resolve("training.csv");
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    /** Steps that the newest checkpoint has taken. */
    private int steps() {
        Path run = model.resolveSibling("m.training");
        Path newest = run.resolve("checkpoint.safetensors");
        Path file = Files.exists(newest) ? newest : run.resolve("checkpoint-previous.safetensors");
        return Integer.parseInt(Safetensors.read(file).metadata().get("adam_step"));
    }

    @Test
    void aLimitOfTimeEndsAfterABatch() throws IOException {
        // A tenth of a millisecond: over before the first batch, in the middle of an epoch.
        for (int i = 0; i < 3; i++) {
            assertThat(runs.train(model, "--epochs", EPOCHS, "--max-minutes", "1e-6", "--resume"))
                    .isEqualTo(ExitCodes.PARTIAL_RESULTS);
            assertThat(runs.err()).contains("stopped after 0 of " + EPOCHS + " epochs; this goes on: nanohooke train ",
                    " --max-minutes 1e-6 --resume\n");
            assertThat(steps()).isEqualTo(i + 1);
        }
        assertThat(model).doesNotExist();
        finish();
    }

    @Test
    void aSignalEndsAfterABatch() throws Exception {
        for (int code : new int[] {ExitCodes.PARTIAL_RESULTS, 99}) {
            Process process = startAndAwaitEpochs(code == 99 ? Map.of("SLURM_JOB_ID", "1") : Map.of());
            // What Ctrl-C sends, and what Slurm and kill do.
            assumeTrue(SystemCommand.succeeds("kill", code == 99 ? "-TERM" : "-INT", Long.toString(process.pid())),
                    "signals need a POSIX system");
            assertThat(process.waitFor()).as(Files.readString(runs.output())).isEqualTo(code);
            assertThat(Files.readString(runs.output())).containsPattern("stopped after \\d+ of " + EPOCHS
                    + " epochs; this goes on: nanohooke train " + Pattern.quote(folder.resolve("data").toString())
                    + " .*--resume");
            Files.delete(runs.output());
            assertThat(model).as("the best so far").isNotEmptyFile();
        }
        finish();
    }

    /** The folder of the run goes while the process stands still, so that its last checkpoint cannot be written. */
    @Test
    void aFailureDuringAStopIsToldAndAsksForNoRequeue() throws Exception {
        Process process = startAndAwaitEpochs(Map.of("SLURM_JOB_ID", "1"));
        String pid = Long.toString(process.pid());
        assumeTrue(SystemCommand.succeeds("kill", "-STOP", pid), "signals need a POSIX system");
        Files.move(own.resolve("m.training"), own.resolve("gone"));
        assertThat(SystemCommand.succeeds("kill", "-TERM", pid)).isTrue();
        assertThat(SystemCommand.succeeds("kill", "-CONT", pid)).isTrue();
        assertThat(process.waitFor()).isEqualTo(ExitCodes.BAD_INPUT);
        assertThat(Files.readString(runs.output())).containsPattern("cannot write .*checkpoint.safetensors")
                .doesNotContain("when there is room");
    }

    @Test
    void aKillLosesWhatCameAfterTheLastCheckpoint() throws Exception {
        Process process = startAndAwaitEpochs(Map.of());
        process.destroyForcibly();
        process.waitFor();
        assertThat(model).doesNotExist();
        assertThat(steps()).as("a checkpoint after every stretch").isPositive();
        finish();
    }

    /** The log is ahead of the checkpoint then, or there is none yet: the run repeats what is missing. */
    @Test
    void aKillBetweenCheckpointsEndsInTheSameModel() throws Exception {
        Process process = startAndAwaitEpochs(Map.of(), "3600");
        process.destroyForcibly();
        process.waitFor();
        assertThat(runs.train(model, "--epochs", EPOCHS, "--resume")).as(runs.err()).isZero();
        assertThat(Files.readAllBytes(model)).isEqualTo(expected);
        assertThat(log()).hasSize(1 + Integer.parseInt(EPOCHS));
    }

    /** Waits until two more epochs are in the log. */
    private Process startAndAwaitEpochs(Map<String, String> environment) throws Exception {
        return startAndAwaitEpochs(environment, "0");
    }

    private Process startAndAwaitEpochs(Map<String, String> environment, String checkpointSeconds) throws Exception {
        int before = log().size();
        Process process = runs.start(model, environment, "--epochs", EPOCHS, "--resume", "--checkpoint-seconds",
                checkpointSeconds);
        while (process.isAlive() && log().size() < before + 2) {
            Thread.sleep(5);
        }
        assertThat(process.isAlive()).as(Files.readString(runs.output())).isTrue();
        return process;
    }

    /** A file system of 2 MB, which only root can mount. */
    @Test
    void aFullDiskEndsTheRunAndLosesNothing() throws Exception {
        Path mount = Files.createDirectories(own.resolve("small"));
        assumeTrue(SystemCommand.succeeds("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", mount.toString()),
                "cannot mount a small file system here; needs root");
        try {
            model = mount.resolve("m.safetensors");
            assertThat(runs.train(model, "--epochs", EPOCHS, "--max-minutes", "1e-6"))
                    .isEqualTo(ExitCodes.PARTIAL_RESULTS);
            Path filler = mount.resolve("filler");
            Files.write(filler, new byte[(int) Files.getFileStore(mount).getUsableSpace() - 20_000]);
            assertThat(runs.train(model, "--epochs", EPOCHS, "--resume", "--checkpoint-seconds", "0"))
                    .isEqualTo(ExitCodes.PARTIAL_RESULTS);
            assertThat(runs.err()).contains("the disk is full", "this goes on when there is room: nanohooke train ",
                    " --resume");
            assertThat(steps()).as("the checkpoint before the disk was full").isPositive();
            Files.delete(filler);
            finish();
        } finally {
            assertThat(SystemCommand.succeeds("umount", "-l", mount.toString())).isTrue();
        }
    }

}
