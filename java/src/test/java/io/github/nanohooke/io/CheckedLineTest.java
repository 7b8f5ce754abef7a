// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Positive;
import org.junit.jupiter.api.Test;

class CheckedLineTest {

    record Value(String text, double number, byte[] bytes, long[] none) {
    }

    @Property(tries = 300)
    void everyDoubleComesBackBitByBit(@ForAll double number, @ForAll byte[] bytes, @ForAll String text) {
        Value back = CheckedLine.read(CheckedLine.write(new Value(text, number, bytes, null)), Value.class)
                .orElseThrow();
        assertThat(Double.doubleToRawLongBits(back.number)).isEqualTo(Double.doubleToRawLongBits(number));
        assertThat(back.bytes).isEqualTo(bytes);
        assertThat(back.text).isEqualTo(text);
    }

    @Test
    void numbersThatAreNoneComeBack() {
        for (double number : new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0}) {
            String line = CheckedLine.write(new Value("", number, new byte[0], null));
            assertThat(CheckedLine.read(line, Value.class).orElseThrow().number)
                    .isEqualTo(Double.valueOf(number));
        }
    }

    @Property(tries = 300)
    void aChangedCharacterIsNoticed(@ForAll @Positive int at, @ForAll @IntRange(min = 1, max = 94) int shift) {
        String line = CheckedLine.write(new Value("pores", 1.25, new byte[] {1, 2, 3}, null));
        int i = at % line.length();
        char changed = (char) (33 + (line.charAt(i) - 32 + shift) % 94);
        if (changed != line.charAt(i)) {
            String damaged = line.substring(0, i) + changed + line.substring(i + 1);
            assertThat(CheckedLine.read(damaged, Value.class)).isEmpty();
        }
    }

    @Property(tries = 100)
    void aCutLineIsNoticed(@ForAll @Positive int at) {
        String line = CheckedLine.write(new Value("pores", 1.25, new byte[] {1, 2, 3}, null));
        assertThat(CheckedLine.read(line.substring(0, at % line.length()), Value.class)).isEmpty();
    }

    @Test
    void anotherTypeIsNamed() {
        assertThatThrownBy(() -> CheckedLine.read(CheckedLine.write("text"), Value.class))
                .isInstanceOf(FileFormatException.class).hasMessageContaining("another version");
    }
}
