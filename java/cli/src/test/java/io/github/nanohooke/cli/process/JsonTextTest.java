// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTextTest {
    record Numbers(double one, Double other, double[] some, double[][] rows, List<Double> more) {
    }

    /** Programs that read a number or null would stumble over the text "NaN". */
    @Test
    void whatIsNoNumberIsNull() {
        double nan = Double.NaN;
        double infinite = Double.NEGATIVE_INFINITY;
        assertThat(JsonText.of(new Numbers(nan, infinite, new double[] {1, nan}, new double[][] {{infinite}, {-0.5}},
                Arrays.asList(nan, 2e-7, null))))
                .isEqualTo("{\"one\":null,\"other\":null,\"some\":[1.0,null],\"rows\":[[null],[-0.5]],"
                        + "\"more\":[null,2.0E-7,null]}");
    }
}
