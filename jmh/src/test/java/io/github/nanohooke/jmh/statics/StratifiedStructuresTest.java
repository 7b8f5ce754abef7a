// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.jmh.statics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nanohooke.structure.RandomStructures;
import io.github.nanohooke.structure.RandomStructures.Kind;
import io.github.nanohooke.structure.RandomStructures.Sample;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StratifiedStructuresTest {

    @Test
    void everyPartOfTheListCoversThePorosities() {
        StratifiedStructures structures = new StratifiedStructures(3);
        for (int every : new int[] {1, 3, 10}) {
            int[] classes = new int[3];
            for (int k = 0; k < 30; k++) {
                double porosity = structures.get(every * k).structure().porosity();
                assertThat(porosity).isBetween(5.0, 80.0);
                classes[Math.min(2, (int) ((porosity - 5) / 25))]++;
            }
            assertThat(classes).as("every " + every).satisfies(c -> assertThat(c[0]).isBetween(7, 13),
                    c -> assertThat(c[1]).isBetween(7, 13), c -> assertThat(c[2]).isBetween(7, 13));
        }
    }

    @Test
    void theListIsOfDifferentSamplesOfTheGeneratorAndAlwaysTheSame() {
        StratifiedStructures forward = new StratifiedStructures(3);
        Set<Long> indices = new HashSet<>();
        for (int k = 0; k < 40; k++) {
            Sample sample = forward.get(k);
            assertThat(indices.add(sample.index())).isTrue();
            assertThat(sample.structure().pores())
                    .isEqualTo(RandomStructures.sample(Kind.MIXED, 3, sample.index()).pores());
        }
        assertThat(new StratifiedStructures(3).get(39).index()).isEqualTo(forward.get(39).index());
        assertThat(new StratifiedStructures(4).get(39).structure()).isNotEqualTo(forward.get(39).structure());
    }
}
