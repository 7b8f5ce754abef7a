// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.fem.TestTensors;
import io.github.nanohooke.fem.law.MaterialLaw;
import io.github.nanohooke.fem.law.SaintVenantKirchhoffLaw;
import io.github.nanohooke.fem.law.Section;
import io.github.nanohooke.fem.mesh.ElementType;
import io.github.nanohooke.fem.mesh.Mesh;
import io.github.nanohooke.fem.mesh.StructuredMesh;
import io.github.nanohooke.fem.model.Displacement;
import io.github.nanohooke.fem.model.Force;
import io.github.nanohooke.fem.model.Problem;
import io.github.nanohooke.fem.model.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class FaultsTest {
    private static final MaterialLaw LAW = new SaintVenantKirchhoffLaw(TestTensors.sixteenPores());
    private final Mesh mesh = StructuredMesh.of(ElementType.Q8, new double[] {40, 10}, new int[] {4, 2});

    @Test
    void missingSupportsAreNamed() {
        assertThatThrownBy(() -> solve(new Step("s", 1, List.of(), List.of(new Force("right", 0, 1)), List.of())))
                .isInstanceOf(FemException.class).hasMessageContaining("nothing holds the part against");
        assertThatThrownBy(() -> solve(Step.of("s", 1, new Displacement("left", 0, 0))))
                .isInstanceOf(FemException.class).hasMessageContaining("against translation along y");
        assertThatThrownBy(() -> solve(Step.of("s", 1, new Displacement("right-middle", 0, 0),
                new Displacement("right-middle", 1, 0)))).hasMessageContaining("rotation about z");
        Mesh brick = StructuredMesh.of(ElementType.H8, new double[] {1, 1, 1}, new int[] {1, 1, 1});
        Problem hinge = Problem.of(brick, Section.SOLID).material(LAW).step(Step.of("s", 1,
                new Displacement("left", 0, 0), new Displacement("left", 1, 0))).build();
        assertThatThrownBy(() -> new FemSolver().solve(hinge)).hasMessageContaining("against translation along z");
    }

    @Test
    void aPieceThatNothingHoldsIsFound() {
        double[] x = {0, 0, 1, 0, 1, 1, 0, 1, 5, 0, 6, 0, 6, 1, 5, 1};
        Mesh two = new Mesh(2, x, List.of(ElementType.Q4, ElementType.Q4), new int[][] {{0, 1, 2, 3}, {4, 5, 6, 7}},
                Map.of("held", new int[] {0, 1}), Map.of());
        Problem problem = Problem.of(two, Section.PLANE_STRAIN).material(LAW).step(Step.of("s", 1,
                new Displacement("held", 0, 0), new Displacement("held", 1, 0))).build();
        assertThatThrownBy(() -> new FemSolver().solve(problem))
                .hasMessageContaining("one of the mesh's 2 separate pieces (with node 4");
    }

    /** Tied at two nodes, pieces with a seam are one part; at one node, one may turn about it. */
    @Test
    void tiesHoldOnePieceByAnother() {
        double[] seam = {0, 0, 1, 0, 1, 1, 0, 1, 1, 0, 2, 0, 2, 1, 1, 1};
        Map<String, int[]> sets = Map.of("held", new int[] {0, 3}, "low", new int[] {1, 4}, "high", new int[] {2, 7},
                "end", new int[] {5, 6});
        Mesh two = new Mesh(2, seam, List.of(ElementType.Q4, ElementType.Q4),
                new int[][] {{0, 1, 2, 3}, {4, 5, 6, 7}}, sets, Map.of());
        Mesh one = new Mesh(2, new double[] {0, 0, 1, 0, 1, 1, 0, 1, 2, 0, 2, 1}, List.of(ElementType.Q4,
                ElementType.Q4), new int[][] {{0, 1, 2, 3}, {1, 4, 5, 2}}, Map.of("held", new int[] {0, 3}, "end",
                new int[] {4, 5}), Map.of());
        Step pull = new Step("pull", 1, List.of(new Displacement("held", 0, 0), new Displacement("held", 1, 0)),
                List.of(new Force("end", 0, 3), new Force("end", 1, 1)), List.of());
        Increment whole = new FemSolver().solve(Problem.of(one, Section.PLANE_STRAIN).material(LAW).step(pull).build())
                .get(0);
        Increment tied = new FemSolver().solve(Problem.of(two, Section.PLANE_STRAIN).material(LAW).tie("low", 0)
                .tie("low", 1).tie("high", 0).tie("high", 1).step(pull).build()).get(0);
        for (int axis = 0; axis < 2; axis++) {
            assertThat(tied.displacement(two, "end", axis)).isCloseTo(whole.displacement(one, "end", axis),
                    within(1e-9));
        }
        Problem hinge = Problem.of(two, Section.PLANE_STRAIN).material(LAW).tie("low", 0).tie("low", 1).step(pull)
                .build();
        assertThatThrownBy(() -> new FemSolver().solve(hinge)).isInstanceOf(FemException.class)
                .hasMessageContaining("2 separate pieces (with node 4").hasMessageContaining("rotation about z");
    }

    /** An arch of three hinges, in which no half is held without the other; hinges in a line hold nothing. */
    @Test
    void piecesHoldEachOther() {
        double[] x = {0, 0, 1, 0, 1, 1, 0, 1, 1, 0, 2, 0, 2, 1, 1, 1};
        Mesh halves = new Mesh(2, x, List.of(ElementType.Q4, ElementType.Q4), new int[][] {{0, 1, 2, 3}, {4, 5, 6, 7}},
                Map.of("left", new int[] {0}, "right", new int[] {5}, "crown", new int[] {2, 7}, "line",
                        new int[] {1, 4}), Map.of());
        Step load = new Step("load", 1, List.of(new Displacement("left", 0, 0), new Displacement("left", 1, 0),
                new Displacement("right", 0, 0), new Displacement("right", 1, 0)),
                List.of(new Force("crown", 1, -0.5)), List.of());
        Increment found = new FemSolver().solve(Problem.of(halves, Section.PLANE_STRAIN).material(LAW).tie("crown", 0)
                .tie("crown", 1).step(load).build()).get(0);
        double thrust = found.force(halves, "left", 0);
        assertThat(thrust).isPositive();
        assertThat(found.force(halves, "right", 0)).isCloseTo(-thrust, within(1e-9));
        assertThat(found.force(halves, "left", 1)).isCloseTo(found.force(halves, "right", 1), within(1e-9));
        Problem line = Problem.of(halves, Section.PLANE_STRAIN).material(LAW).tie("line", 0).tie("line", 1).step(load)
                .build();
        assertThatThrownBy(() -> new FemSolver().solve(line)).isInstanceOf(FemException.class)
                .hasMessageContaining("2 separate pieces").hasMessageContaining("rotation about z");
    }

    /** Folded between its corners, where three points along each axis see it and two do not. */
    @Test
    void elementsWithoutAVolumeAtAPointAreRefused() {
        double[] x = {0, -1, -2, 0, -2, 1, 2, 0, -1, -1, 1, -1, -1, -2, 1, 3, 0, 2, 1, 1, 1, 0, 1, 1};
        Mesh twisted = new Mesh(3, x, List.of(ElementType.H8), new int[][] {{0, 1, 2, 3, 4, 5, 6, 7}}, Map.of("all",
                new int[] {0, 1, 2, 3, 4, 5, 6, 7}), Map.of());
        Problem.Builder builder = Problem.of(twisted, Section.SOLID).material(LAW).step(Step.of("hold", 1,
                new Displacement("all", 0, 0), new Displacement("all", 1, 0), new Displacement("all", 2, 0)));
        assertThat(new FemSolver().solve(builder.points(2).build())).hasSize(1);
        assertThatThrownBy(() -> new FemSolver().solve(builder.points(3).build())).isInstanceOf(FemException.class)
                .hasMessageContaining("element 0 (counted from 0), a H8,")
                .hasMessageContaining("27 integration points");
    }

    @Test
    void aDeadEndKeepsWhatWasFound() {
        Step crush = Step.of("crush", 10, new Displacement("left", 0, 0), new Displacement("left", 1, 0),
                new Displacement("right", 0, -45), new Displacement("right", 1, 0));
        List<Increment> seen = new ArrayList<>();
        NotConvergedException end = catchThrowableOfType(NotConvergedException.class, () -> new FemSolver().solve(
                problem(crush), Increments.undeformed(problem(crush)), seen::add));
        assertThat(end).hasMessageContaining("step \"crush\" (number 1 of 1)").hasMessageContaining("dead end");
        assertThat(end.step()).isEqualTo("crush");
        assertThat(end.fraction()).isBetween(0.1, 0.95);
        assertThat(seen).isNotEmpty();
        assertThat(seen.get(seen.size() - 1).fraction()).isEqualTo(end.fraction());
    }

    @Test
    void aDeadEndSaysWhatIsTooTight() {
        Step bend = Step.of("bend", 1, new Displacement("left", 0, 0), new Displacement("left", 1, 0),
                new Displacement("right", 0, 0), new Displacement("right", 1, -4));
        FemSolver hasty = new FemSolver(new SolverOptions(1e-9, 1, 0.5), NativeSparseSolver::new);
        assertThatThrownBy(() -> hasty.solve(problem(bend))).isInstanceOf(NotConvergedException.class)
                .hasMessageContaining("not converged after its 1 iterations");
    }

    @Test
    void aRunGoesOnFromAState() {
        Step bend = Step.of("bend", 4, new Displacement("left", 0, 0), new Displacement("left", 1, 0),
                new Displacement("right", 0, 0), new Displacement("right", 1, -4));
        Step back = Step.of("back", 2, new Displacement("right", 1, 0));
        Problem problem = Problem.of(mesh, Section.PLANE_STRAIN).material(LAW).step(bend).step(back).build();
        List<Increment> whole = new FemSolver().solve(problem);
        List<Increment> rest = new FemSolver().solve(problem, whole.get(1), Listener.SILENT);
        assertThat(whole).hasSize(6);
        assertThat(rest).hasSize(4);
        for (int k = 0; k < 4; k++) {
            assertThat(rest.get(k).force(mesh, "right", 1))
                    .isCloseTo(whole.get(k + 2).force(mesh, "right", 1), within(1e-6));
        }
        assertThat(whole.get(5).energy()).isCloseTo(0, within(1e-9));
        assertThat(new FemSolver().solve(problem, whole.get(5), Listener.SILENT)).isEmpty();
    }

    @Test
    void theListenerStopsARun() {
        Step bend = Step.of("bend", 4, new Displacement("left", 0, 0), new Displacement("left", 1, 0),
                new Displacement("right", 1, -4));
        assertThatThrownBy(() -> new FemSolver().solve(problem(bend), Increments.undeformed(problem(bend)),
                state -> state.fraction() < 0.5)).isInstanceOf(CancellationException.class)
                .hasMessageContaining("50.00 %");
    }

    /** Of a large part an iteration takes minutes: nobody should wait for the state. */
    @Test
    void theListenerSeesIterationsAndStopsAfterOne() {
        Problem problem = problem(Step.of("bend", 2, new Displacement("left", 0, 0), new Displacement("left", 1, 0),
                new Displacement("right", 1, -4)));
        List<Increment> found = new ArrayList<>();
        List<Iteration> seen = new ArrayList<>();
        Listener all = new Listener() {
            @Override
            public boolean found(Increment state) {
                return found.add(state);
            }

            @Override
            public boolean iterated(Iteration iteration) {
                seen.add(iteration);
                return iteration.fraction() < 1 || iteration.number() < 1;
            }
        };
        Listener states = all.withStates(state -> all.found(state));
        assertThatThrownBy(() -> new FemSolver().solve(problem, Increments.undeformed(problem), states))
                .isInstanceOf(CancellationException.class).hasMessageContaining("\"bend\" at 50.00 %");
        assertThat(found).hasSize(1);
        assertThat(seen).allSatisfy(iteration -> {
            assertThat(iteration.step()).isZero();
            assertThat(iteration.unbalanced()).isGreaterThan(1);
        });
        List<Iteration> first = seen.stream().filter(iteration -> iteration.fraction() == 0.5).toList();
        assertThat(first).hasSizeGreaterThan(1);
        assertThat(first.get(first.size() - 1).unbalanced()).isLessThan(first.get(0).unbalanced());
    }

    @Test
    void contradictionsAreRefused() {
        assertThatThrownBy(() -> problem(Step.of("s", 1, new Displacement("lft", 0, 0))))
                .hasMessageContaining("no node set \"lft\"").hasMessageContaining("left");
        assertThatThrownBy(() -> problem(Step.of("s", 1, new Displacement("left", 2, 0))))
                .hasMessageContaining("axis must be 0 to 1");
        assertThatThrownBy(() -> problem(Step.of("s", 1, new Displacement("left", 0, Double.NaN))))
                .hasMessageContaining("not a finite number");
        assertThatThrownBy(() -> Problem.of(mesh, Section.SOLID).material(LAW).step(Step.of("s", 1)).build())
                .hasMessageContaining("mesh has 2");
        assertThatThrownBy(() -> Problem.of(mesh, Section.PLANE_STRAIN).step(Step.of("s", 1)).build())
                .hasMessageContaining("8 of 8 elements have no material");
        assertThatThrownBy(() -> Problem.of(mesh, Section.PLANE_STRAIN).material(LAW).material(LAW)
                .step(Step.of("s", 1)).build()).hasMessageContaining("two materials");
        assertThatThrownBy(() -> Problem.of(mesh, Section.PLANE_STRAIN).points(1).material(LAW)
                .step(Step.of("s", 1)).build()).hasMessageContaining("points must be 2 to 3");
        assertThatThrownBy(() -> Problem.of(mesh, Section.PLANE_STRAIN).material(LAW).tie("left", 0).tie("left", 0)
                .step(Step.of("s", 1)).build()).hasMessageContaining("a tie of \"left\" along x is there twice");
        Problem tied = Problem.of(mesh, Section.PLANE_STRAIN).material(LAW).tie("left", 0)
                .step(Step.of("s", 1, new Displacement("left", 0, 0))).build();
        assertThatThrownBy(() -> new FemSolver().solve(tied)).hasMessageContaining("tied set \"left\"");
    }

    private List<Increment> solve(Step step) {
        return new FemSolver().solve(problem(step));
    }

    private Problem problem(Step step) {
        return Problem.of(mesh, Section.PLANE_STRAIN).material(LAW).step(step).build();
    }
}
