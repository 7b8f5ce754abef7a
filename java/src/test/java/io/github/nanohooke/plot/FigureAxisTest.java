// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.plot.FigureAxis.Linear;
import io.github.nanohooke.plot.FigureAxis.Logarithmic;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class FigureAxisTest {

    @Test
    void linearAxesEndOnRoundNumbers() {
        Linear axis = Linear.around(3, 47);
        assertThat(axis.ticks()).containsExactly(0.0, 10.0, 20.0, 30.0, 40.0, 50.0);
        assertThat(axis.place(25)).isCloseTo(0.5, within(1e-12));
        assertThat(axis.label(-20)).isEqualTo("\u221220");
        assertThat(Linear.around(0, 0.31).label(0.1)).isEqualTo("0.1");
    }

    @Test
    void axesMayHoldTheirValuesAndNoMore() {
        Linear axis = Linear.between(0, 8.1);
        assertThat(axis.ticks()).containsExactly(0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0);
        assertThat(axis.place(8.1)).isEqualTo(1);
        Linear rows = Linear.between(256, 0);
        assertThat(rows.ticks()).containsExactly(0.0, 50.0, 100.0, 150.0, 200.0, 250.0);
        assertThat(rows.place(0)).isEqualTo(1);
        assertThat(rows.place(256)).isZero();
        Linear padded = Linear.padded(-1.4, 1.7);
        assertThat(padded.ticks()).first().isEqualTo(-1.5);
        assertThat(padded.ticks()).last().isEqualTo(1.5);
        assertThat(padded.place(-1.4)).isBetween(0.03, 0.05);
        assertThat(padded.place(1.7)).isBetween(0.95, 0.97);
        assertThat(Linear.padded(0, 0).ticks()).as("one value").hasSizeGreaterThan(4);
    }

    @Property
    void everyAxisHasAFewTicksInsideIt(@ForAll @DoubleRange(min = -1e4, max = 1e4) double one,
            @ForAll @DoubleRange(min = -1e4, max = 1e4) double other) {
        Assume.that(Math.abs(one - other) > 1e-3);
        Linear axis = Linear.between(one, other);
        assertThat(axis.ticks()).hasSizeBetween(5, 14).allSatisfy(tick -> assertThat(axis.place(tick))
                .isBetween(-1e-5, 1 + 1e-5));
        assertThat(axis.ticks().stream().map(axis::label).distinct()).hasSameSizeAs(axis.ticks());
    }

    @Test
    void logarithmicAxesEndOnOneTwoAndFive() {
        Logarithmic axis = Logarithmic.around(1.7, 23);
        assertThat(axis.ticks()).containsExactly(1.0, 2.0, 5.0, 10.0, 20.0, 50.0);
        assertThat(axis.place(1)).isCloseTo(0, within(1e-12));
        assertThat(axis.place(50)).isCloseTo(1, within(1e-12));
        assertThat(axis.place(Math.sqrt(50))).isCloseTo(0.5, within(1e-12));
        assertThat(axis.label(5)).isEqualTo("5");
        assertThat(axis.label(0.02)).isEqualTo("0.02");
        assertThat(Logarithmic.around(0.2, 0.2).ticks()).as("a single value").hasSizeGreaterThan(1);
        assertThatThrownBy(() -> new Logarithmic(0, 1)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("positive");
    }

    @Property
    void logarithmicAxesHoldTheirValues(@ForAll @DoubleRange(min = -6, max = 6) double one,
            @ForAll @DoubleRange(min = -6, max = 6) double other) {
        double min = Math.pow(10, Math.min(one, other));
        double max = Math.pow(10, Math.max(one, other));
        Logarithmic axis = Logarithmic.around(min, max);
        assertThat(axis.place(min)).isBetween(-1e-6, 1.0);
        assertThat(axis.place(max)).isBetween(axis.place(min), 1 + 1e-6);
        assertThat(axis.ticks()).contains(axis.low()).contains(axis.high());
    }
}
