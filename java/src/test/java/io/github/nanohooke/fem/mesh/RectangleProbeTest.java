// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.fem.FemException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A field that the elements can carry is the same everywhere between the nodes. */
class RectangleProbeTest {
    @ParameterizedTest
    @EnumSource(value = ElementType.class, names = {"Q4", "Q8", "Q9"})
    void polynomialsOfTheElements(ElementType type) {
        Mesh mesh = StructuredMesh.of(type, new double[] {7, 3}, new int[] {5, 2}, new double[] {0.8, 0.5});
        double[] u = new double[2 * mesh.nodes()];
        double[] values = new double[mesh.nodes()];
        for (int n = 0; n < mesh.nodes(); n++) {
            double x = mesh.coordinate(n, 0);
            double y = mesh.coordinate(n, 1);
            u[2 * n] = 0.3 * x - y;
            u[2 * n + 1] = 1 + x * y;
            values[n] = value(type, x, y);
        }
        RectangleProbe probe = new RectangleProbe(mesh);
        for (double[] at : new double[][] {{0, 0}, {7, 3}, {0.1, 2.9}, {3.3, 1.5}, {6.2, 0.4}}) {
            assertThat(probe.at(at, u, values)).containsExactly(new double[] {0.3 * at[0] - at[1], 1 + at[0] * at[1],
                value(type, at[0], at[1])}, within(1e-12));
        }
    }

    private static double value(ElementType type, double x, double y) {
        return type == ElementType.Q4 ? 2 * x + 3 * y : x * x - 2 * y * y + x;
    }

    @Test
    void onlyUprightRectangles() {
        Mesh skew = new Mesh(2, new double[] {0, 0, 2, 0, 2, 1, 0, 1.5}, List.of(ElementType.Q4),
                new int[][] {{0, 1, 2, 3}}, Map.of(), Map.of());
        assertThatThrownBy(() -> new RectangleProbe(skew)).isInstanceOf(FemException.class)
                .hasMessageContaining("upright rectangles");
    }
}
