// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PartTest {

    /** Files hold these: whatever changes them breaks the split of every dataset. */
    @Test
    void keysAreThoseOfTheFirstVersion() {
        assertThat(LongStream.range(0, 3).map(i -> Part.shuffleKey(1, i)))
                .containsExactly(1610863107383021511L, 4128602181187711231L, -1572546748411922274L);
    }

    @Test
    void sharesAreNinetyFiveAndFivePerCent() {
        Map<Part, Integer> counts = new EnumMap<>(Part.class);
        int samples = 100_000;
        for (long index = 0; index < samples; index++) {
            counts.merge(Part.of(2022, index), 1, Integer::sum);
        }
        // Standard deviations of a binomial draw: 95 and 69.
        assertThat(counts.get(Part.TRAINING)).isBetween(90_000 - 475, 90_000 + 475);
        assertThat(counts.get(Part.VALIDATION)).isBetween(5_000 - 345, 5_000 + 345);
        assertThat(counts.get(Part.TEST)).isBetween(5_000 - 345, 5_000 + 345);
    }

    @Test
    void seedsSplitDifferently() {
        long different = LongStream.range(0, 1000).filter(i -> Part.of(1, i) != Part.of(2, i)).count();
        assertThat(different).isBetween(100L, 300L); // 18.5 % expected
    }

    @Property(tries = 200)
    void codesLeadBack(@ForAll long seed, @ForAll long index) {
        Part part = Part.of(seed, index);
        assertThat(Part.ofCode(part.code())).isEqualTo(part);
    }
}
