// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nanohooke.dataset.Part;
import io.github.nanohooke.dataset.store.Dataset;
import io.github.nanohooke.surrogate.data.DatasetSamples;
import io.github.nanohooke.surrogate.data.TrainingData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Points of a learning curve: draws of other samples in epochs of about one length. */
class SubsetTest {
    private static final TrainingData ALL = DatasetSamples.of(
            List.of(Dataset.open(Path.of("..", "..", "test-data", "dataset", "mixed.nhs"))), Part.TRAINING);

    private static List<String> samples(TrainingData data) {
        List<String> samples = new ArrayList<>();
        for (int i = 0; i < data.size(); i++) {
            samples.add(Arrays.toString(data.constants(i)) + Arrays.hashCode(data.image(i).packed()));
        }
        return samples;
    }

    @Test
    void everySampleComesEquallyOftenWithItsOwnConstants() {
        Subset few = new Subset(ALL, 100);
        assertThat(few.samples()).isEqualTo(100);
        List<String> drawn = samples(few);
        List<String> all = samples(ALL);
        assertThat(all).doesNotHaveDuplicates();
        assertThat(drawn.stream().distinct()).hasSize(100).isSubsetOf(all)
                .allMatch(sample -> Collections.frequency(drawn, sample) == few.size() / 100);
    }

    @Test
    void epochsAreOfAboutOneLength() {
        assertThat(List.of(100, 700, 2000, ALL.size())).allSatisfy(size ->
                assertThat(new Subset(ALL, size).size()).isBetween(14_000, 19_000));
    }

    @Test
    void aSmallerDrawIsAPartOfALargerOne() {
        assertThat(samples(new Subset(ALL, 900))).containsAll(samples(new Subset(ALL, 300)));
        assertThat(new Subset(ALL, 100_000).samples()).isEqualTo(ALL.size());
    }
}
