// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.file;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;

class HalfPrecisionTest {

    @Test
    void valuesOfTheStandard() {
        assertThat(HalfPrecision.toFloat((short) 0x3C00)).isEqualTo(1f);
        assertThat(HalfPrecision.toFloat((short) 0xC000)).isEqualTo(-2f);
        assertThat(HalfPrecision.toFloat((short) 0x7BFF)).isEqualTo(HalfPrecision.MAX_VALUE);
        assertThat(HalfPrecision.toFloat((short) 0x0400)).isEqualTo(0x1p-14f);
        assertThat(HalfPrecision.toFloat((short) 0x0001)).isEqualTo(0x1p-24f);
        assertThat(HalfPrecision.toFloat((short) 0x3555)).isEqualTo(0.333251953125f);
        assertThat(HalfPrecision.toFloat((short) 0xFC00)).isEqualTo(Float.NEGATIVE_INFINITY);
    }

    @Test
    void allHalvesSurviveTheWayThereAndBack() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float value = HalfPrecision.toFloat((short) bits);
            if (Float.isNaN(value)) {
                assertThat(HalfPrecision.toFloat(HalfPrecision.fromFloat(value))).isNaN();
            } else {
                assertThat(HalfPrecision.fromFloat(value)).isEqualTo((short) bits);
            }
        }
    }

    @Test
    void tiesGoToTheEvenNeighbour() {
        for (int bits = 0; bits < 0x7BFF; bits++) {
            float low = HalfPrecision.toFloat((short) bits);
            float high = HalfPrecision.toFloat((short) (bits + 1));
            float middle = (low + high) / 2;
            assertThat(HalfPrecision.fromFloat(middle)).isEqualTo((short) ((bits & 1) == 0 ? bits : bits + 1));
            assertThat(HalfPrecision.fromFloat(Math.nextDown(middle))).isEqualTo((short) bits);
            assertThat(HalfPrecision.fromFloat(Math.nextUp(middle))).isEqualTo((short) (bits + 1));
        }
    }

    @Test
    void whatIsTooLargeBecomesInfinite() {
        assertThat(HalfPrecision.fromFloat(Math.nextDown(65520f))).isEqualTo((short) 0x7BFF);
        assertThat(HalfPrecision.fromFloat(65520f)).isEqualTo((short) 0x7C00);
        assertThat(HalfPrecision.fromFloat(-1e30f)).isEqualTo((short) 0xFC00);
    }

    @Property(tries = 200)
    void roundingErrsByHalfAUnitAtMost(@ForAll @FloatRange(min = -60000, max = 60000) float value) {
        float rounded = HalfPrecision.toFloat(HalfPrecision.fromFloat(value));
        assertThat(Math.abs(rounded - value)).isLessThanOrEqualTo(Math.max(0x1p-25f, Math.abs(value) * 0x1p-11f));
    }
}
