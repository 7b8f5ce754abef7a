// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.solve;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.fem.mesh.Mesh;
import io.github.nanohooke.fem.model.Displacement;
import io.github.nanohooke.fem.model.Force;
import io.github.nanohooke.fem.model.Problem;
import io.github.nanohooke.fem.model.Step;
import io.github.nanohooke.fem.model.Tie;
import io.github.nanohooke.fem.model.Traction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Given displacements and loads at the begin and at the end of a step. */
final class StepBoundary {
    private final boolean[] fixed;
    private final double[] valueBefore;
    private final double[] valueAfter;
    private final double[] loadBefore;
    private final double[] loadAfter;
    private final List<int[]> ties;

    private StepBoundary(Problem problem, int step, double[] now, double fraction) {
        Mesh mesh = problem.mesh();
        int dofs = mesh.nodes() * mesh.dimension();
        fixed = new boolean[dofs];
        valueBefore = new double[dofs];
        valueAfter = new double[dofs];
        for (Step earlier : problem.steps().subList(0, step)) {
            for (Displacement d : earlier.displacements()) {
                for (int node : mesh.nodeSet(d.nodeSet())) {
                    fixed[node * mesh.dimension() + d.axis()] = true;
                }
            }
        }
        for (int dof = 0; dof < dofs; dof++) {
            valueBefore[dof] = fixed[dof] ? now[dof] : 0;
            valueAfter[dof] = valueBefore[dof];
        }
        displacements(problem, step, now, fraction);
        loadBefore = loads(problem, step);
        loadAfter = loads(problem, step + 1);
        ties = ties(problem);
    }

    /**
     * The boundary of a step.
     *
     * @param now      displacements of a state in it
     * @param fraction of the step that is done in this state
     * @throws FemException when ties and given displacements contradict
     */
    static StepBoundary of(Problem problem, int step, double[] now, double fraction) {
        return new StepBoundary(problem, step, now, fraction);
    }

    boolean[] fixed() {
        return fixed;
    }

    List<int[]> ties() {
        return ties;
    }

    double displacement(int dof, double fraction) {
        return (1 - fraction) * valueBefore[dof] + fraction * valueAfter[dof];
    }

    double[] loads(double fraction) {
        double[] loads = new double[loadBefore.length];
        for (int i = 0; i < loads.length; i++) {
            loads[i] = (1 - fraction) * loadBefore[i] + fraction * loadAfter[i];
        }
        return loads;
    }

    /**
     * Values at both ends of the step, which has led evenly to where nodes are now; a node that two sets hold has the
     * later one's.
     */
    private void displacements(Problem problem, int step, double[] now, double fraction) {
        Mesh mesh = problem.mesh();
        for (Displacement d : problem.steps().get(step).displacements()) {
            for (int node : mesh.nodeSet(d.nodeSet())) {
                int dof = node * mesh.dimension() + d.axis();
                fixed[dof] = true;
                if (d.fromHere()) {
                    valueBefore[dof] = now[dof] - fraction * d.value();
                    valueAfter[dof] = valueBefore[dof] + d.value();
                } else {
                    valueAfter[dof] = d.value();
                    valueBefore[dof] = fraction == 0 ? now[dof]
                            : fraction < 1 ? (now[dof] - fraction * d.value()) / (1 - fraction) : d.value();
                }
            }
        }
    }

    private static double[] loads(Problem problem, int count) {
        Mesh mesh = problem.mesh();
        Map<String, Force> forces = new LinkedHashMap<>();
        Map<String, double[]> tractions = new LinkedHashMap<>();
        for (Step step : problem.steps().subList(0, count)) {
            step.forces().forEach(f -> forces.put(f.axis() + " " + f.nodeSet(), f));
            for (Traction t : step.tractions()) {
                tractions.computeIfAbsent(t.nodeSet(), set -> new double[mesh.dimension()])[t.axis()] = t.value();
            }
        }
        double[] loads = new double[mesh.nodes() * mesh.dimension()];
        forces.values().forEach(f -> Loads.add(mesh, f, loads));
        tractions.forEach((set, vector) -> Loads.add(mesh, set, vector, loads));
        return loads;
    }

    private List<int[]> ties(Problem problem) {
        Mesh mesh = problem.mesh();
        List<int[]> all = new ArrayList<>();
        boolean[] tied = new boolean[fixed.length];
        for (Tie tie : problem.ties()) {
            int[] dofs = Arrays.stream(mesh.nodeSet(tie.nodeSet())).map(n -> n * mesh.dimension() + tie.axis())
                    .toArray();
            for (int dof : dofs) {
                if (fixed[dof]) {
                    throw new FemException("a node of the tied set \"" + tie.nodeSet() + "\" has a given displacement "
                            + "along the same axis; give up one of the two");
                }
                if (tied[dof]) {
                    throw new FemException("a node of the tied set \"" + tie.nodeSet() + "\" is in another tie along "
                            + "the same axis; make one set of both");
                }
                tied[dof] = true;
            }
            all.add(dofs);
        }
        return all;
    }
}
