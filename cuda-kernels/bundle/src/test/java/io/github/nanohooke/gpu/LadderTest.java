// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LadderTest {
    @Test
    void whatIsNotANumberIsNotForgotten() {
        float[] expected = {1, 2, 4};
        assertThat(Ladder.error(expected, new float[] {1, 1, 4}, 0, 3)).isEqualTo(0.25);
        assertThat(Ladder.error(expected, new float[] {Float.NaN, 2, 4}, 0, 3)).isNaN();
    }

    @Test
    void aLossThatIsNotANumberIsNotForgotten() {
        double[] expected = new double[20];
        Arrays.fill(expected, 2);
        double[] actual = expected.clone();
        actual[3] = 3;
        assertThat(Ladder.distance(expected, actual)).isEqualTo(0.5);
        actual[2] = Double.NaN;
        assertThat(Ladder.distance(expected, actual)).isNaN();
    }
}
