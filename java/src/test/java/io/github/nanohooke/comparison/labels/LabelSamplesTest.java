// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.comparison.labels.LabelSamples.LabelSample;
import io.github.nanohooke.dataset.DatasetException;
import io.github.nanohooke.dataset.Part;
import io.github.nanohooke.dataset.plan.DatasetPlan;
import io.github.nanohooke.dataset.store.Dataset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Samples of the repository's datasets, drawn again. */
class LabelSamplesTest {
    private static List<Dataset> datasets;

    @BeforeAll
    static void open() {
        datasets = LabelledData.open("from-20000.nhs", "lattices-14.nhs");
    }

    /** The seam checks the picture bit for bit; atoms and porosity are told here. */
    @Test
    void theDrawnStructureIsTheStoredOne() {
        LabelSamples samples = LabelSamples.of(datasets, Part.TEST, 1000);
        assertThat(samples.all()).hasSizeGreaterThan(10);
        for (LabelSample sample : samples.all()) {
            var drawn = sample.draw();
            assertThat(drawn.index()).isEqualTo(sample.dataset().sourceIndex(sample.place()));
            assertThat(drawn.structure().porosity()).isEqualTo(sample.dataset().porosity(sample.place()));
            assertThat(drawn.structure().atoms().cell().rows())
                    .isDeepEqualTo(sample.dataset().cellBefore(sample.place()));
        }
    }

    @Test
    void anotherStructureIsNotTakenForIt() {
        LabelSample sample = LabelSamples.of(datasets, Part.TEST, 1).get(0);
        DatasetPlan plan = sample.plan();
        DatasetPlan other = new DatasetPlan(plan.mix(), plan.seed() + 1, plan.shardSize(), plan.lattice(), plan.cells(),
                plan.imageSize(), plan.method(), plan.options(), plan.software());
        assertThatThrownBy(() -> new LabelSample(0, sample.dataset(), sample.place(), other).draw())
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("sample " + sample.index()).hasMessageContaining("use the version");
    }

    @Test
    void familiesTakeTurns() {
        List<LabelSample> all = LabelSamples.of(datasets, Part.TEST, 1000).all();
        Map<String, Integer> left = new HashMap<>();
        all.forEach(sample -> left.merge(sample.family(), 1, Integer::sum));
        Map<String, Integer> taken = new HashMap<>();
        for (LabelSample sample : all) {
            int mine = taken.getOrDefault(sample.family(), 0);
            // Nobody is two turns behind, but who has none left.
            left.forEach((family, count) ->
                    assertThat(Math.min(count, mine)).isLessThanOrEqualTo(taken.getOrDefault(family, 0)));
            taken.put(sample.family(), mine + 1);
        }
        assertThat(taken).isEqualTo(left);
        assertThat(LabelSamples.of(datasets, Part.TEST, 5).all()).isEqualTo(all.subList(0, 5));
        assertThat(all).extracting(LabelSample::number).doesNotHaveDuplicates();
    }

    /** Three cells of foams that turned into another crystal are 2.1 times as high as the one that was designed. */
    @Test
    void cellsAlongZAreThoseOfTheRelaxedCell() {
        List<LabelSample> all = LabelSamples.of(datasets, Part.TRAINING, 1000).all();
        assertThat(all).extracting(LabelSample::cells).containsOnly(1, 3);
        assertThat(all).filteredOn(sample -> sample.family().equals("foams") && sample.index() == 20151)
                .extracting(LabelSample::cells).containsExactly(3);
        assertThat(all).filteredOn(sample -> sample.family().equals("foams") && sample.index() == 20138)
                .extracting(LabelSample::cells).containsExactly(1);
    }

    @Test
    void datasetsOfOtherMethodsAreRefused() {
        Map<String, Object> attributes = new HashMap<>(datasets.get(1).attributes());
        attributes.put("plan", String.valueOf(attributes.get("plan")).replace("\"hessian\"", "\"lammps\""));
        assertThatThrownBy(() -> LabelSamples.plan(attributes, "x.nhs")).isInstanceOf(DatasetException.class)
                .hasMessageContaining("x.nhs").hasMessageContaining("method lammps");
        attributes.put("plan", "{");
        assertThatThrownBy(() -> LabelSamples.plan(attributes, "x.nhs")).isInstanceOf(DatasetException.class)
                .hasMessageContaining("no JSON");
        attributes.remove("plan");
        assertThatThrownBy(() -> LabelSamples.plan(attributes, "x.nhs")).isInstanceOf(DatasetException.class)
                .hasMessageContaining("does not tell its plan");
    }
}
