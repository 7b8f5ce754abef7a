// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nanohooke.dataset.Sample;
import io.github.nanohooke.dataset.TestPlans;
import io.github.nanohooke.dataset.plan.DatasetPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardJournalTest {
    private static final DatasetPlan PLAN = TestPlans.small(8, 4);

    @TempDir
    private Path folder;
    private DatasetFolder dataset;

    @BeforeEach
    void begin() throws IOException {
        dataset = TestPlans.begin(folder.resolve("data"), PLAN);
    }

    private ShardJournal take(int shard) throws IOException {
        return ShardJournal.take(dataset, shard).orElseThrow();
    }

    @Test
    void aShardIsItsSamplesWhoeverMadeThem() throws IOException {
        List<Sample> samples = TestPlans.samples(PLAN, 4, 4);
        try (ShardJournal first = take(1)) {
            assertThat(first.missing()).containsExactly(4L, 5L, 6L, 7L);
            first.append(samples.get(2));
            assertThat(first.completeIfFull()).isFalse();
            assertThat(ShardJournal.take(dataset, 1)).isEmpty();
        }
        assertThat(dataset.journalled(1)).isEqualTo(1);
        try (ShardJournal second = take(1)) {
            assertThat(second.missing()).containsExactly(4L, 5L, 7L);
            for (int i : new int[] {3, 0, 1}) {
                second.append(samples.get(i));
            }
            assertThat(dataset.state(1)).isEqualTo(ShardState.MISSING);
            assertThat(second.completeIfFull()).isTrue();
            assertThat(second.missing()).isEmpty();
        }
        assertThat(dataset.state(1)).isEqualTo(ShardState.WHOLE);
        assertThat(dataset.journal(1)).doesNotExist();
        assertThat(TableFile.read(dataset.shard(1)).sameAs(Columns.of(PLAN, samples))).isTrue();
        assertThat(Dataset.ofShard(dataset, 1).index(0)).isEqualTo(4);
    }

    /** A run that was killed between its last sample and the file. */
    @Test
    void aFullJournalBecomesAShardWhenItIsTaken() throws IOException {
        try (ShardJournal all = take(0)) {
            for (Sample sample : TestPlans.samples(PLAN, 0, 4)) {
                all.append(sample);
            }
        }
        assertThat(dataset.state(0)).isEqualTo(ShardState.MISSING);
        try (ShardJournal again = take(0)) {
            assertThat(again.completeIfFull()).isTrue();
        }
        assertThat(dataset.state(0)).isEqualTo(ShardState.WHOLE);
    }

    @Test
    void whatIsReopenedComesBackToTheSameBytes() throws IOException {
        Shards.write(dataset, 0, TestPlans.samples(PLAN, 0, 4));
        byte[] before = Files.readAllBytes(dataset.shard(0));
        try (ShardJournal held = take(0)) {
            assertThat(held.completeIfFull()).isTrue(); // another process' shard
        }
        assertThat(ShardJournal.reopen(dataset, 0, sample -> sample.index() != 2)).isTrue();
        assertThat(dataset.shard(0)).doesNotExist();
        try (ShardJournal again = take(0)) {
            assertThat(again.missing()).containsExactly(2L);
            again.append(TestPlans.sample(PLAN, 2));
            assertThat(again.completeIfFull()).isTrue();
        }
        assertThat(dataset.shard(0)).hasBinaryContent(before);
    }

    /** A run that was killed between the shard's last byte and the end of its journal. */
    @Test
    void whatAJournalHasBesideAWholeShardIsForgotten() throws IOException {
        List<Sample> samples = TestPlans.samples(PLAN, 0, 4);
        try (ShardJournal all = take(0)) {
            for (Sample sample : samples.subList(1, 4)) {
                all.append(sample);
            }
        }
        Shards.write(dataset, 0, samples);
        assertThat(ShardJournal.reopen(dataset, 0, sample -> sample.index() == 0)).isTrue();
        try (ShardJournal again = take(0)) {
            assertThat(again.missing()).containsExactly(1L, 2L, 3L);
        }
        // No more: it is a journal now, perhaps of a run that had the lock meanwhile.
        assertThat(ShardJournal.reopen(dataset, 0, sample -> true)).isFalse();
        Shards.write(dataset, 0, samples);
        assertThat(ShardJournal.reopen(dataset, 0, sample -> false)).isTrue();
        assertThat(dataset.journalled(0)).isZero();
    }

    @Test
    void timesThatAreDamagedAreLostAlone() throws IOException {
        for (int shard = 0; shard < 2; shard++) {
            Shards.write(dataset, shard, TestPlans.samples(PLAN, PLAN.firstIndex(shard), 4));
        }
        Files.writeString(dataset.timings(0), "ind");
        Files.writeString(dataset.timings(1), "index,seconds\n4,0.5\n5,0.\u00e9\n6\n7,1e\n");
        DatasetMerge.merge(dataset);
        assertThat(Files.readString(dataset.mergedTimings())).isEqualTo("index,seconds\n4,0.5\n");
        assertThat(Shards.read(dataset, 0)).extracting(Sample::seconds).containsOnly(Double.NaN);
    }

    @Test
    void filesAreCheckedAgainstEachOther() throws IOException {
        for (int shard = 0; shard < 2; shard++) {
            Shards.write(dataset, shard, TestPlans.samples(PLAN, PLAN.firstIndex(shard), 4));
        }
        DatasetMerge.merge(dataset);
        DatasetCheck.Report right = DatasetCheck.of(dataset);
        assertThat(right.ofShards()).isEmpty();
        assertThat(right.readable()).containsExactly(0, 1);
        assertThat(right.ofMerged()).isEmpty();
        Sample sample = TestPlans.sample(PLAN, 6);
        assertThat(DatasetCheck.differences(dataset, sample)).isEmpty();

        // Within a shard's last sample alone, in one column, by one bit.
        Tampering.changePorosity(dataset, 1, 2, Math.ulp(sample.geometry().porosity()));
        assertThat(DatasetCheck.differences(dataset, sample)).containsExactly("porosity");
        assertThat(DatasetCheck.of(dataset).ofMerged().orElseThrow()).contains("differs from the shards");
        Tampering.loseChecksum(dataset, 1);
        DatasetCheck.Report wrong = DatasetCheck.of(dataset);
        assertThat(wrong.readable()).containsExactly(0);
        assertThat(wrong.ofMerged()).as("nothing to compare with").isEmpty();
    }
}
