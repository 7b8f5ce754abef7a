// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nanohooke.dataset.FakeCalculator;
import io.github.nanohooke.dataset.Sample;
import io.github.nanohooke.dataset.SampleStatus;
import io.github.nanohooke.dataset.TestPlans;
import io.github.nanohooke.dataset.plan.DatasetPlan;
import io.github.nanohooke.dataset.plan.Share;
import io.github.nanohooke.dataset.report.DatasetVerification;
import io.github.nanohooke.dataset.report.FailureSummary;
import io.github.nanohooke.dataset.store.Dataset;
import io.github.nanohooke.dataset.store.DatasetFolder;
import io.github.nanohooke.dataset.store.DatasetMerge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Datasets of which much failed are named as such, and can be mended. */
class FailedSamplesTest {
    private static final DatasetPlan PLAN = TestPlans.small(12, 4);

    @TempDir
    private Path folder;
    private DatasetFolder undisturbed;
    private DatasetFolder failed;
    private final List<Long> made = new ArrayList<>();
    private final List<String> begun = new ArrayList<>();
    private final RunListener listener = new RunListener() {
        @Override
        public void begin(int total, int done) {
            begun.add(done + " of " + total);
        }

        @Override
        public void finished(Sample sample) {
            made.add(sample.index());
        }
    };

    @BeforeEach
    void twoDatasets() throws IOException {
        undisturbed = TestPlans.begin(folder.resolve("undisturbed"), PLAN);
        run(undisturbed, TestPlans.settings(1));
        DatasetMerge.merge(undisturbed);
        Path orders = Files.createDirectories(folder.resolve("orders"));
        for (long index = 0; index < 7; index++) {
            FakeCalculator.order(orders, "refuse", PLAN.options(index).seed(), 1);
        }
        failed = TestPlans.begin(folder.resolve("failed"), PLAN);
        run(failed, TestPlans.settings(1, "-D" + FakeCalculator.ORDERS + "=" + orders));
        DatasetMerge.merge(failed);
        made.clear();
        begun.clear();
    }

    private DatasetFactory.Report run(DatasetFolder dataset, RunSettings settings) throws IOException {
        return DatasetFactory.run(dataset, settings, listener, () -> false);
    }

    private List<Long> failedSamples() {
        Dataset dataset = Dataset.open(failed.path());
        List<Long> indices = new ArrayList<>();
        for (int i = 0; i < dataset.size(); i++) {
            if (dataset.status(i) == SampleStatus.FAILED) {
                indices.add(dataset.index(i));
            }
        }
        return indices;
    }

    @Test
    void aDatasetThatMostlyFailedSaysSo() throws IOException {
        assertThat(FailureSummary.of(undisturbed, Share.whole()).objection(failed.path())).isEmpty();
        assertThat(DatasetVerification.verify(undisturbed)).isEmpty();
        int all = failedSamples().size();
        assertThat(FailureSummary.of(failed, Share.whole()).objection(failed.path()).orElseThrow()).startsWith(all
                + " of 12 samples failed, 7 for one reason, for example sample 0: StaticsException: fake: table 3"
                + " cannot"
                + " be read. When that is mended");
        assertThat(DatasetVerification.verify(failed)).singleElement().asString().contains("samples failed",
                "table 3 cannot be read", "--retry-failed --out " + failed.path());
        assertThat(FailureSummary.of(failed, new Share(0, 3)).objection(failed.path()).orElseThrow())
                .startsWith("4 of 4 samples");
        assertThat(FailureSummary.of(failed, new Share(2, 3)).objection(failed.path())).isEmpty();
    }

    @Test
    void failedSamplesAreMadeAgainWhereThatIsAsked() throws IOException {
        assertThat(run(failed, TestPlans.settings(1)).complete()).isTrue();
        assertThat(made).isEmpty();
        List<Long> before = failedSamples();
        assertThat(run(failed, TestPlans.settings(1).withRetryFailed(true)).complete()).isTrue();
        assertThat(made).isEqualTo(before).contains(0L, 6L).doesNotContain(11L);
        assertThat(begun).endsWith(12 - before.size() + " of 12");
        DatasetMerge.merge(failed);
        assertThat(DatasetVerification.verify(failed)).isEmpty();
        TestPlans.lastingFiles(undisturbed.path()).forEach((name, bytes) ->
                assertThat(failed.path().resolve(name)).as(name).hasBinaryContent(bytes));
    }

    /** The journals take over what the shards had, so a stop in between needs no option to go on. */
    @Test
    void aRetryThatIsStoppedGoesOn() throws IOException {
        int before = failedSamples().size();
        DatasetFactory.Report report = DatasetFactory.run(failed, TestPlans.settings(1).withRetryFailed(true), listener,
                () -> made.size() >= 2);
        assertThat(report.complete()).isFalse();
        int first = made.size();
        assertThat(failed.made()).isEqualTo(12 - before + first);
        assertThat(run(failed, TestPlans.settings(1)).complete()).isTrue();
        assertThat(made).hasSize(before).doesNotHaveDuplicates();
        assertThat(begun).endsWith((12 - before + first) + " of 12");
        DatasetMerge.merge(failed);
        TestPlans.lastingFiles(undisturbed.path()).forEach((name, bytes) ->
                assertThat(failed.path().resolve(name)).as(name).hasBinaryContent(bytes));
    }
}
