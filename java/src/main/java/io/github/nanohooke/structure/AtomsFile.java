// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads atoms from any of the formats: a structure ({@code .json}), a LAMMPS data file ({@code .data}, {@code .lmp}) or
 * extended XYZ ({@code .xyz}, {@code .extxyz}). Another extension, or none, is decided by the content.
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
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "json" -> structure(file);
            case "data", "lmp" -> atoms(LammpsData.read(file));
            case "xyz", "extxyz" -> atoms(ExtendedXyz.read(file));
            default -> byContent(file);
        };
    }

    private static Loaded byContent(Path file) {
        try (TextLines lines = TextLines.open(file)) {
            String first = lines.next();
            String second = first == null ? null : lines.next();
            if (first != null && first.stripLeading().startsWith("{")) {
                return structure(file);
            }
            if (first != null && first.strip().matches("\\d+") && second != null && second.contains("=")) {
                return atoms(ExtendedXyz.read(file));
            }
            String line = second;
            for (int n = 0; n < LAMMPS_HEADER_LINES && line != null; n++, line = lines.next()) {
                if (line.matches("\\s*\\d+\\s+atoms\\s*(#.*)?")) {
                    return atoms(LammpsData.read(file));
                }
            }
        }
        throw new StructureException(file + " is of no known format; give " + FORMATS);
    }

    private static Loaded structure(Path file) {
        PorousStructure structure = StructureFile.read(file);
        return new Loaded(structure.atoms(), Optional.of(structure));
    }

    private static Loaded atoms(Atoms atoms) {
        return new Loaded(atoms, Optional.empty());
    }
}
