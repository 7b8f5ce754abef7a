// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.beam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.fem.law.LinearLaw;
import io.github.nanohooke.fem.law.Section;
import io.github.nanohooke.fem.mesh.ElementType;
import io.github.nanohooke.fem.mesh.Mesh;
import io.github.nanohooke.fem.mesh.StructuredMesh;
import io.github.nanohooke.fem.model.Displacement;
import io.github.nanohooke.fem.model.Problem;
import io.github.nanohooke.fem.model.Step;
import io.github.nanohooke.fem.solve.FemSolver;
import io.github.nanohooke.fem.solve.Increment;
import io.github.nanohooke.statics.UncertainTensor;
import io.github.nanohooke.tensor.ElasticConstants;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A bar of pieces in series that cannot move sideways: F = u h / sum(l / C11 of a piece), and so
 * dF / dC11 of a piece = F^2 l / (C11^2 h u).
 */
class ForceSensitivityTest {
    private static final double LENGTH = 10;
    private static final double HEIGHT = 2;
    private static final double MOVED = 1e-3;
    private static final double[] C11 = {50, 80, 110, 95};
    private static final double[] DEVIATION = {0.5, 2, 1, 0.25};
    private static final int POINTS = 9;

    private final Mesh mesh = StructuredMesh.of(ElementType.Q9, new double[] {LENGTH, HEIGHT},
            new int[] {C11.length, 1});

    @Test
    void theBandOfABarInSeriesIsThatOfItsFormula() {
        double piece = LENGTH / C11.length;
        double compliance = 0;
        for (double c : C11) {
            compliance += piece / c / HEIGHT;
        }
        double force = MOVED / compliance;
        double sum = 0;
        double squares = 0;
        for (int k = 0; k < C11.length; k++) {
            double part = force * force * piece / (C11[k] * C11[k] * HEIGHT * MOVED) * DEVIATION[k];
            sum += part;
            for (double share : new double[] {5.0 / 18, 8.0 / 18, 5.0 / 18}) {
                for (double other : new double[] {5.0 / 18, 8.0 / 18, 5.0 / 18}) {
                    squares += Math.pow(part * share * other, 2);
                }
            }
        }
        List<UncertainTensor> tensors = IntStream.range(0, C11.length * POINTS).mapToObj(k -> new UncertainTensor(
                cubic(C11[k / POINTS]), Optional.of(only11(DEVIATION[k / POINTS])))).toList();
        Problem problem = problem();
        List<Increment> states = new FemSolver().solve(problem);
        Increment last = states.get(states.size() - 1);
        assertThat(last.force(mesh, "right", 0)).isCloseTo(force, within(1e-6 * force));
        ForceSensitivity sensitivity = ForceSensitivity.of(problem, last.displacements(), MOVED);
        ForceSensitivity.Band band = sensitivity.band(tensors);
        // Errors of the nine points of a piece are independent too; of Gauss points, by their weights.
        assertThat(band.independent()).isCloseTo(Math.sqrt(squares), within(1e-3 * Math.sqrt(squares)));
        assertThat(band.common()).isCloseTo(sum, within(1e-3 * sum));
        double change = IntStream.range(0, POINTS).mapToDouble(k -> sensitivity.change(k, only11(1))).sum();
        assertThat(change).isCloseTo(force * force * piece / (C11[0] * C11[0] * HEIGHT * MOVED),
                within(1e-3 * change));
    }

    /** A cantilever with a point whose constants are functions of four pixels, beside forces at changed pixels. */
    @Test
    void pixelsMoveTheForceAsFiniteDifferencesSay() {
        ElasticTensor plain = ElasticTensor.cubic(100, 50, 30);
        double[][] jacobian = new double[ElasticConstants.COUNT][4];
        for (int k = 0; k < jacobian.length; k++) {
            for (int pixel = 0; pixel < 4; pixel++) {
                jacobian[k][pixel] = Math.sin(1 + 4 * k + pixel);
            }
        }
        Problem problem = cantilever(0, plain, plain);
        Increment state = last(problem);
        ForceSensitivity sensitivity = ForceSensitivity.of(problem, state.displacements(), MOVED);
        int point = sensitivity.mostLoaded(Collections.nCopies(sensitivity.points(), UncertainTensor.unknown(plain)));
        double force = state.force(mesh, "right", 1);
        // At the clamp, and more than the average of all points.
        assertThat(point).isLessThan(POINTS);
        assertThat(sensitivity.change(point, plain)).isBetween(force / sensitivity.points(), force);
        double[] pixels = sensitivity.pixels(point, jacobian);
        double largest = 0;
        for (int pixel = 0; pixel < 4; pixel++) {
            double step = 0.5;
            double[] forces = new double[2];
            for (int side = 0; side < 2; side++) {
                double[] constants = ElasticConstants.of(plain);
                for (int k = 0; k < jacobian.length; k++) {
                    constants[k] += (2 * side - 1) * step * jacobian[k][pixel];
                }
                forces[side] = last(cantilever(point, ElasticConstants.toTensor(constants), plain))
                        .force(mesh, "right", 1);
            }
            double expected = (forces[1] - forces[0]) / (2 * step);
            // The solver stops at a millionth of the force, of which the difference is a thousandth.
            assertThat(pixels[pixel]).as("pixel %d", pixel).isCloseTo(expected, within(5e-3 * Math.abs(expected)));
            largest = Math.max(largest, Math.abs(expected));
        }
        // A GPa of about a hundred, at a point that bears a share of the force.
        assertThat(largest).isGreaterThan(1e-4 * force);
    }

    private Increment last(Problem problem) {
        List<Increment> states = new FemSolver().solve(problem);
        return states.get(states.size() - 1);
    }

    private Problem cantilever(int point, ElasticTensor there, ElasticTensor elsewhere) {
        LinearLaw changed = new LinearLaw(there);
        LinearLaw plain = new LinearLaw(elsewhere);
        return Problem.of(mesh, Section.PLANE_STRAIN).points(3)
                .region(null, (element, q) -> element * POINTS + q == point ? changed : plain)
                .step(Step.of("bend", 1, new Displacement("left", 0, 0), new Displacement("left", 1, 0),
                        new Displacement("right", 1, MOVED))).build();
    }

    private Problem problem() {
        List<LinearLaw> laws = new ArrayList<>();
        for (double c : C11) {
            laws.add(new LinearLaw(cubic(c)));
        }
        return Problem.of(mesh, Section.PLANE_STRAIN).points(3).region(null, (element, point) -> laws.get(element))
                .step(Step.of("pull", 1, new Displacement("left", 0, 0), new Displacement("bottom", 1, 0),
                        new Displacement("top", 1, 0), new Displacement("right", 0, MOVED))).build();
    }

    /** Without C12, so that nothing pushes sideways. */
    private static ElasticTensor cubic(double c11) {
        return ElasticTensor.cubic(c11, 0, 30);
    }

    private static ElasticTensor only11(double value) {
        double[][] c = new double[6][6];
        c[0][0] = value;
        return ElasticTensor.of(c);
    }
}
