// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.suite;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final float[] EXPECTED = {1, 2, 4};

    @Test
    void whatIsNearPassesAndWhatIsNotIsNamed() {
        assertThatCode(() -> Comparison.close("x", EXPECTED, EXPECTED.clone(), 1e-6, "")).doesNotThrowAnyException();
        assertThatThrownBy(() -> Comparison.close("x", EXPECTED, new float[] {1, 3, 4}, 1e-6, ""))
                .isInstanceOf(AssertionError.class).hasMessageContaining("worst at 1 of 3");
    }

    @Test
    void whatIsNotANumberIsNotForgotten() {
        assertThatThrownBy(() -> Comparison.close("x", EXPECTED, new float[] {Float.NaN, 2, 4}, 1e-6, ""))
                .isInstanceOf(AssertionError.class).hasMessageContaining("error NaN")
                .hasMessageContaining("worst at 0 of 3");
    }
}
