// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nanohooke.dataset.FakeCalculator;
import io.github.nanohooke.dataset.Sample;
import io.github.nanohooke.dataset.TestPlans;
import io.github.nanohooke.dataset.plan.DatasetPlan;
import io.github.nanohooke.dataset.store.DatasetFolder;
import io.github.nanohooke.dataset.store.DatasetMerge;
import io.github.nanohooke.dataset.store.ShardState;
import io.github.nanohooke.random.SplitMix64;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code kill -9} of the whole run, after so many samples and milliseconds as seeds tell: the property must hold for
 * every moment, and a failure can be looked for again.
 */
class KilledRunTest {
    private static final int KILLS = 2;
    private static final int PAUSE_MILLIS = 60;

    @TempDir
    private Path folder;

    /** The process that is killed. */
    public static final class Run {
        private Run() {
        }

        public static void main(String[] args) throws IOException {
            DatasetFolder dataset = TestPlans.begin(Path.of(args[0]), plan(args[2]));
            RunListener listener = new RunListener() {
                @Override
                public void finished(Sample sample) {
                    System.out.println("finished " + sample.index());
                }
            };
            String pause = "-D" + FakeCalculator.MILLIS + "=" + args[1];
            DatasetFactory.run(dataset, TestPlans.settings(1, pause), listener, () -> false);
        }
    }

    /** Of the fake calculator, whose samples are many and short, or of the one in use. */
    private static DatasetPlan plan(String method) {
        return method.equals("fake") ? TestPlans.small(30, 4) : TestPlans.of(method, 12, 4);
    }

    @ParameterizedTest
    @CsvSource({"fake, 1", "hessian, 2"})
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void theResultIsThatOfAnUndisturbedRun(String method, long seed) throws Exception {
        DatasetPlan plan = plan(method);
        Path killed = folder.resolve("killed");
        SplitMix64 random = new SplitMix64(seed);
        StringBuilder story = new StringBuilder();
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = start(killed, method, ProcessBuilder.Redirect.PIPE);
            int samples = random.nextInt(1, plan.count() / 5);
            try (var output = process.inputReader()) {
                for (int i = 0; i < samples && output.readLine() != null; i++) {
                    story.append('.');
                }
                TimeUnit.MILLISECONDS.sleep(random.nextInt(0, 2 * PAUSE_MILLIS));
                process.destroyForcibly();
                process.waitFor();
            }
            story.append("killed;");
        }
        int done = finishedSamples(killed, plan);
        assertThat(done).as(story.toString()).isBetween(KILLS, plan.count());
        assertThat(start(killed, method, ProcessBuilder.Redirect.DISCARD).waitFor()).as(story.toString()).isZero();

        DatasetFolder undisturbed = TestPlans.begin(folder.resolve("undisturbed"), plan);
        DatasetFactory.run(undisturbed, TestPlans.settings(1), RunListener.SILENT, () -> false);
        DatasetMerge.merge(undisturbed);
        DatasetMerge.merge(DatasetFolder.open(killed));
        Map<String, byte[]> expected = TestPlans.lastingFiles(undisturbed.path());
        Map<String, byte[]> found = TestPlans.lastingFiles(killed);
        assertThat(found.keySet()).as(story.toString()).isEqualTo(expected.keySet());
        found.forEach((name, bytes) -> assertThat(bytes).as(name + " " + story).isEqualTo(expected.get(name)));
    }

    private static Process start(Path dataset, String method, ProcessBuilder.Redirect output) throws IOException {
        String[] command = Stream.of(Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
                TestPlans.QUICK_JVM.stream(), Stream.of("-cp", System.getProperty("java.class.path"),
                        Run.class.getName(), dataset.toString(), Integer.toString(PAUSE_MILLIS), method))
                .flatMap(s -> s).toArray(String[]::new);
        return new ProcessBuilder(command).redirectOutput(output).redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static int finishedSamples(Path dataset, DatasetPlan plan) throws IOException {
        DatasetFolder opened = DatasetFolder.open(dataset);
        int done = 0;
        for (int shard = 0; shard < plan.shards(); shard++) {
            boolean whole = opened.state(shard) == ShardState.WHOLE;
            done += whole ? plan.samplesIn(shard) : opened.journalled(shard);
        }
        return done;
    }
}
