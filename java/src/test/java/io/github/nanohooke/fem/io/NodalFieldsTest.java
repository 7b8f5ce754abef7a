// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.fem.law.Laws;
import io.github.nanohooke.fem.law.Section;
import io.github.nanohooke.fem.mesh.ElementType;
import io.github.nanohooke.fem.mesh.Mesh;
import io.github.nanohooke.fem.model.Displacement;
import io.github.nanohooke.fem.model.Problem;
import io.github.nanohooke.fem.model.Step;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Fields at nodes where an element has no volume: an even strain is even there, too. */
class NodalFieldsTest {

    @Test
    void nodesThatAreOne() {
        requireEven(new Mesh(2, new double[] {0, 0, 2, 0, 0, 1}, List.of(ElementType.Q4), new int[][] {{0, 1, 2, 2}},
                Map.of("some", new int[] {0}), Map.of()));
        requireEven(new Mesh(2, new double[] {0, 0, 2, 0, 0, 1, 1, 0, 1, 0.5, 0, 0.5}, List.of(ElementType.Q8),
                new int[][] {{0, 1, 2, 2, 3, 4, 2, 5}}, Map.of("some", new int[] {0}), Map.of()));
        requireEven(new Mesh(3, new double[] {0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 2, 0, 3, 0, 1, 3},
                List.of(ElementType.H8), new int[][] {{0, 1, 2, 2, 3, 4, 5, 5}}, Map.of("some", new int[] {0}),
                Map.of()));
    }

    @Test
    void anAngleThatIsStraight() {
        requireEven(new Mesh(2, new double[] {0, 0, 3, 0, 1, 2.0 / 3, 0, 1}, List.of(ElementType.Q4),
                new int[][] {{0, 1, 2, 3}}, Map.of("some", new int[] {0}), Map.of()));
    }

    private static void requireEven(Mesh mesh) {
        int n = mesh.dimension();
        Problem problem = Problem.of(mesh, n == 2 ? Section.PLANE_STRAIN : Section.SOLID)
                .material(Laws.of("linear", ElasticTensor.cubic(113.8, 61.6, 31.6)))
                .step(Step.of("none", 1, new Displacement("some", 0, 0))).build();
        double[] u = new double[n * mesh.nodes()];
        for (int node = 0; node < mesh.nodes(); node++) {
            u[n * node] = 0.01 * mesh.coordinate(node, 0) + 0.004 * mesh.coordinate(node, 1);
            u[n * node + 1] = -0.02 * mesh.coordinate(node, 1);
        }
        NodalFields fields = NodalFields.of(problem, u);
        for (int node = 0; node < mesh.nodes(); node++) {
            assertThat(fields.strain(0)[node]).isCloseTo(0.01, within(1e-12));
            assertThat(fields.strain(1)[node]).isCloseTo(-0.02, within(1e-12));
            assertThat(fields.strain(5)[node]).isCloseTo(0.002, within(1e-12));
            assertThat(fields.stress(0)[node]).isCloseTo(0.01 * 113.8 - 0.02 * 61.6, within(1e-9));
        }
    }
}
