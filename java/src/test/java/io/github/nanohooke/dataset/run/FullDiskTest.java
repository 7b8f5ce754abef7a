// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.nanohooke.dataset.Sample;
import io.github.nanohooke.dataset.TestPlans;
import io.github.nanohooke.dataset.plan.DatasetPlan;
import io.github.nanohooke.dataset.report.DatasetVerification;
import io.github.nanohooke.dataset.store.DatasetFolder;
import io.github.nanohooke.io.FileWriteException;
import io.github.nanohooke.io.SystemCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system of 200 KB, which only root can mount. */
class FullDiskTest {
    private static final DatasetPlan PLAN = TestPlans.small(16, 4);

    @TempDir
    private Path folder;

    @Test
    void aFullDiskEndsTheRunAndLosesNothing() throws Exception {
        Path mount = Files.createDirectories(folder.resolve("small"));
        assumeTrue(SystemCommand.succeeds("mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", mount.toString()),
                "cannot mount a small file system here; needs root");
        try {
            Path data = mount.resolve("data");
            DatasetFolder dataset = TestPlans.begin(data, PLAN);
            Path filler = mount.resolve("filler");
            Files.write(filler, new byte[120_000]);
            List<Long> finished = new ArrayList<>();
            RunListener listener = new RunListener() {
                @Override
                public void finished(Sample sample) {
                    finished.add(sample.index());
                }
            };
            assertThatThrownBy(() -> DatasetFactory.run(dataset, TestPlans.settings(1), listener, () -> false))
                    .isInstanceOfAny(IOException.class, FileWriteException.class).hasMessageContaining(data.toString());
            assertThat(finished).isNotEmpty().hasSizeLessThan(PLAN.count());

            Files.delete(filler);
            assertThat(DatasetFactory.run(dataset, TestPlans.settings(1), listener, () -> false).complete()).isTrue();
            assertThat(finished).hasSize(PLAN.count()).doesNotHaveDuplicates();
            assertThat(DatasetVerification.verify(dataset)).isEmpty();
        } finally {
            assertThat(SystemCommand.succeeds("umount", "-l", mount.toString())).isTrue();
        }
    }
}
