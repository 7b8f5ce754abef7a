// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.fem;

import io.github.nanohooke.cli.process.OutputFolder;
import io.github.nanohooke.fem.io.NodalFields;
import io.github.nanohooke.fem.io.PathCsv;
import io.github.nanohooke.fem.io.StateFields;
import io.github.nanohooke.fem.io.StateFile;
import io.github.nanohooke.fem.io.VtuFile;
import io.github.nanohooke.fem.mesh.Mesh;
import io.github.nanohooke.fem.model.Problem;
import io.github.nanohooke.fem.solve.Increment;
import io.github.nanohooke.figures.FieldPicture;
import io.github.nanohooke.figures.PathFigure;
import io.github.nanohooke.io.AtomicFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The files of {@code fem --out}. */
final class FemOutput {
    private FemOutput() {
    }

    /**
     * @param states the one that the run started from, and what it found
     * @param fields one a state, or null where laws have no memory
     * @throws io.github.nanohooke.io.FileWriteException when one cannot be written
     */
    static void write(OutputFolder folder, Problem problem, List<Increment> states, List<StateFields> fields,
            String json) {
        AtomicFile.writeText(folder.file("result.json"), json + "\n");
        Increment last = states.get(states.size() - 1);
        StateFile.write(folder.file("state.json"), problem, last);
        AtomicFile.writeText(folder.file("path.csv"), PathCsv.of(problem, states));
        List<PathFigure.Line> lines = lines(problem, states);
        if (!lines.isEmpty()) {
            String unit = problem.mesh().dimension() == 2 ? "N/m" : "nN";
            for (String file : List.of("path.png", "path.svg")) {
                PathFigure.write(folder.file(file), "Forces of the held sets", "displacement [nm]",
                        "force [" + unit + "]", lines);
            }
        }
        List<String> names = new ArrayList<>();
        for (int k = 0; k < states.size(); k++) {
            names.add(String.format(Locale.ROOT, "state-%03d.vtu", k));
            VtuFile.write(folder.file(names.get(k)), problem, states.get(k), fields == null
                    ? StateFields.of(problem, states.get(k).displacements()) : fields.get(k));
        }
        VtuFile.writeSeries(folder.file("path.pvd"), states, names);
        pictures(folder, problem, last, fields == null ? StateFields.of(problem, last.displacements())
                : fields.get(states.size() - 1));
    }

    /** Of every set and axis that is moved: its force against its displacement. */
    private static List<PathFigure.Line> lines(Problem problem, List<Increment> states) {
        Mesh mesh = problem.mesh();
        List<PathFigure.Line> lines = new ArrayList<>();
        for (String set : problem.heldSets()) {
            for (int i = 0; i < mesh.dimension(); i++) {
                int axis = i;
                double[] u = states.stream().mapToDouble(s -> s.displacement(mesh, set, axis)).toArray();
                double[] f = states.stream().mapToDouble(s -> s.force(mesh, set, axis)).toArray();
                boolean given = problem.steps().stream().flatMap(s -> s.displacements().stream())
                        .anyMatch(d -> d.nodeSet().equals(set) && d.axis() == axis && d.value() != 0);
                if (given) {
                    lines.add(new PathFigure.Line(set + ", along " + "xyz".charAt(axis), lines.size(),
                            PathFigure.Style.LINE, u, f));
                }
            }
        }
        return lines;
    }

    private static void pictures(OutputFolder folder, Problem problem, Increment last, StateFields all) {
        NodalFields fields = all.nodal();
        FieldPicture.Marks marks = FieldPicture.Marks.of(all.continued());
        Mesh mesh = problem.mesh();
        for (int k = 0; k < NodalFields.COMPONENTS.size(); k++) {
            String name = NodalFields.COMPONENTS.get(k);
            boolean shown = mesh.dimension() == 3 || !name.contains("z");
            if (shown) {
                FieldPicture.write(folder.file("strain-" + name + ".png"), "strain E_" + name, mesh,
                        last.displacements(), fields.strain(k), "", marks);
                FieldPicture.write(folder.file("stress-" + name + ".png"), "Cauchy stress " + name, mesh,
                        last.displacements(), fields.stress(k), "GPa", marks);
            }
        }
        FieldPicture.write(folder.file("stress-von-mises.png"), "von Mises stress", mesh, last.displacements(),
                fields.vonMises(), "GPa", marks);
    }
}
