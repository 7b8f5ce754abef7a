// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.jmh;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.jmh.harness.BenchmarkException;
import org.junit.jupiter.api.Test;

/** What the command {@code bench} says to words that it does not understand: bad input, not a fault of the program. */
class BenchmarksTest {

    @Test
    void aBenchmarkThatIsNotThereIsNamedWithTheListOfThem() {
        assertThatThrownBy(() -> Benchmarks.main(new String[] {"NoSuchBenchmark"}))
                .isInstanceOf(BenchmarkException.class).hasMessageContaining("bench -l");
    }

    @Test
    void anOptionThatIsNotThereIsNamedWithTheHelp() {
        assertThatThrownBy(() -> Benchmarks.main(new String[] {"--no-such-option"}))
                .isInstanceOf(BenchmarkException.class).hasMessageContaining("no-such-option")
                .hasMessageContaining("bench -h");
    }
}
