// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nanohooke.fem.mesh.ElementType;
import io.github.nanohooke.fem.mesh.Mesh;
import io.github.nanohooke.fem.mesh.StructuredMesh;
import io.github.nanohooke.image.Png;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of a solid the picture shows what is seen along z from above, however its elements are numbered. */
class FieldPictureTest {
    private static final int HIGHEST = 0x67001f;
    private static final int LOWEST = 0x053061;
    /** Where a unit square is drawn, in pixels of the figure: left, top, edge; a file has two for each. */
    private static final double[] PLACE = {30, 40, 700};

    @TempDir
    Path folder;

    /** A cube in eight elements, listed from the top down, each numbered as if it lay on a side. */
    @ParameterizedTest
    @CsvSource({"H8, 0", "H8, 1", "H8, 2", "H20, 0", "H20, 1", "H20, 2"})
    void theUpperSideIsSeen(ElementType type, int turns) throws IOException {
        Mesh cube = StructuredMesh.of(type, new double[] {1, 1, 1}, new int[] {2, 2, 2});
        List<int[]> elements = new ArrayList<>();
        for (int e = cube.elements() - 1; e >= 0; e--) {
            elements.add(turned(type, cube.element(e), turns));
        }
        Mesh mesh = mesh(cube, type, elements);
        double[] values = IntStream.range(0, mesh.nodes()).mapToDouble(n -> mesh.coordinate(n, 2) == 1 ? 1 : -1)
                .toArray();
        BufferedImage picture = picture(mesh, values);
        for (double x : new double[] {0.03, 0.27, 0.52, 0.97}) {
            for (double y : new double[] {0.03, 0.27, 0.52, 0.97}) {
                assertThat(colour(picture, x, y)).as("at %s, %s", x, y).isEqualTo(HIGHEST);
            }
        }
    }

    /** Two bricks, one above the other and apart: the upper hides the lower, whichever is listed first. */
    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0"})
    void theUpperBodyHidesTheLower(int first, int second) throws IOException {
        Mesh three = StructuredMesh.of(ElementType.H8, new double[] {1, 1, 1.5}, new int[] {1, 1, 3});
        double[] coordinates = new double[48];
        List<int[]> bricks = new ArrayList<>();
        for (int e = 0; e < 2; e++) {
            for (int a = 0; a < 8; a++) {
                for (int i = 0; i < 3; i++) {
                    coordinates[3 * (8 * e + a) + i] = three.coordinate(three.element(2 * e)[a], i);
                }
            }
            int from = 8 * e;
            bricks.add(IntStream.range(from, from + 8).toArray());
        }
        Mesh mesh = new Mesh(3, coordinates, Collections.nCopies(2, ElementType.H8),
                new int[][] {bricks.get(first), bricks.get(second)}, Map.of(), Map.of());
        double[] values = IntStream.range(0, 16).mapToDouble(n -> n < 8 ? -1 : 1).toArray();
        assertThat(colour(picture(mesh, values), 0.5, 0.5)).isEqualTo(HIGHEST);
        // The lower one pushed up through the other.
        double[] up = new double[48];
        for (int n = 0; n < 8; n++) {
            up[3 * n + 2] = 5;
        }
        assertThat(colour(picture(mesh, up, values), 0.5, 0.5)).isEqualTo(LOWEST);
    }

    /** Plane elements as they are. */
    @Test
    void aPlaneMeshIsDrawnWhole() throws IOException {
        Mesh mesh = StructuredMesh.of(ElementType.Q9, new double[] {1, 1}, new int[] {2, 2});
        double[] values = IntStream.range(0, mesh.nodes()).mapToDouble(n -> mesh.coordinate(n, 0) < 0.5 ? -1 : 1)
                .toArray();
        BufferedImage picture = picture(mesh, values);
        assertThat(colour(picture, 0.03, 0.5)).isEqualTo(LOWEST);
        assertThat(colour(picture, 0.97, 0.5)).isEqualTo(HIGHEST);
    }

    /** An element's nodes with its axes renamed so many times: the third becomes the first, and so on. */
    private static int[] turned(ElementType type, int[] nodes, int turns) {
        int[] turned = new int[nodes.length];
        for (int a = 0; a < nodes.length; a++) {
            int[] natural = type.natural(a);
            int[] before = {natural[(3 - turns) % 3], natural[(4 - turns) % 3], natural[(5 - turns) % 3]};
            turned[a] = nodes[IntStream.range(0, nodes.length)
                    .filter(b -> Arrays.equals(type.natural(b), before)).findFirst().orElseThrow()];
        }
        return turned;
    }

    private static Mesh mesh(Mesh places, ElementType type, List<int[]> elements) {
        double[] coordinates = new double[3 * places.nodes()];
        for (int n = 0; n < places.nodes(); n++) {
            for (int i = 0; i < 3; i++) {
                coordinates[3 * n + i] = places.coordinate(n, i);
            }
        }
        return new Mesh(3, coordinates, Collections.nCopies(elements.size(), type), elements.toArray(int[][]::new),
                Map.of(), Map.of());
    }

    private BufferedImage picture(Mesh mesh, double[] values) throws IOException {
        return picture(mesh, new double[mesh.dimension() * mesh.nodes()], values);
    }

    private BufferedImage picture(Mesh mesh, double[] displacements, double[] values) throws IOException {
        Path file = folder.resolve("field.png");
        FieldPicture.write(file, "field", mesh, displacements, values, "");
        return Png.read(file);
    }

    private static int colour(BufferedImage picture, double x, double y) {
        return picture.getRGB((int) (2 * (PLACE[0] + PLACE[2] * x)), (int) (2 * (PLACE[1] + PLACE[2] * (1 - y))))
                & 0xffffff;
    }
}
