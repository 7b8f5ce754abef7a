// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PoreTest {
    private static final double TOL = Pore.TOLERANCE;

    @Test
    void aCircleHoldsItsBoundaryWithinTheTolerance() {
        Circle circle = new Circle(10, 20, 5);
        assertThat(circle.contains(15, 20, 0)).isTrue();
        assertThat(circle.contains(15 + 0.9e-6, 20, TOL)).isTrue();
        assertThat(circle.contains(15 + 1.1e-6, 20, TOL)).isFalse();
        assertThat(circle.contains(15 + 0.9e-6, 20, 0)).isFalse();
        assertThat(circle.contains(13, 24, TOL)).as("3-4-5").isTrue();
        assertThat(circle.bounds()).containsExactly(5, 15, 15, 25);
        assertThat(circle.area()).isCloseTo(78.5398163397, within(1e-9));
    }

    @Test
    void aRectangleHoldsItsBoundaryWithinTheTolerance() {
        Rectangle rectangle = new Rectangle(1, 3, 5, 9);
        assertThat(rectangle.contains(1, 9, 0)).isTrue();
        assertThat(rectangle.contains(1 - 0.9e-6, 9 + 0.9e-6, TOL)).isTrue();
        assertThat(rectangle.contains(1 - 1.1e-6, 7, TOL)).isFalse();
        assertThat(rectangle.contains(2, 9 + 1.1e-6, TOL)).isFalse();
        assertThat(rectangle.bounds()).containsExactly(1, 3, 5, 9);
        assertThat(rectangle.area()).isEqualTo(8);
    }

    /** A letter U: the notch between its arms is outside. */
    @Test
    void aConcavePolygonLeavesItsNotchOut() {
        Polygon u = Polygon.of(new double[][] {{0, 0}, {9, 0}, {9, 9}, {6, 9}, {6, 3}, {3, 3}, {3, 9}, {0, 9}});
        assertThat(u.contains(1, 8, TOL)).isTrue();
        assertThat(u.contains(8, 8, TOL)).isTrue();
        assertThat(u.contains(4.5, 1, TOL)).isTrue();
        assertThat(u.contains(4.5, 6, TOL)).as("in the notch").isFalse();
        assertThat(u.contains(4.5, 3, TOL)).as("on the notch's floor").isTrue();
        assertThat(u.contains(4.5, 3 + 1.1e-6, TOL)).isFalse();
        assertThat(u.contains(4.5, 3 + 0.9e-6, TOL)).isTrue();
        assertThat(u.contains(-1, 3, TOL)).as("a ray through corners counts them once").isFalse();
        assertThat(u.contains(-1, 9, TOL)).isFalse();
        assertThat(u.contains(10, 3, TOL)).isFalse();
        assertThat(u.area()).isEqualTo(81 - 18);
        assertThat(u.bounds()).containsExactly(0, 9, 0, 9);
    }

    @Test
    void aPolygonsCornersAndSlantedEdgesHaveTheToleranceToo() {
        Polygon triangle = Polygon.of(new double[][] {{0, 0}, {4, 0}, {0, 3}});
        // Along the outward normal (3, 4)/5 of the slanted edge.
        assertThat(triangle.contains(2 + 0.6 * 0.9e-6, 1.5 + 0.8 * 0.9e-6, TOL)).isTrue();
        assertThat(triangle.contains(2 + 0.6 * 1.1e-6, 1.5 + 0.8 * 1.1e-6, TOL)).isFalse();
        assertThat(triangle.contains(4 + 0.9e-6, 0, TOL)).isTrue();
        assertThat(triangle.contains(4 + 1.1e-6, 0, TOL)).isFalse();
    }

    @Test
    void bothWaysRoundAreTheSameRegion() {
        List<double[]> corners = List.of(new double[] {0, 0}, new double[] {4, 1}, new double[] {2, 5});
        Polygon one = Polygon.of(corners);
        Polygon other = Polygon.of(List.of(corners.get(2), corners.get(1), corners.get(0)));
        for (double x = -1; x < 6; x += 0.37) {
            for (double y = -1; y < 6; y += 0.41) {
                assertThat(one.contains(x, y, TOL)).isEqualTo(other.contains(x, y, TOL));
            }
        }
        assertThat(one.area()).isEqualTo(other.area()).isEqualTo(9);
    }

    @Test
    void numbersThatMakeNoCircleAreRefused() {
        refused(() -> new Circle(0, 0, -1), "radius of a circle must be a positive number of Å, got -1.0");
        refused(() -> new Circle(0, 0, 0), "radius");
        refused(() -> new Circle(0, 0, Double.NaN), "radius");
        refused(() -> new Circle(0, 0, Double.POSITIVE_INFINITY), "radius");
        refused(() -> new Circle(Double.NaN, 0, 1), "centre of a circle must be two finite numbers");
    }

    @Test
    void numbersThatMakeNoRectangleAreRefused() {
        refused(() -> new Rectangle(3, 1, 0, 1), "x interval of a rectangle is reversed");
        refused(() -> new Rectangle(0, 1, 2, 2), "y interval of a rectangle is empty");
        refused(() -> new Rectangle(0, Double.NaN, 0, 1), "x interval of a rectangle must be two finite");
        refused(() -> new Rectangle(0, 1, Double.NEGATIVE_INFINITY, 1), "y interval of a rectangle must be two finite");
    }

    @Test
    void cornersThatMakeNoPolygonAreRefused() {
        refusedPolygon("at least 3 vertices, got 2", 0, 0, 1, 1);
        refusedPolygon("vertices lie on a line", 0, 0, 1, 1, 3, 3);
        refusedPolygon("vertices lie on a line", 0.1, 0.1, 0.2, 0.2, 0.7, 0.7, 0.3, 0.3);
        refusedPolygon("vertices 3 and 0 of a polygon coincide", 0, 0, 1, 0, 0, 1, 0, 0);
        refusedPolygon("vertex 1 of a polygon must be two finite numbers", 0, 0, Double.NaN, 0, 0, 1);
        refusedPolygon("edges 0 and 2", 0, 0, 2, 2, 2, 0, 0, 2);
        refusedPolygon("touch or cross itself", 0, 0, 4, 0, 4, 4, 2, 0, 0, 4);
        refusedPolygon("touch or cross itself", 0, 0, 4, 0, 2, 0, 2, 2);
        refusedPolygon("touch or cross itself", 0, 0, 4, 0, 4, 4, 1, 0, 3, 0, 0, 4);
        refused(() -> Polygon.of(new double[] {0, 0, 0}, new double[] {1, 0}, new double[] {0, 1}),
                "vertex 0 of a polygon must be two numbers");
    }

    private static void refusedPolygon(String message, double... xy) {
        double[][] corners = new double[xy.length / 2][];
        for (int i = 0; i < corners.length; i++) {
            corners[i] = new double[] {xy[2 * i], xy[2 * i + 1]};
        }
        refused(() -> Polygon.of(corners), message);
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable make, String message) {
        assertThatThrownBy(make).isInstanceOf(StructureException.class).hasMessageContaining(message);
    }
}
