// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.fem;

import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.fem.beam.atoms.AtomBeam;
import io.github.nanohooke.fem.beam.atoms.AtomBeamField;
import io.github.nanohooke.io.FileFormatException;
import io.github.nanohooke.io.JsonFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What {@code beam --atoms --out} wrote to beam.json, for curves to be held against.
 *
 * @param file   it
 * @param cells  lattice cells along the beam
 * @param atoms  how many there are
 * @param u      displacements of the right end downwards [nm]
 * @param fy     forces [N/m]
 * @param fields states whose strains and displacements lie beside it
 */
record AtomBeamResult(Path file, int cells, int atoms, double[] u, double[] fy, Map<Double, AtomBeamField> fields) {
    static final String SCHEMA = "nanohooke-beam-atoms/1";
    /** Displacements that are one [nm]. */
    private static final double SAME = 1e-6;

    /**
     * Reads it.
     *
     * @throws BadUsageException   when it cannot be read
     * @throws FileFormatException when it is something else
     */
    static AtomBeamResult read(Path given) {
        Path file = Files.isDirectory(given) ? given.resolve("beam.json") : given;
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new BadUsageException(file + " cannot be read: " + e.getMessage());
        }
        JsonFields root = JsonFields.parse(text, file.toString(), FileFormatException::new);
        root.choice("schema", List.of(SCHEMA));
        List<JsonFields> steps = root.objects("steps");
        double[] u = steps.stream().mapToDouble(step -> step.number("u")).toArray();
        Map<Double, AtomBeamField> fields = new TreeMap<>();
        for (double at : u) {
            Path field = file.resolveSibling(fieldFile(at));
            if (Files.exists(field)) {
                fields.put(at, AtomBeamField.read(AtomBeam.of(root.whole("cells")), field));
            }
        }
        return new AtomBeamResult(file, root.whole("cells"), root.whole("atoms"), u,
                steps.stream().mapToDouble(step -> step.number("Fy")).toArray(), Map.copyOf(fields));
    }

    /** Name of the table of a state's strains and displacements. */
    static String fieldFile(double displacement) {
        return String.format(Locale.ROOT, "strain-%.3f-nm.csv", displacement);
    }

    /** Beside a mesh that reaches beyond the held planes fields say nothing. */
    AtomBeamResult withoutFields() {
        return new AtomBeamResult(file, cells, atoms, u, fy, Map.of());
    }

    /** The state at a displacement, where it lies beside the forces. */
    Optional<AtomBeamField> field(double displacement) {
        return fields.entrySet().stream().filter(e -> Math.abs(e.getKey() - displacement) < SAME)
                .map(Map.Entry::getValue).findFirst();
    }

    String name() {
        return "all " + atoms + " atoms";
    }

    /** Force at a displacement; empty where none was solved for there. */
    OptionalDouble at(double displacement) {
        return IntStream.range(0, u.length).filter(k -> Math.abs(u[k] - displacement) < SAME)
                .mapToDouble(k -> fy[k]).findFirst();
    }
}
