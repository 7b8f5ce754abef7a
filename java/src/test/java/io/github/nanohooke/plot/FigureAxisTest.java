// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.plot.FigureAxis.Linear;
import io.github.nanohooke.plot.FigureAxis.Logarithmic;
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
