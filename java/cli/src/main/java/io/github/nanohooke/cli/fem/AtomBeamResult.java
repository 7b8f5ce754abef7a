// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.fem;

import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.io.FileFormatException;
import io.github.nanohooke.io.JsonFields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * What {@code beam --atoms --out} wrote to beam.json, for curves to be held against.
 *
 * @param file  it
 * @param atoms how many there are
 * @param u     displacements of the right end downwards [nm]
 * @param fy    forces [N/m]
 */
record AtomBeamResult(Path file, int atoms, double[] u, double[] fy) {
    static final String SCHEMA = "nanohooke-beam-atoms/1";
    /** Displacements that are one [nm]. */
    private static final double SAME = 1e-6;

    /**
     * Reads it.
     *
     * @throws BadUsageException   when it cannot be read
     * @throws FileFormatException when it is something else
     */
    static AtomBeamResult read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new BadUsageException(file + " cannot be read: " + e.getMessage());
        }
        JsonFields root = JsonFields.parse(text, file.toString(), FileFormatException::new);
        root.choice("schema", List.of(SCHEMA));
        List<JsonFields> steps = root.objects("steps");
        return new AtomBeamResult(file, root.whole("atoms"),
                steps.stream().mapToDouble(step -> step.number("u")).toArray(),
                steps.stream().mapToDouble(step -> step.number("Fy")).toArray());
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
