// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.dataset.DatasetException;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShareTest {

    @Property(tries = 200)
    void everyShardIsInExactlyOneShare(@ForAll @IntRange(min = 1, max = 40) int of,
            @ForAll @IntRange(min = 0, max = 10_000) int shard) {
        int holders = 0;
        for (int number = 0; number < of; number++) {
            holders += new Share(number, of).has(shard) ? 1 : 0;
        }
        assertThat(holders).isEqualTo(1);
    }

    @Test
    void textIsReadAsWritten() {
        assertThat(Share.parse("3/8")).isEqualTo(new Share(3, 8));
        assertThat(Share.parse("0/1").isWhole()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3", "8/8", "-1/4", "1/0", "a/b", "1/2/3", "1.5/4"})
    void nonsenseIsRefused(String text) {
        assertThatThrownBy(() -> Share.parse(text)).isInstanceOf(DatasetException.class);
    }

    private static Map<String, String> array(int id, int min, int max, int step, int count) {
        return Map.of("SLURM_ARRAY_TASK_ID", "" + id, "SLURM_ARRAY_TASK_MIN", "" + min, "SLURM_ARRAY_TASK_MAX",
                "" + max, "SLURM_ARRAY_TASK_STEP", "" + step, "SLURM_ARRAY_TASK_COUNT", "" + count);
    }

    @Test
    void aSlurmTaskTakesItsPlaceInTheArray() {
        assertThat(Share.ofSlurmArray(Map.of("PATH", "/bin"))).isEmpty();
        assertThat(Share.ofSlurmArray(array(0, 0, 9, 1, 10))).contains(new Share(0, 10));
        assertThat(Share.ofSlurmArray(array(7, 5, 14, 1, 10))).contains(new Share(2, 10));
        assertThat(Share.ofSlurmArray(array(9, 1, 17, 4, 5))).contains(new Share(2, 5));
    }

    @Test
    void anArrayWithGapsTellsNothing() {
        assertThatThrownBy(() -> Share.ofSlurmArray(array(8, 4, 15, 1, 3))).isInstanceOf(DatasetException.class)
                .hasMessageContaining("gaps").hasMessageContaining("--shard");
    }
}
