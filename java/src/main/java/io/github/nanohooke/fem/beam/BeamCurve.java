// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.beam;

import io.github.nanohooke.fem.law.MaterialLaw;
import io.github.nanohooke.fem.law.Section;
import io.github.nanohooke.fem.mesh.ElementType;
import io.github.nanohooke.fem.mesh.Mesh;
import io.github.nanohooke.fem.mesh.StructuredMesh;
import io.github.nanohooke.fem.model.Displacement;
import io.github.nanohooke.fem.model.Problem;
import io.github.nanohooke.fem.model.Step;
import io.github.nanohooke.fem.solve.FemSolver;
import io.github.nanohooke.fem.solve.Increment;
import io.github.nanohooke.fem.solve.Increments;
import io.github.nanohooke.fem.solve.Listener;
import io.github.nanohooke.fem.solve.NotConvergedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Force against displacement of a beam of one material.
 *
 * @param problem    the beam
 * @param moved      name of the set of nodes that is moved
 * @param states     the undeformed one first, from which displacements count
 * @param seconds    wall time of mesh and solution
 * @param iterations of Newton's method, all together
 * @param deadEnd    why it ends before the way does: a {@link NotConvergedException} or, where the listener asked to
 *                   stop, a {@link CancellationException}; null where it does not
 */
public record BeamCurve(Problem problem, String moved, List<Increment> states, double seconds, int iterations,
        RuntimeException deadEnd) {

    /** Follows the beam's path on one thread. */
    public static BeamCurve of(BeamOptions options, MaterialLaw law, Listener listener) {
        return of(options, law, new FemSolver(), listener);
    }

    /**
     * Follows the beam's path by a solver.
     *
     * @throws NotConvergedException when it comes to no end
     * @throws CancellationException when the listener asks to stop
     */
    public static BeamCurve of(BeamOptions options, MaterialLaw law, FemSolver solver, Listener listener) {
        return asFarAsItGoes(options, law, solver, listener).whole();
    }

    /** As {@link #of}; where the path comes to no end or is stopped, the states before that are the curve. */
    public static BeamCurve asFarAsItGoes(BeamOptions options, MaterialLaw law, FemSolver solver, Listener listener) {
        Problem problem = problem(options, law);
        return follow(problem, options.end().moved(), List.of(Increments.undeformed(problem)), solver, listener);
    }

    /** @param before states of the curve that are known */
    static BeamCurve follow(Problem problem, String moved, List<Increment> before, FemSolver solver,
            Listener listener) {
        long start = System.nanoTime();
        int[] iterations = new int[1];
        List<Increment> states = new ArrayList<>(before);
        RuntimeException deadEnd = null;
        try {
            solver.solve(problem, Increments.undeformed(problem), listener.withStates(state -> {
                iterations[0] += state.iterations();
                if (state.requested()) {
                    states.add(state);
                }
                return listener.found(state);
            }));
        } catch (NotConvergedException | CancellationException e) {
            if (states.isEmpty()) {
                throw e;
            }
            deadEnd = e;
        }
        return new BeamCurve(problem, moved, List.copyOf(states), (System.nanoTime() - start) * 1e-9, iterations[0],
                deadEnd);
    }

    /** Whether the listener asked to stop before its end. */
    public boolean isStopped() {
        return deadEnd instanceof CancellationException;
    }

    /** @throws CancellationException when the listener asked to stop before its end */
    public void requireNotStopped() {
        if (isStopped()) {
            throw deadEnd;
        }
    }

    /** @throws RuntimeException the reason why, when it ends before the way does */
    public BeamCurve whole() {
        if (deadEnd != null) {
            throw deadEnd;
        }
        return this;
    }

    /** The beam as a problem. */
    public static Problem problem(BeamOptions options, MaterialLaw law) {
        Mesh mesh = StructuredMesh.of(ElementType.Q9, new double[] {options.length(), options.height()},
                new int[] {options.elementsX(), options.elementsY()},
                new double[] {BeamOptions.GRADING_X, BeamOptions.GRADING_Y});
        Problem.Builder builder = Problem.of(mesh, Section.PLANE_STRAIN).material(law);
        options.end().tie(builder);
        List<Displacement> given = options.end().given(options.displacement());
        return builder.step(new Step("bend", options.increments(), given, List.of(), List.of())).build();
    }

    /** Displacement of the right side downwards [nm]. */
    public double displacement(int state) {
        return states.get(0).displacement(problem.mesh(), moved, 1)
                - states.get(state).displacement(problem.mesh(), moved, 1);
    }

    /** Force that moves the right side down [N/m]. */
    public double forceY(int state) {
        return 0 - states.get(state).force(problem.mesh(), moved, 1);
    }

    /** Force that keeps the right side from coming nearer [N/m], positive: tension. */
    public double forceX(int state) {
        return states.get(state).force(problem.mesh(), moved, 0);
    }
}
