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

class ElementTypeTest {

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void shapeFunctionsInterpolateAndSumToOne(ElementType type) {
        int n = type.dimension();
        for (int a = 0; a < type.nodes(); a++) {
            double[] xi = new double[n];
            for (int i = 0; i < n; i++) {
                xi[i] = type.natural(a)[i];
            }
            double[] values = type.values(xi);
            for (int b = 0; b < type.nodes(); b++) {
                assertThat(values[b]).isCloseTo(a == b ? 1 : 0, within(1e-14));
            }
        }
        double[] xi = n == 2 ? new double[] {0.3, -0.6} : new double[] {0.3, -0.6, 0.2};
        double sum = 0;
        for (double value : type.values(xi)) {
            sum += value;
        }
        assertThat(sum).isCloseTo(1, within(1e-14));
    }

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void derivativesAreThoseOfTheValues(ElementType type) {
        int n = type.dimension();
        double[] xi = n == 2 ? new double[] {0.3, -0.6} : new double[] {0.3, -0.6, 0.2};
        double[] dN = new double[type.nodes() * n];
        type.derivatives(xi, dN);
        for (int i = 0; i < n; i++) {
            double[] up = xi.clone();
            double[] down = xi.clone();
            up[i] += 1e-6;
            down[i] -= 1e-6;
            for (int a = 0; a < type.nodes(); a++) {
                double slope = (type.values(up)[a] - type.values(down)[a]) / 2e-6;
                assertThat(dN[a * n + i]).isCloseTo(slope, within(1e-9));
            }
        }
    }

    @Test
    void gaussIntegratesPolynomials() {
        for (int points = 1; points <= 3; points++) {
            for (int degree = 0; degree < 2 * points; degree++) {
                double sum = 0;
                for (Quadrature.Point p : Quadrature.gauss(2, points)) {
                    sum += p.weight() * Math.pow(p.xi()[0], degree) * Math.pow(p.xi()[1], degree);
                }
                double line = degree % 2 == 0 ? 2.0 / (degree + 1) : 0;
                assertThat(sum).isCloseTo(line * line, within(1e-13));
            }
        }
        assertThatThrownBy(() -> Quadrature.gauss(2, 4)).hasMessageContaining("1 to 3");
    }

    @Test
    void gradedMeshesKeepSizeAndSets() {
        Mesh mesh = StructuredMesh.of(ElementType.Q8, new double[] {10, 4}, new int[] {5, 2}, new double[] {0.9, 0});
        assertThat(mesh.extent(0)).containsExactly(0, 10);
        assertThat(mesh.nodeSet("left")).hasSize(5);
        assertThat(mesh.nodeSet("top")).hasSize(11);
        assertThat(mesh.nodeSet("right-middle")).hasSize(1);
        assertThat(mesh.nodes()).isEqualTo(11 * 5 - 10);
        int[] first = mesh.element(0);
        double width = 10 * (0.1 * 0.2 + 0.9 * 0.5 * (1 - Math.cos(0.2 * Math.PI)));
        assertThat(mesh.coordinate(first[1], 0)).isCloseTo(width, within(1e-12));
        assertThatThrownBy(() -> StructuredMesh.of(ElementType.Q8, new double[] {10, 4}, new int[] {5, 0}))
                .isInstanceOf(FemException.class).hasMessageContaining("along y");
        assertThatThrownBy(() -> StructuredMesh.of(ElementType.H8, new double[] {10, 4}, new int[] {5, 1}))
                .hasMessageContaining("3 axes");
    }

    @Test
    void unsoundMeshesAreRefused() {
        double[] x = {0, 0, 1, 0, 1, 1, 0, 1};
        assertThatThrownBy(() -> mesh(x, new int[] {0, 3, 2, 1})).hasMessageContaining("inverted")
                .hasMessageContaining("(0.5000, 0.5000) nm");
        assertThatThrownBy(() -> mesh(new double[] {0, 0, 1, 0, 1, 1, 0, 1, 5, 5}, new int[] {0, 1, 2, 3}))
                .hasMessageContaining("1 of 5 nodes belong to no element").hasMessageContaining("4");
        assertThatThrownBy(() -> mesh(x, new int[] {0, 1, 2, 9})).hasMessageContaining("node 9");
        assertThatThrownBy(() -> mesh(new double[] {0, 0, 1, 0, 1, Double.NaN, 0, 1}, new int[] {0, 1, 2, 3}))
                .hasMessageContaining("node 2");
        assertThatThrownBy(() -> new Mesh(2, x, List.of(ElementType.Q4), new int[][] {{0, 1, 2, 3}},
                Map.of("empty", new int[0]), Map.of())).hasMessageContaining("\"empty\" is empty");
    }

    /** A determinant of zero is that of nodes that are one, or of a straight angle; below it the element is folded. */
    @Test
    void cornersMayBeFlatButNotFolded() {
        int[] inOrder = {0, 1, 2, 3};
        assertThatThrownBy(() -> mesh(new double[] {0, 0, 1, 0, 0.4, 0.4, 0, 1}, inOrder))
                .isInstanceOf(FemException.class).hasMessageContaining("folded at its corner 2");
        assertThat(mesh(new double[] {0, 0, 1, 0, 0.5, 0.5, 0, 1}, inOrder).elements()).isOne();
        assertThat(mesh(new double[] {0, 0, 1, 0, 1 / 3.0, 2 / 3.0, 0, 1}, inOrder).elements()).isOne();
        assertThat(mesh(new double[] {0, 0, 1, 0, 0, 1}, new int[] {0, 1, 2, 2}).elements()).isOne();
    }

    private static Mesh mesh(double[] x, int[] nodes) {
        return new Mesh(2, x, List.of(ElementType.Q4), new int[][] {nodes}, Map.of(), Map.of());
    }
}
