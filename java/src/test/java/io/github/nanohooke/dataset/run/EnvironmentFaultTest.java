// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.EnvironmentFaultException;
import io.github.nanohooke.dataset.FakeCalculator;
import io.github.nanohooke.dataset.TestPlans;
import io.github.nanohooke.dataset.plan.DatasetPlan;
import io.github.nanohooke.dataset.report.DatasetStatistics;
import io.github.nanohooke.dataset.store.Dataset;
import io.github.nanohooke.dataset.store.DatasetFolder;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.potential.Potential;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.RandomStructures.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the machine does to a run never becomes data. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class EnvironmentFaultTest {
    private static final DatasetPlan PLAN = TestPlans.small(10, 2);

    @TempDir
    private Path folder;
    private Path orders;
    private final List<String> notices = new ArrayList<>();
    private final RunListener listener = new RunListener() {
        @Override
        public void notice(String message) {
            notices.add(message);
        }
    };

    @BeforeEach
    void makeOrders() throws IOException {
        orders = Files.createDirectories(folder.resolve("orders"));
    }

    private DatasetFactory.Report run(DatasetFolder dataset, String... flags) throws IOException {
        return DatasetFactory.run(dataset, TestPlans.settings(1, flags), listener, () -> false);
    }

    private String obedience() {
        return "-D" + FakeCalculator.ORDERS + "=" + orders;
    }

    /** Also a worker whose error came from the virtual machine ends at once; the time-out of a sample is 15 minutes. */
    @ParameterizedTest
    @CsvSource({"fault, not enough memory", "error, NoClassDefFoundError", "defect, a defect", "kill, signal 9"})
    void aFaultIsTriedAgainAndThenEndsTheRun(String order, String reason) throws IOException {
        long index = TestPlans.ordinarySample(PLAN, 1);
        FakeCalculator.order(orders, order, PLAN.options(index).seed(), 1);
        DatasetFolder once = TestPlans.begin(folder.resolve("once"), PLAN);
        assertThat(run(once, obedience()).complete()).isTrue();
        assertThat(notices).singleElement().asString().contains("sample " + index + ": ", reason, "tried once more");

        FakeCalculator.order(orders, order, PLAN.options(index).seed(), 2);
        DatasetFolder twice = TestPlans.begin(folder.resolve("twice"), PLAN);
        assertThatThrownBy(() -> run(twice, obedience())).isInstanceOf(EnvironmentFaultException.class)
                .hasMessageContaining("sample " + index).hasMessageContaining(reason).hasMessageContaining("twice")
                .hasMessageContaining(twice.path().resolve("logs").toString());
        assertThat(run(twice).complete()).isTrue();
        assertThat(TestPlans.lastingFiles(twice.path()).keySet())
                .isEqualTo(TestPlans.lastingFiles(once.path()).keySet());
        TestPlans.lastingFiles(once.path()).forEach((name, bytes) ->
                assertThat(twice.path().resolve(name)).as(name).hasBinaryContent(bytes));
    }

    @Test
    void workersThatDoNotStartEndTheRunAndSpoilNothing() throws IOException {
        DatasetFolder dataset = TestPlans.begin(folder.resolve("data"), PLAN);
        assertThatThrownBy(() -> run(dataset, "-XX:NoSuchFlagAtAll")).isInstanceOf(EnvironmentFaultException.class)
                .hasMessageContaining("before it was ready");
        assertThat(run(dataset).complete()).isTrue();
        assertThat(DatasetStatistics.of(Dataset.open(dataset.path())).reasons().keySet())
                .noneMatch(reason -> reason.contains("worker process"));
    }

    /** The potential is looked for by every worker; here it goes after the run has read its plan. */
    @Test
    void aPotentialThatVanishesEndsTheRun() throws IOException {
        Path potential = folder.resolve("Al.eam.alloy");
        byte[] bundled = Potential.mishin1999().file().orElseThrow().bytes();
        Files.writeString(potential, "copied " + new String(bundled, StandardCharsets.ISO_8859_1));
        DatasetPlan plan = new DatasetPlan(Kind.MIXED, 1, 2, 2, Lattice.aluminium(), new Cells(8, 8, 1), 32, "fake",
                StaticsOptions.defaults().withPotential(Potential.fromFile(potential)), "nanohooke test");
        DatasetFolder dataset = TestPlans.begin(folder.resolve("data"), plan);
        Files.delete(potential);
        assertThatThrownBy(() -> run(dataset)).isInstanceOf(EnvironmentFaultException.class)
                .hasMessageContaining("Al.eam.alloy does not exist");
        assertThat(dataset.shard(0)).doesNotExist();
    }
}
