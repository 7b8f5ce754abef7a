// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.tensor.ElasticConstants;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The model in the library for structures as designed: it is what its file says, without bias. */
class ShippedDesignedModelTest extends ShippedNetworkCases {
    /** The families of the paper, whose cells keep nearly their shape when they are relaxed. */
    private static final Set<String> SMOOTH = Set.of("circles", "rectangles", "mixed");

    ShippedDesignedModelTest() {
        super(Shows.DESIGNED);
    }

    /** An error of one sign at every point of a part does not average out in its force. */
    @Test
    void hasNoBias() {
        for (String name : List.of("C11", "C22", "C12", "C33")) {
            int k = ElasticConstants.indexOf(name);
            double sum = 0;
            int samples = 0;
            for (int i = 0; i < validation.size(); i++) {
                if (SMOOTH.contains(validation.family(i))) {
                    sum += predicted[i][k] - validation.constants(i)[k];
                    samples++;
                }
            }
            assertThat(sum / samples).as(name).isCloseTo(0, within(0.25));
        }
    }
}
