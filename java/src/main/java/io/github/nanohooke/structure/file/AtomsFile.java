// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.file;

import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.StructureException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads atoms from any of the formats: a structure ({@code .json}), a LAMMPS data file ({@code .data}, {@code .lmp}) or
 * extended XYZ ({@code .xyz}, {@code .extxyz}). Another extension, or none, is decided by the content. The file is read
 * once, so it may be a pipe.
 */
public final class AtomsFile {
    private static final int LAMMPS_HEADER_LINES = 50;
    private static final String FORMATS = "a structure (.json), a LAMMPS data file (.data, .lmp) or extended XYZ (.xyz,"
            + " .extxyz)";

    /**
     * What a file held.
     *
     * @param atoms     its atoms; for a structure the unrelaxed ones
     * @param structure the structure where the file has one: atoms alone do not tell lattice and pores
     */
    public record Loaded(Atoms atoms, Optional<PorousStructure> structure) {
    }

    private AtomsFile() {
    }

    /** @throws StructureException when the file is missing, of no known format, or wrong in its format */
    public static Loaded read(Path file) {
        try {
            return byName(file);
        } catch (StructureException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            // Boxes and atoms check their numbers themselves; here these are the file's.
            throw new StructureException(file + ": " + e.getMessage(), e);
        }
    }

    private static Loaded byName(Path file) {
        String name = file.getFileName() == null ? "" : file.getFileName().toString().toLowerCase(Locale.ROOT);
        try (TextLines lines = TextLines.open(file)) {
            return switch (name.substring(name.lastIndexOf('.') + 1)) {
                case "json" -> structure(file, lines);
                case "data", "lmp" -> atoms(LammpsData.read(lines));
                case "xyz", "extxyz" -> atoms(ExtendedXyz.read(lines));
                default -> byContent(file, lines);
            };
        }
    }

    private static Loaded byContent(Path file, TextLines lines) {
        List<String> first = lines.peek(2);
        if (!first.isEmpty() && first.get(0).stripLeading().startsWith("{")) {
            return structure(file, lines);
        }
        if (first.size() == 2 && first.get(0).strip().matches("\\d+") && first.get(1).contains("=")) {
            return atoms(ExtendedXyz.read(lines));
        }
        if (lines.peek(LAMMPS_HEADER_LINES).stream().skip(1).anyMatch(l -> l.matches("\\s*\\d+\\s+atoms\\s*(#.*)?"))) {
            return atoms(LammpsData.read(lines));
        }
        throw new StructureException(file + " is of no known format; give " + FORMATS);
    }

    private static Loaded structure(Path file, TextLines lines) {
        PorousStructure structure = StructureFile.parse(lines.rest(), file.toString());
        return new Loaded(structure.atoms(), Optional.of(structure));
    }

    private static Loaded atoms(Atoms atoms) {
        return new Loaded(atoms, Optional.empty());
    }
}
