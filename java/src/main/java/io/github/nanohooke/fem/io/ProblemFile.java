// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.io;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.fem.law.Section;
import io.github.nanohooke.fem.mesh.Mesh;
import io.github.nanohooke.fem.model.Displacement;
import io.github.nanohooke.fem.model.Force;
import io.github.nanohooke.fem.model.Problem;
import io.github.nanohooke.fem.model.Step;
import io.github.nanohooke.fem.model.Traction;
import io.github.nanohooke.fem.solve.SolverOptions;
import io.github.nanohooke.io.Csv;
import io.github.nanohooke.io.JsonFields;
import io.github.nanohooke.io.NearestName;
import io.github.nanohooke.statics.StaticsProgress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.Locale;
import java.util.Set;

/**
 * A problem as JSON; {@link #fields()} describes every field.
 *
 * @param problem what to solve
 * @param options how
 */
public record ProblemFile(Problem problem, SolverOptions options) {
    private static final String FIELDS = "problem-fields.txt";
    private static final List<String> AXES = List.of("x", "y", "z");

    /**
     * Reads a problem; files that it names lie beside it.
     *
     * @throws FemException when it cannot be read, has unknown fields, or is no sound problem
     */
    public static ProblemFile read(Path file) {
        return read(file, StaticsProgress.SILENT);
    }

    /**
     * As {@link #read(Path)}.
     *
     * @param progress of what takes its time: tensors of structures and tables of laws
     * @throws java.util.concurrent.CancellationException when it asks to stop
     */
    public static ProblemFile read(Path file, StaticsProgress progress) {
        return parse(text(file), file.toString(), file.toAbsolutePath().getParent(), progress);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new FemException("the problem " + file + " does not exist", e);
        } catch (IOException e) {
            throw new FemException("the problem " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a problem from text.
     *
     * @param source where it is from, for messages
     * @param folder where the files lie that it names
     */
    public static ProblemFile parse(String json, String source, Path folder) {
        return parse(json, source, folder, StaticsProgress.SILENT);
    }

    private static ProblemFile parse(String json, String source, Path folder, StaticsProgress progress) {
        JsonFields root = JsonFields.parse(json, source, FemException::new);
        root.allow("section", "mesh", "points", "nodeSets", "elementSets", "materials", "faces", "ties", "steps",
                "solver");
        Section section = section(root);
        Mesh mesh = new MeshFields(folder).read(root);
        Problem.Builder builder = Problem.of(mesh, section).points(root.whole("points", 0));
        MaterialFields materials = new MaterialFields(folder, progress);
        materials.read(root, section, mesh, element -> places(root, mesh, element), builder);
        materials.faces(root, section, mesh, builder);
        for (JsonFields tie : root.objects("ties")) {
            tie.allow("nodes", "axis");
            builder.tie(set(tie, mesh), AXES.indexOf(tie.choice("axis", axes(mesh))));
        }
        int number = 1;
        for (JsonFields step : root.objects("steps")) {
            builder.step(step(step, mesh, "step " + number++));
        }
        return new ProblemFile(root.build("", builder::build), solver(root));
    }

    /**
     * The places of an element's points [nm], of Gauss' rule; a problem has the same number along each axis of all
     * elements, or their own.
     */
    private static List<double[]> places(JsonFields root, Mesh mesh, int element) {
        int along = root.whole("points", 0);
        return root.build("points", () -> mesh.type(element).rule(along)).stream()
                .map(point -> mesh.place(element, point.xi())).toList();
    }

    /**
     * Where the integration points of a problem are, of whose file mesh and rule alone are read: a table with the
     * columns {@code element} and {@code point}, both counted from 0, and the coordinates in the undeformed part [nm].
     * A material's {@code field} is such a table with a column more. Where the mesh has sets of elements, {@code sets}
     * names those of the element, which tell the materials apart.
     *
     * @throws FemException when the file cannot be read, or mesh or rule are not sound
     */
    public static String points(Path file) {
        JsonFields root = JsonFields.parse(text(file), file.toString(), FemException::new);
        Mesh mesh = new MeshFields(file.toAbsolutePath().getParent()).read(root);
        List<String> head = new ArrayList<>(List.of("element", "point"));
        axes(mesh).forEach(axis -> head.add(axis + "_nm"));
        List<List<String>> sets = sets(mesh);
        boolean withSets = !mesh.elementSets().isEmpty();
        if (withSets) {
            head.add("sets");
        }
        StringBuilder table = new StringBuilder(Csv.line(head));
        for (int element = 0; element < mesh.elements(); element++) {
            List<double[]> places = places(root, mesh, element);
            for (int point = 0; point < places.size(); point++) {
                table.append(Csv.line(element, point, places.get(point),
                        withSets ? List.of(String.join(" ", sets.get(element))) : List.of()));
            }
        }
        return table.toString();
    }

    /** The names of each element's sets, in the order of the alphabet. */
    private static List<List<String>> sets(Mesh mesh) {
        List<List<String>> sets = new ArrayList<>();
        for (int element = 0; element < mesh.elements(); element++) {
            sets.add(new ArrayList<>());
        }
        new TreeMap<>(mesh.elementSets()).forEach((name, members) -> {
            for (int element : members) {
                sets.get(element).add(name);
            }
        });
        return sets;
    }

    /** Every field of the file, its meaning and unit. */
    public static String fields() {
        try (var stream = ProblemFile.class.getResourceAsStream(FIELDS)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
        } catch (IOException e) {
            throw new IllegalStateException("the library's own text is there", e);
        }
    }

    private static Section section(JsonFields root) {
        List<String> labels = Arrays.stream(Section.values()).map(Section::label).toList();
        return Section.values()[labels.indexOf(root.choice("section", labels))];
    }

    private static Step step(JsonFields fields, Mesh mesh, String name) {
        fields.allow("name", "increments", "displacements", "forces", "tractions");
        List<Displacement> displacements = new ArrayList<>();
        for (JsonFields d : fields.objects("displacements")) {
            boolean here = d.has("from") && d.choice("from", List.of("undeformed", "here")).equals("here");
            components(d, mesh, "from").forEach(axis -> displacements.add(new Displacement(set(d, mesh), axis,
                    d.number(AXES.get(axis)), here)));
        }
        List<Force> forces = new ArrayList<>();
        for (JsonFields f : fields.objects("forces")) {
            components(f, mesh).forEach(axis -> forces.add(new Force(set(f, mesh), axis, f.number(AXES.get(axis)))));
        }
        List<Traction> tractions = new ArrayList<>();
        for (JsonFields t : fields.objects("tractions")) {
            components(t, mesh).forEach(axis -> tractions.add(new Traction(set(t, mesh), axis,
                    t.number(AXES.get(axis)))));
        }
        String label = fields.has("name") ? fields.text("name") : name;
        return fields.build("", () -> new Step(label, fields.whole("increments", 1), displacements, forces, tractions));
    }

    /** The axes that an entry names, at least one. */
    private static List<Integer> components(JsonFields entry, Mesh mesh, String... more) {
        List<String> allowed = new ArrayList<>(axes(mesh));
        allowed.addAll(List.of(more));
        allowed.add("nodes");
        entry.allow(allowed.toArray(String[]::new));
        List<Integer> given = new ArrayList<>();
        for (int axis = 0; axis < mesh.dimension(); axis++) {
            if (entry.has(AXES.get(axis))) {
                given.add(axis);
            }
        }
        if (given.isEmpty()) {
            throw entry.error("", "names no axis: give " + String.join(" or ", axes(mesh)));
        }
        return given;
    }

    static String set(JsonFields entry, Mesh mesh) {
        String name = inCapitals(entry.text("nodes"), mesh.nodeSets().keySet());
        if (!mesh.nodeSets().containsKey(name)) {
            throw entry.error("nodes", "the mesh has no node set \"" + name + "\""
                    + NearestName.hint(name, List.copyOf(mesh.nodeSets().keySet())));
        }
        return name;
    }

    /** Case does not count in .inp files, whose sets have capitals; a set of the very name goes first. */
    static String inCapitals(String name, Set<String> sets) {
        String capitals = name.toUpperCase(Locale.ROOT);
        return !sets.contains(name) && sets.contains(capitals) ? capitals : name;
    }

    private static List<String> axes(Mesh mesh) {
        return AXES.subList(0, mesh.dimension());
    }

    private static SolverOptions solver(JsonFields root) {
        SolverOptions standard = SolverOptions.defaults();
        if (!root.has("solver")) {
            return standard;
        }
        JsonFields solver = root.object("solver");
        solver.allow("tolerance", "iterations", "smallestCut");
        return solver.build("", () -> new SolverOptions(solver.number("tolerance", standard.tolerance()),
                solver.whole("iterations", standard.maxIterations()),
                solver.number("smallestCut", standard.smallestCut())));
    }
}
