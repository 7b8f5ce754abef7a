// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.dataset.DatasetException;
import io.github.nanohooke.dataset.TestPlans;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.structure.Cells;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DatasetPlanTest {
    private static final DatasetPlan PLAN = TestPlans.small(60, 25);

    private static DatasetPlan withRandomSeed(long seed) {
        return new DatasetPlan(PLAN.mix(), PLAN.seed(), PLAN.shardSize(), PLAN.lattice(), PLAN.cells(),
                PLAN.imageSize(), PLAN.method(), StaticsOptions.defaults().withSeed(seed), PLAN.software());
    }

    @Test
    void shardsCoverEverySampleOnce() {
        assertThat(PLAN.shards()).isEqualTo(3);
        assertThat(PLAN.samplesIn(0)).isEqualTo(25);
        assertThat(PLAN.firstIndex(2)).isEqualTo(50);
        assertThat(PLAN.samplesIn(2)).isEqualTo(10);
    }

    @Test
    void everySampleHasItsOwnPerturbation() {
        assertThat(LongStream.range(0, 60).map(i -> PLAN.options(i).seed()).distinct().count()).isEqualTo(60);
        assertThat(withRandomSeed(1).options(3).seed()).isEqualTo(PLAN.options(3).seed());
        assertThat(withRandomSeed(2).options(3).seed()).isNotEqualTo(PLAN.options(3).seed());
    }

    @Test
    void samplesAreMeasuredWithOneStrain() {
        assertThat(StaticsOptions.defaults().strains()).isEqualTo(StaticsOptions.Strains.CONVERGED);
        assertThat(withRandomSeed(1).options(0)).extracting(StaticsOptions::strain, StaticsOptions::strains)
                .containsExactly(2e-5, StaticsOptions.Strains.ONE);
    }

    /** Told before a dataset is begun: its manifest would refuse the corrected call. */
    @Test
    void plansThatNoSampleCanBeMadeOfAreRefused() {
        PLAN.requireDrawable();
        DatasetPlan small = new DatasetPlan(PLAN.mix(), PLAN.seed(), PLAN.shardSize(), PLAN.lattice(),
                new Cells(3, 3, 1), PLAN.imageSize(), PLAN.method(), StaticsOptions.defaults(), PLAN.software());
        assertThatThrownBy(small::requireDrawable).isInstanceOf(DatasetException.class)
                .hasMessageContaining("no structure of the family mixed in 3 x 3 cells");
        assertThatThrownBy(() -> new DatasetPlan(PLAN.mix(), PLAN.seed(), PLAN.shardSize(), PLAN.lattice(),
                PLAN.cells(), 4097, PLAN.method(), StaticsOptions.defaults(), PLAN.software()))
                .isInstanceOf(DatasetException.class).hasMessageContaining("8 to 4096 pixels");
    }

    /** Datasets were made with these: whatever changes them makes other minima of unstable structures. */
    @Test
    void perturbationsAreThoseOfTheFirstVersion() {
        assertThat(PLAN.options(0).seed()).isEqualTo(574280781412419975L);
        assertThat(PLAN.options(59).seed()).isEqualTo(5709659121781838517L);
    }
}
