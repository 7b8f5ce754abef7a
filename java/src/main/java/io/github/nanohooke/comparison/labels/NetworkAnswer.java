// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison.labels;

import java.util.Map;

/**
 * What a network says of the samples that labels are compared for.
 *
 * @param way       its name in tables, for example {@code averaged}
 * @param constants thirteen by a sample's place [GPa]
 */
public record NetworkAnswer(String way, Map<Long, double[]> constants) {
    public NetworkAnswer {
        constants = Map.copyOf(constants);
    }
}
