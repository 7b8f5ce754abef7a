// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.io;

import io.github.nanohooke.fem.mesh.Mesh;
import io.github.nanohooke.fem.model.Problem;
import io.github.nanohooke.fem.solve.Increment;
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
        StringBuilder text = new StringBuilder("step,name,fraction,iterations,negative_pivots,energy");
        for (String set : problem.heldSets()) {
            for (int i = 0; i < mesh.dimension(); i++) {
                text.append(',').append(set).append("_u").append(AXES.charAt(i)).append("_nm");
            }
            for (int i = 0; i < mesh.dimension(); i++) {
                text.append(',').append(set).append("_F").append(AXES.charAt(i)).append('_').append(unit);
            }
        }
        text.append('\n');
        for (Increment state : states) {
            text.append(state.step() + 1).append(',').append(quoted(problem.steps().get(state.step()).name()))
                    .append(',').append(state.fraction()).append(',').append(state.iterations()).append(',')
                    .append(state.negativePivots()).append(',').append(state.energy());
            for (String set : problem.heldSets()) {
                for (int i = 0; i < mesh.dimension(); i++) {
                    text.append(',').append(state.displacement(mesh, set, i));
                }
                for (int i = 0; i < mesh.dimension(); i++) {
                    text.append(',').append(state.force(mesh, set, i));
                }
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String quoted(String name) {
        return name.matches("[\\w .-]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
    }
}
