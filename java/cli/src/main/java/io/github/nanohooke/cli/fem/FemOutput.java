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

/** The files of {@code fem --out}: a path as far as it is known, at any time, and the pictures at its end. */
final class FemOutput {
    /** Between two writings of what is found [ns]: a process that is killed loses no more. */
    private static final long PATIENCE = 10_000_000_000L;

    private final OutputFolder folder;
    private final Problem problem;
    private final long patience;
    private final List<String> names = new ArrayList<>();
    private long written = System.nanoTime();

    FemOutput(OutputFolder folder, Problem problem) {
        this(folder, problem, PATIENCE);
    }

    /** @param patience least time between two writings of a path that goes on [ns] */
    FemOutput(OutputFolder folder, Problem problem, long patience) {
        this.folder = folder;
        this.problem = problem;
        this.patience = patience;
    }

    /**
     * A path goes on: writes what is new of it, if the last time is long ago.
     *
     * @throws io.github.nanohooke.io.FileWriteException when a file cannot be written
     */
    void follow(FoundStates found) {
        if (System.nanoTime() - written >= patience) {
            path(found);
            written = System.nanoTime();
        }
    }

    /**
     * A path is over.
     *
     * @throws io.github.nanohooke.io.FileWriteException when a file cannot be written
     */
    void finish(FoundStates found, String json) {
        path(found);
        AtomicFile.writeText(folder.file("result.json"), json + "\n");
        List<PathFigure.Line> lines = lines(problem, found.states());
        if (!lines.isEmpty()) {
            String unit = problem.mesh().dimension() == 2 ? "N/m" : "nN";
            for (String file : List.of("path.png", "path.svg")) {
                PathFigure.write(folder.file(file), "Forces of the held sets", "displacement [nm]",
                        "force [" + unit + "]", lines);
            }
        }
        pictures(folder, problem, found.last().state(), fields(found.last()));
    }

    /** States that are on disk already stay as they are. */
    private void path(FoundStates found) {
        List<Increment> states = found.states();
        for (int k = names.size(); k < states.size(); k++) {
            String name = String.format(Locale.ROOT, "state-%03d.vtu", k);
            VtuFile.write(folder.file(name), problem, states.get(k), fields(found.all().get(k)));
            names.add(name);
        }
        VtuFile.writeSeries(folder.file("path.pvd"), states, names);
        AtomicFile.writeText(folder.file("path.csv"), PathCsv.of(problem, states));
        StateFile.write(folder.file("state.json"), problem, found.last().state());
    }

    private StateFields fields(FoundStates.Found found) {
        return found.fields() != null ? found.fields() : StateFields.of(problem, found.state().displacements());
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
