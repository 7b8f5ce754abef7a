// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.io;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.fem.law.Laws;
import io.github.nanohooke.fem.law.MaterialLaw;
import io.github.nanohooke.fem.law.Orientation;
import io.github.nanohooke.fem.mesh.Mesh;
import io.github.nanohooke.fem.model.ConstitutiveField;
import io.github.nanohooke.fem.source.KnownSource;
import io.github.nanohooke.fem.source.SourceTensors;
import io.github.nanohooke.image.ImageException;
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.io.JsonFields;
import io.github.nanohooke.statics.NoTensorException;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.TensorAnswer;
import io.github.nanohooke.structure.StructureException;
import io.github.nanohooke.structure.file.AtomsFile;
import io.github.nanohooke.surrogate.data.Shows;
import io.github.nanohooke.surrogate.predict.StructureCheck;
import io.github.nanohooke.tensor.ElasticTensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The fields of a material that tell its elastic tensor, one or one a point; sources are asked once of equal things.
 */
final class TensorFields implements AutoCloseable {
    private static final List<String> KINDS = List.of("tensor", "cubic", "isotropic", "structure", "image", "field");
    private static final List<String> OF_SOURCES = List.of("source", "maxUncertainty", "cache");
    /** Lines that a complaint names. */
    private static final int NAMED = 10;

    private final Path folder;
    private final StaticsProgress progress;
    private final SourceTensors sources = new SourceTensors();

    TensorFields(Path folder, StaticsProgress progress) {
        this.folder = folder;
        this.progress = progress;
    }

    /**
     * The law of a material.
     *
     * @param members its elements
     * @param points  places of the integration points of an element [nm]
     */
    ConstitutiveField read(JsonFields fields, String law, Mesh mesh, int[] members,
            IntFunction<List<double[]>> points) {
        List<String> allowed = new ArrayList<>(List.of("law", "elements", "orientation"));
        allowed.addAll(KINDS);
        allowed.addAll(OF_SOURCES);
        fields.allow(allowed.toArray(String[]::new));
        List<String> given = KINDS.stream().filter(fields::has).toList();
        if (given.size() != 1) {
            throw fields.error("", "needs exactly one of " + String.join(", ", KINDS)
                    + (given.isEmpty() ? "" : "; got " + String.join(" and ", given)));
        }
        String kind = given.get(0);
        if (kind.equals("field")) {
            return field(fields, law, mesh, members, points);
        }
        requireNoSource(fields, kind);
        ElasticTensor crystal = switch (kind) {
            case "tensor" -> symmetric(fields);
            case "cubic" -> {
                JsonFields cubic = fields.object("cubic");
                cubic.allow("C11", "C12", "C44");
                yield ElasticTensor.cubic(cubic.number("C11"), cubic.number("C12"), cubic.number("C44"));
            }
            case "isotropic" -> isotropic(fields.object("isotropic"));
            default -> measured(fields, kind);
        };
        return ConstitutiveField.uniform(fields.build("", () -> Laws.of(law, turned(fields).apply(crystal))));
    }

    /** What does not matter to a material is refused, not left aside. */
    private static void requireNoSource(JsonFields fields, String kind) {
        boolean files = kind.equals("structure");
        for (String name : OF_SOURCES) {
            if (fields.has(name) && !(files || kind.equals("image") && name.equals("source"))) {
                throw fields.error(name, "is nothing to a material of " + kind + "; leave it out");
            }
        }
        if (fields.has("maxUncertainty") && !KnownSource.HYBRID.label().equals(source(fields))) {
            throw fields.error("maxUncertainty", "is for the source \"" + KnownSource.HYBRID.label() + "\" alone");
        }
    }

    private static String source(JsonFields fields) {
        return fields.has("source") ? fields.choice("source", KnownSource.labels()) : KnownSource.STATICS.label();
    }

    private static Function<ElasticTensor, ElasticTensor> turned(JsonFields fields) {
        if (!fields.has("orientation")) {
            return tensor -> tensor;
        }
        double[] angles = fields.numbers("orientation", 3);
        return tensor -> Orientation.turned(tensor, angles[0], angles[1], angles[2]);
    }

    private static ElasticTensor symmetric(JsonFields fields) {
        ElasticTensor tensor = ElasticTensor.of(fields.table("tensor", 6, 6));
        double largest = 0;
        for (int i = 0; i < 6; i++) {
            largest = Math.max(largest, Math.abs(tensor.get(i, i)));
        }
        if (tensor.symmetryResidual() > 1e-3 * largest) {
            throw fields.error("tensor", "is not symmetric: components on either side of the diagonal differ by up to "
                    + tensor.symmetryResidual() + " GPa");
        }
        return tensor;
    }

    private static ElasticTensor isotropic(JsonFields fields) {
        fields.allow("young", "poisson");
        double e = fields.number("young");
        double nu = fields.number("poisson");
        if (!(e > 0 && nu > -1 && nu < 0.5)) {
            throw fields.error("", "young must be positive and poisson between -1 and 0.5, got " + e + " and " + nu);
        }
        double shear = e / (2 * (1 + nu));
        double lame = e * nu / ((1 + nu) * (1 - 2 * nu));
        return ElasticTensor.cubic(lame + 2 * shear, lame, shear);
    }

    private ElasticTensor measured(JsonFields fields, String kind) {
        Path file = folder.resolve(fields.text(kind));
        TensorAnswer answer = answers(fields, kind, List.of(file),
                e -> fields.error(kind, e.getMessage())).get(0);
        if (answer.tensor().isEmpty()) {
            boolean open = !kind.equals("image") && !source(fields).equals(KnownSource.DESIGNED_NETWORK.label())
                    && StructureCheck.refusal(AtomsFile.read(file).atoms().cell()).isEmpty();
            String otherwise = open ? "; \"source\": \"" + KnownSource.DESIGNED_NETWORK.label()
                    + "\" asks the network of the structure as it is designed" : "";
            throw new NoTensorException(fields.error(kind, answer.reason() + otherwise).getMessage());
        }
        return answer.required().tensor();
    }

    private ConstitutiveField field(JsonFields fields, String law, Mesh mesh, int[] members,
            IntFunction<List<double[]>> points) {
        PointTable table = fields.build("field", () -> PointTable.read(folder.resolve(fields.text("field"))));
        requireNoSource(fields, table.content().isEmpty() ? "constants" : table.content());
        int[][] places = fields.build("field", () -> table.places(members, mesh.elements(), points));
        List<ElasticTensor> crystals = table.content().isEmpty()
                ? fields.build("field", () -> IntStream.range(0, table.rows()).mapToObj(table::tensor).toList())
                : measured(fields, table);
        Function<ElasticTensor, ElasticTensor> turn = turned(fields);
        Map<ElasticTensor, MaterialLaw> laws = new HashMap<>();
        MaterialLaw[] ofRow = new MaterialLaw[table.rows()];
        for (int row = 0; row < ofRow.length; row++) {
            int line = PointTable.line(row);
            ofRow[row] = laws.computeIfAbsent(crystals.get(row), crystal -> fields.build("field", () -> {
                try {
                    return Laws.of(law, turn.apply(crystal));
                } catch (IllegalArgumentException e) {
                    throw table.error(line, e.getMessage());
                }
            }));
        }
        return (element, point) -> ofRow[places[element][point]];
    }

    private List<ElasticTensor> measured(JsonFields fields, PointTable table) {
        List<Path> files = IntStream.range(0, table.rows()).mapToObj(table::named).toList();
        List<TensorAnswer> answers = answers(fields, table.content(), files, e -> fields.error("field",
                e.getMessage()));
        List<Integer> none = IntStream.range(0, answers.size()).filter(k -> answers.get(k).tensor().isEmpty()).boxed()
                .toList();
        if (!none.isEmpty()) {
            String named = none.stream().limit(NAMED).map(k -> "line " + PointTable.line(k) + " ("
                    + files.get(k).getFileName() + ")").reduce((a, b) -> a + ", " + b).orElseThrow();
            throw new NoTensorException(fields.error("field", none.size() + " of " + answers.size()
                    + " lines have no tensor: " + named + (none.size() > NAMED ? ", ..." : "") + "; the first: "
                    + answers.get(none.get(0)).reason()).getMessage());
        }
        return answers.stream().map(answer -> answer.required().tensor()).toList();
    }

    /** Of files, each read once, however often it is named. */
    private List<TensorAnswer> answers(JsonFields fields, String kind, List<Path> files,
            Function<RuntimeException, RuntimeException> complaint) {
        DoublePredicate told = done -> progress.report("tensors", done, files.size() + " to do");
        try {
            if (kind.equals("image")) {
                Map<Path, StructureImage> read = new HashMap<>();
                List<StructureImage> images = files.stream().map(file -> read.computeIfAbsent(file,
                        StructureImage::read)).toList();
                return sources.ofImages(shown(fields, files.get(0)), images, told);
            }
            Map<Path, AtomsFile.Loaded> read = new HashMap<>();
            List<AtomsFile.Loaded> loaded = files.stream().map(file -> read.computeIfAbsent(file, AtomsFile::read))
                    .toList();
            Path cache = fields.has("cache") ? folder.resolve(fields.text("cache")) : null;
            return sources.ofFiles(new SourceTensors.Choice(KnownSource.named(source(fields)),
                    fields.number("maxUncertainty", KnownSource.DEFAULT_LIMIT), cache), loaded, told);
        } catch (StructureException | ImageException | FemException e) {
            throw complaint.apply(e);
        }
    }

    /** Who predicts pictures, where the problem does not say it: the network for what the first says that it shows. */
    private static KnownSource shown(JsonFields fields, Path picture) {
        if (fields.has("source")) {
            return KnownSource.named(source(fields));
        }
        return StructureImage.shows(picture).equals(Optional.of(Shows.DESIGNED.label()))
                ? KnownSource.DESIGNED_NETWORK : KnownSource.NETWORK;
    }

    @Override
    public void close() {
        sources.close();
    }
}
