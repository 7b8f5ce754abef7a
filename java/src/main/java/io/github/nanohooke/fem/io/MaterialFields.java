// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.io;

import io.github.nanohooke.fem.atoms.AtomsMaterial;
import io.github.nanohooke.fem.atoms.CrystalFace;
import io.github.nanohooke.fem.law.CrystalFrame;
import io.github.nanohooke.fem.law.Laws;
import io.github.nanohooke.fem.law.Section;
import io.github.nanohooke.fem.mesh.Mesh;
import io.github.nanohooke.fem.model.Problem;
import io.github.nanohooke.fem.table.TableOptions;
import io.github.nanohooke.fem.table.TabulatedMaterial;
import io.github.nanohooke.fem.table.TabulatedMaterial.Outside;
import io.github.nanohooke.io.JsonFields;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.hyperelastic.ReferenceCell.Kind;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.StructureException;
import io.github.nanohooke.structure.file.AtomsFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The field {@code materials} of a problem. */
final class MaterialFields {
    private final Path folder;
    private final StaticsProgress progress;
    private final List<TabulatedMaterial> tables = new ArrayList<>();
    /** Regions of one structure share its cell. */
    private final Map<CellKey, AtomsMaterial> cells = new HashMap<>();

    private record CellKey(Atoms atoms, Kind kind, List<Double> angles, boolean designed) {
    }

    MaterialFields(Path folder, StaticsProgress progress) {
        this.folder = folder;
        this.progress = progress;
    }

    /** @param points places of the integration points of an element [nm] */
    void read(JsonFields root, Section section, Mesh mesh, IntFunction<List<double[]>> points,
            Problem.Builder builder) {
        try (TensorFields tensors = new TensorFields(folder, progress)) {
            read(root, section, mesh, points, builder, tensors);
        }
    }

    private void read(JsonFields root, Section section, Mesh mesh, IntFunction<List<double[]>> points,
            Problem.Builder builder, TensorFields tensors) {
        List<String> names = new ArrayList<>(Laws.names());
        names.add(AtomsMaterial.NAME);
        names.add(TabulatedMaterial.NAME);
        for (JsonFields fields : root.objects("materials")) {
            String law = fields.choice("law", names);
            String set = fields.has("elements")
                    ? ProblemFile.inCapitals(fields.text("elements"), mesh.elementSets().keySet()) : null;
            if (law.equals(AtomsMaterial.NAME)) {
                fields.allow("law", "elements", "structure", "period", "orientation", "undeformed");
                builder.region(set, atoms(fields, section));
                continue;
            }
            if (law.equals(TabulatedMaterial.NAME)) {
                builder.region(set, table(fields, section));
                continue;
            }
            int[] members = set == null ? IntStream.range(0, mesh.elements()).toArray()
                    : fields.build("elements", () -> mesh.elementSet(set));
            builder.region(set, tensors.read(fields, law, mesh, members, points));
        }
    }

    private AtomsMaterial atoms(JsonFields fields, Section section) {
        Kind kind = fields.has("period") && fields.choice("period", List.of("relaxed", "given")).equals("given")
                ? Kind.GIVEN_PERIOD : Kind.ZERO_STRESS;
        if (kind == Kind.GIVEN_PERIOD && section != Section.PLANE_STRAIN) {
            throw fields.error("period", "given is for plane strain, where nothing moves along z");
        }
        double[] angles = fields.has("orientation") ? fields.numbers("orientation", 3) : new double[3];
        Atoms cell = loaded(fields);
        boolean designed = designed(fields);
        CellKey key = new CellKey(cell, kind, List.of(angles[0], angles[1], angles[2]), designed);
        return fields.build("", () -> cells.computeIfAbsent(key, unknown -> AtomsMaterial.of(cell, kind, section,
                CrystalFrame.of(angles[0], angles[1], angles[2]), StaticsOptions.defaults(), designed)));
    }

    private TabulatedMaterial table(JsonFields fields, Section section) {
        fields.allow("law", "elements", "structure", "period", "orientation", "range", "tolerance", "finest", "outside",
                "cache");
        if (section != Section.PLANE_STRAIN) {
            throw fields.error("law", TabulatedMaterial.NAME + " is for the section plane-strain; " + AtomsMaterial.NAME
                    + " is for all");
        }
        TableOptions standard = TableOptions.defaults();
        TableOptions options = fields.build("", () -> {
            double range = fields.number("range", standard.range());
            return new TableOptions(range, fields.number("tolerance", standard.tolerance()),
                    fields.number("finest", standard.finest() * range / standard.range()));
        });
        boolean statics = fields.has("outside")
                && fields.choice("outside", List.of("error", "statics")).equals("statics");
        Outside outside = statics ? Outside.STATICS : Outside.ERROR;
        Path cache = fields.has("cache") ? folder.resolve(fields.text("cache")) : null;
        AtomsMaterial atoms = atoms(fields, section);
        try {
            TabulatedMaterial made = tables.stream().filter(known -> known.isOf(atoms, options)).findFirst()
                    .map(known -> known.of(atoms, outside)).orElseGet(() -> fields.build("", () ->
                            TabulatedMaterial.of(atoms, options, outside, cache, progress)));
            tables.add(made);
            return made;
        } catch (RuntimeException e) {
            atoms.close();
            throw e;
        }
    }

    private static boolean designed(JsonFields fields) {
        return fields.has("undeformed") && fields.choice("undeformed", List.of("free", "designed")).equals("designed");
    }

    /** The field {@code faces} of a problem. */
    void faces(JsonFields root, Section section, Mesh mesh, Problem.Builder builder) {
        for (JsonFields fields : root.has("faces") ? root.objects("faces") : List.<JsonFields>of()) {
            fields.allow("nodes", "structure", "undeformed");
            if (section != Section.PLANE_STRAIN) {
                throw fields.error("", "faces of atoms are for plane strain");
            }
            String set = ProblemFile.set(fields, mesh);
            Atoms cell = loaded(fields);
            boolean designed = designed(fields);
            builder.face(set, fields.build("", () -> {
                try (AtomsMaterial material = AtomsMaterial.of(cell, Kind.GIVEN_PERIOD, section,
                        CrystalFrame.NONE, StaticsOptions.defaults(), designed)) {
                    return CrystalFace.of(material);
                }
            }));
        }
    }

    private Atoms loaded(JsonFields fields) {
        try {
            return AtomsFile.read(folder.resolve(fields.text("structure"))).atoms();
        } catch (StructureException e) {
            throw fields.error("structure", e.getMessage());
        }
    }
}
