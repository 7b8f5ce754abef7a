// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.fem.law.FaceLaw;
import io.github.nanohooke.fem.law.Laws;
import io.github.nanohooke.fem.law.Section;
import io.github.nanohooke.fem.mesh.ElementType;
import io.github.nanohooke.fem.mesh.Mesh;
import io.github.nanohooke.fem.mesh.StructuredMesh;
import io.github.nanohooke.fem.model.Displacement;
import io.github.nanohooke.fem.model.Force;
import io.github.nanohooke.fem.model.Problem;
import io.github.nanohooke.fem.model.Step;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Faces with an energy of their own, and nodes that are held where a step finds them. */
class FacesAndHoldsTest {
    private static final ElasticTensor ALUMINIUM = ElasticTensor.cubic(113.8, 61.6, 31.6);

    /** Energy 0.5 E + 3 E^2 + 20 E^3. */
    private static final FaceLaw FACE = new Cubic(false);

    private record Cubic(boolean isAlongX) implements FaceLaw {
        @Override
        public String name() {
            return "cubic";
        }

        @Override
        public double[] at(double e) {
            return new double[] {e * (0.5 + e * (3 + 20 * e)), 0.5 + e * (6 + 60 * e), 6 + 120 * e};
        }
    }

    private static Problem.Builder block(ElementType type) {
        Mesh mesh = StructuredMesh.of(type, new double[] {20, 10}, new int[] {4, 2});
        return Problem.of(mesh, Section.PLANE_STRAIN).material(Laws.of("saint-venant-kirchhoff", ALUMINIUM));
    }

    /** Stretched evenly, a face pulls with its surface stress times the stretch. */
    @ParameterizedTest
    @EnumSource(names = {"Q4", "Q8", "Q9"})
    void faceOfAnEvenlyStretchedBlock(ElementType type) {
        Step pull = Step.of("pull", 2, new Displacement("left", 0, 0), new Displacement("bottom", 1, 0),
                new Displacement("top", 1, 0), new Displacement("right", 0, 1));
        Increment without = last(block(type).step(pull).build());
        Problem problem = block(type).face("top", FACE).step(pull).build();
        Increment with = last(problem);
        double e = 0.5 * (1.05 * 1.05 - 1);
        assertThat(with.force(problem.mesh(), "right", 0) - without.force(problem.mesh(), "right", 0))
                .isCloseTo(1.05 * FACE.at(e)[1], within(1e-9));
        assertThat(with.energy() - without.energy()).isCloseTo(20 * FACE.at(e)[0], within(1e-9));
    }

    /** Where nothing is even: work of the force is the energy, and Newton's method has its speed. */
    @Test
    void workOfABentBlockIsItsEnergy() {
        Problem problem = block(ElementType.Q8).face("top", FACE).face("bottom", FACE)
                .step(Step.of("free", 1, new Displacement("left", 0, 0), new Displacement("left", 1, 0)))
                .step(Step.of("bend", 16, new Displacement("right", 1, -2))).build();
        List<Increment> states = new FemSolver().solve(problem);
        double work = 0;
        for (int k = 1; k < states.size(); k++) {
            Increment a = states.get(k - 1);
            Increment b = states.get(k);
            assertThat(b.iterations()).isLessThan(8);
            for (int dof = 0; dof < a.forces().length; dof++) {
                work += 0.5 * (a.forces()[dof] + b.forces()[dof]) * (b.displacements()[dof] - a.displacements()[dof]);
            }
        }
        double change = states.get(states.size() - 1).energy() - states.get(0).energy();
        assertThat(work).isCloseTo(change, within(2e-3 * change));
    }

    @Test
    void nodesAreHeldWhereTheStepFindsThem() {
        Problem problem = block(ElementType.Q8)
                .step(new Step("pull", 1, List.of(new Displacement("left", 0, 0), new Displacement("left", 1, 0)),
                        List.of(new Force("right", 0, 30)), List.of()))
                .step(new Step("hold", 2, List.of(new Displacement("right", 0, 0, true),
                        new Displacement("right", 1, 0.2, true)), List.of(new Force("right", 0, 0)), List.of()))
                        .build();
        List<Increment> states = new FemSolver().solve(problem);
        int[] right = problem.mesh().nodeSet("right");
        for (Increment state : states.subList(1, 3)) {
            for (int node : right) {
                assertThat(state.displacements()[2 * node]).isEqualTo(states.get(0).displacements()[2 * node]);
                assertThat(state.displacements()[2 * node + 1] - states.get(0).displacements()[2 * node + 1])
                        .isCloseTo(0.2 * state.fraction(), within(1e-12));
            }
        }
        // From half of the way on it goes to the same end.
        List<Increment> again = new FemSolver().solve(problem, states.get(1), Listener.SILENT);
        for (int dof = 0; dof < again.get(0).displacements().length; dof++) {
            assertThat(again.get(0).displacements()[dof]).isCloseTo(states.get(2).displacements()[dof], within(1e-9));
        }
    }

    /** A try beyond the end of all deformations leaves nothing behind that shorter ones would stumble over. */
    @Test
    void triesThatTurnElementsInsideOutAreForgotten() {
        Problem problem = block(ElementType.Q8).step(Step.of("press", 1, new Displacement("left", 0, 0),
                new Displacement("bottom", 1, 0), new Displacement("top", 1, 0), new Displacement("right", 0, -30)))
                .build();
        assertThatThrownBy(() -> new FemSolver().solve(problem)).isInstanceOfSatisfying(NotConvergedException.class,
                e -> assertThat(e.fraction()).isBetween(0.2, 0.67));
    }

    @Test
    void facesWithoutAnEdgeAreRefused() {
        Problem problem = block(ElementType.Q8).face("right-middle", FACE).step(Step.of("none", 1,
                new Displacement("left", 0, 0), new Displacement("left", 1, 0))).build();
        assertThatThrownBy(() -> new FemSolver().solve(problem)).isInstanceOf(FemException.class)
                .hasMessageContaining("right-middle");
    }

    /** Its ends are one node: it has no length to divide by. */
    @Test
    void aCornerIsNoFace() {
        Mesh triangle = new Mesh(2, new double[] {0, 0, 2, 0, 0, 2}, List.of(ElementType.Q4),
                new int[][] {{0, 1, 2, 2}}, Map.of("low", new int[] {0, 1}, "tip", new int[] {2}), Map.of());
        Problem problem = Problem.of(triangle, Section.PLANE_STRAIN)
                .material(Laws.of("saint-venant-kirchhoff", ALUMINIUM)).face("tip", FACE)
                .step(Step.of("none", 1, new Displacement("low", 0, 0), new Displacement("low", 1, 0))).build();
        assertThatThrownBy(() -> new FemSolver().solve(problem)).isInstanceOf(FemException.class)
                .hasMessageContaining("\"tip\" holds no whole edge");
    }

    /** A crystal's face is one of its directions: another's energy is not told by it. */
    @Test
    void facesOfACrystalAreAlongX() {
        Step hold = Step.of("hold", 1, new Displacement("left", 0, 0), new Displacement("left", 1, 0));
        FaceLaw crystal = new Cubic(true);
        for (String side : List.of("left", "right")) {
            Problem upright = block(ElementType.Q8).face(side, crystal).step(hold).build();
            assertThatThrownBy(() -> new FemSolver().solve(upright)).isInstanceOf(FemException.class)
                    .hasMessageContaining("the edge from (" + (side.equals("left") ? "0" : "20"))
                    .hasMessageContaining("is not along x").hasMessageContaining("\"" + side + "\"");
        }
        assertThat(new FemSolver().solve(block(ElementType.Q8).face("top", crystal).step(hold).build())).hasSize(1);
        assertThat(new FemSolver().solve(block(ElementType.Q8).face("right", FACE).step(hold).build())).hasSize(1);
    }

    @Test
    void anEdgeHasOneFace() {
        Problem problem = block(ElementType.Q8).face("top", FACE).face("top", FACE).step(Step.of("hold", 1,
                new Displacement("left", 0, 0), new Displacement("left", 1, 0))).build();
        assertThatThrownBy(() -> new FemSolver().solve(problem)).isInstanceOf(FemException.class)
                .hasMessageContaining("has two laws of faces").hasMessageContaining("\"top\"");
    }

    private static Increment last(Problem problem) {
        List<Increment> states = new FemSolver().solve(problem);
        return states.get(states.size() - 1);
    }
}
