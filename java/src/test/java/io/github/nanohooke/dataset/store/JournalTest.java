// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nanohooke.dataset.Sample;
import io.github.nanohooke.dataset.SampleStatus;
import io.github.nanohooke.dataset.TestPlans;
import io.github.nanohooke.dataset.plan.DatasetPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final DatasetPlan PLAN = TestPlans.small(20, 10);

    @TempDir
    private Path folder;
    private Path file;

    @BeforeEach
    void threeSamples() throws IOException {
        file = folder.resolve("shard.jsonl");
        try (Journal journal = Journal.open(file).orElseThrow()) {
            assertThat(journal.read(10, 10)).isEmpty();
            for (long index : new long[] {12, 10, 17}) {
                journal.append(TestPlans.sample(PLAN, index));
            }
        }
    }

    private List<Long> indices() throws IOException {
        try (Journal journal = Journal.open(file).orElseThrow()) {
            return List.copyOf(journal.read(10, 10).keySet());
        }
    }

    @Test
    void samplesComeBackInOrder() throws IOException {
        assertThat(indices()).containsExactly(10L, 12L, 17L);
        try (Journal journal = Journal.open(file).orElseThrow()) {
            Columns back = Columns.of(PLAN, journal.read(10, 10).values());
            Columns again = Columns.of(PLAN, List.of(TestPlans.sample(PLAN, 10),
                    TestPlans.sample(PLAN, 12), TestPlans.sample(PLAN, 17)));
            assertThat(back.sameAs(again)).isTrue();
        }
    }

    /** Wherever a kill cuts the last line, the others stay, and what is appended next is readable. */
    @Test
    void aCutLineCostsItsSampleAlone() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        int lastLine = new String(whole, StandardCharsets.UTF_8).trim().lastIndexOf('\n') + 1;
        for (int length : new int[] {lastLine + 1, (lastLine + whole.length) / 2, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, length));
            try (Journal journal = Journal.open(file).orElseThrow()) {
                assertThat(journal.read(10, 10).keySet()).containsExactly(10L, 12L);
                journal.append(TestPlans.sample(PLAN, 11));
            }
            assertThat(indices()).containsExactly(10L, 11L, 12L);
        }
    }

    @Test
    void aDamagedLineCostsItsSampleAlone() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[100] ^= 1;
        Files.write(file, bytes);
        assertThat(indices()).containsExactly(10L, 17L);
    }

    @Test
    void samplesOfLostWorkersAreTriedAgain() throws IOException {
        try (Journal journal = Journal.open(file).orElseThrow()) {
            journal.read(10, 10);
            Sample made = TestPlans.sample(PLAN, 13);
            journal.append(new Sample(13, SampleStatus.FAILED, "worker process ended by signal 9, twice", true,
                    made.geometry(), Sample.Measurement.none(PLAN.imageBytes()), PLAN.frame(), 1));
        }
        assertThat(indices()).containsExactly(10L, 12L, 17L);
    }

    @Test
    void samplesOfOtherShardsAreLeftOut() throws IOException {
        try (Journal journal = Journal.open(file).orElseThrow()) {
            assertThat(journal.read(0, 11).keySet()).containsExactly(10L);
        }
    }

    @Test
    void onlyOneAtATimeHasIt() throws IOException {
        try (Journal journal = Journal.open(file).orElseThrow()) {
            assertThat(Journal.open(file)).isEmpty();
            journal.read(10, 10);
        }
        assertThat(Journal.open(file).map(JournalTest::closed)).isPresent();
    }

    private static Journal closed(Journal journal) {
        try {
            journal.close();
            return journal;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void garbageIsNoJournal() throws IOException {
        Files.writeString(file, "no journal at all\n", StandardOpenOption.TRUNCATE_EXISTING);
        assertThat(indices()).isEmpty();
    }
}
