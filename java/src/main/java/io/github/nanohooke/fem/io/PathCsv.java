// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.io;

import io.github.nanohooke.fem.mesh.Mesh;
import io.github.nanohooke.fem.model.Problem;
import io.github.nanohooke.fem.solve.Increment;
import io.github.nanohooke.io.Csv;
import java.util.ArrayList;
import java.util.List;

/** Displacements and forces of the held sets along a path, as a table. */
public final class PathCsv {
    private static final String AXES = "xyz";

    private PathCsv() {
    }

    /** One line a state; of each held set the mean displacement and the sum of forces along each axis. */
    public static String of(Problem problem, List<Increment> states) {
        Mesh mesh = problem.mesh();
        String unit = mesh.dimension() == 2 ? "N_per_m" : "nN";
        List<Object> headings = new ArrayList<>(List.of("step", "name", "fraction", "iterations", "negative_pivots",
                "energy"));
        for (String set : problem.heldSets()) {
            for (int i = 0; i < mesh.dimension(); i++) {
                headings.add(set + "_u" + AXES.charAt(i) + "_nm");
            }
            for (int i = 0; i < mesh.dimension(); i++) {
                headings.add(set + "_F" + AXES.charAt(i) + '_' + unit);
            }
        }
        StringBuilder text = new StringBuilder(Csv.line(headings));
        for (Increment state : states) {
            List<Object> fields = new ArrayList<>(List.of(state.step() + 1, problem.steps().get(state.step()).name(),
                    state.fraction(), state.iterations(), state.negativePivots(), state.energy()));
            for (String set : problem.heldSets()) {
                for (int i = 0; i < mesh.dimension(); i++) {
                    fields.add(state.displacement(mesh, set, i));
                }
                for (int i = 0; i < mesh.dimension(); i++) {
                    fields.add(state.force(mesh, set, i));
                }
            }
            text.append(Csv.line(fields));
        }
        return text.toString();
    }
}
