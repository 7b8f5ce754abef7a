// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An eam/alloy potential file (setfl), checked when it is read so that a bad one is named before any library sees it.
 *
 * @param path     where the file lies on disk
 * @param sha256   of its bytes, hexadecimal
 * @param elements in the file's order
 * @param masses   one per element [g/mol]
 * @param cutoff   of the pair terms [Å]
 */
public record SetflFile(Path path, String sha256, List<String> elements, List<Double> masses, double cutoff) {

    private static final Map<String, SetflFile> BUNDLED = new ConcurrentHashMap<>();

    public SetflFile {
        elements = List.copyOf(elements);
        masses = List.copyOf(masses);
    }

    /**
     * @throws PotentialException when the file is missing, is no setfl file or ends too early
     */
    public static SetflFile read(Path file) {
        try {
            return parse(file, Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new PotentialException("potential file " + file + " does not exist", e);
        } catch (IOException e) {
            throw new PotentialException("potential file " + file + " cannot be read: " + e, e);
        }
    }

    /** A file from this jar, written to a temporary file because LAMMPS reads potentials by name. */
    static SetflFile bundled(String name, String sha256) {
        return BUNDLED.computeIfAbsent(name, key -> {
            try (InputStream in = SetflFile.class.getResourceAsStream("potentials/" + key)) {
                if (in == null) {
                    throw new PotentialException("potential " + key + " is missing from the nanohooke jar");
                }
                byte[] bytes = in.readAllBytes();
                if (!sha256(bytes).equals(sha256)) {
                    throw new PotentialException("potential " + key + " in the nanohooke jar is damaged: its SHA-256 is "
                            + sha256(bytes) + ", not " + sha256 + "; reinstall the jar");
                }
                Path folder = Files.createTempDirectory("nanohooke-potential");
                Path file = folder.resolve(key);
                Files.write(file, bytes);
                folder.toFile().deleteOnExit();
                file.toFile().deleteOnExit();
                return parse(file, bytes);
            } catch (IOException e) {
                throw new UncheckedIOException("potential " + key + " cannot be written to the temporary folder", e);
            }
        });
    }

    /** @throws PotentialException when one of the elements is not in this file */
    public void requireElements(List<String> wanted) {
        for (String element : wanted) {
            if (!elements.contains(element)) {
                throw new PotentialException("potential " + path.getFileName() + " has no " + element
                        + ", it is for " + String.join(", ", elements)
                        + "; give a potential that has it, or set \"element\" in the structure");
            }
        }
    }

    // Layout: 3 comment lines; "n el1 ... eln"; "nrho drho nr dr cutoff"; then per element a line
    // "number mass lattice-constant kind", nrho + nr values; then nr values per pair of elements.
    private static SetflFile parse(Path file, byte[] bytes) {
        String[] lines = new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1);
        if (lines.length < 6) {
            throw new PotentialException("potential file " + file + " is no eam/alloy (setfl) file: it has only "
                    + lines.length + " lines");
        }
        try {
            StringTokenizer names = new StringTokenizer(lines[3]);
            int count = Integer.parseInt(names.nextToken());
            List<String> elements = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                elements.add(names.nextToken());
            }
            StringTokenizer grid = new StringTokenizer(lines[4]);
            int densities = Integer.parseInt(grid.nextToken());
            grid.nextToken();
            int radii = Integer.parseInt(grid.nextToken());
            grid.nextToken();
            double cutoff = Double.parseDouble(grid.nextToken());
            List<Double> masses = readTables(file, lines, count, densities, radii);
            return new SetflFile(file, sha256(bytes), elements, masses, cutoff);
        } catch (java.util.NoSuchElementException | NumberFormatException e) {
            throw new PotentialException("potential file " + file + " is no eam/alloy (setfl) file: its header, lines 4 "
                    + "and 5, should read 'count element...' and 'nrho drho nr dr cutoff'", e);
        }
    }

    private static List<Double> readTables(Path file, String[] lines, int elements, int densities, int radii) {
        List<Double> masses = new ArrayList<>();
        int line = 5;
        for (int e = 0; e < elements; e++) {
            if (line >= lines.length || lines[line].isBlank()) {
                throw truncated(file, line, "the header of element " + (e + 1));
            }
            StringTokenizer header = new StringTokenizer(lines[line]);
            header.nextToken();
            masses.add(Double.parseDouble(header.nextToken()));
            line = skipValues(file, lines, line + 1, densities + radii);
        }
        skipValues(file, lines, line, radii * elements * (elements + 1) / 2);
        return masses;
    }

    private static int skipValues(Path file, String[] lines, int from, int count) {
        int line = from;
        int found = 0;
        while (found < count) {
            if (line >= lines.length) {
                throw truncated(file, line, (count - found) + " table values");
            }
            StringTokenizer values = new StringTokenizer(lines[line]);
            while (values.hasMoreTokens()) {
                String value = values.nextToken();
                if (!Double.isFinite(parse(file, line, value))) {
                    throw new PotentialException("potential file " + file + ", line " + (line + 1) + ": '" + value
                            + "' is not finite");
                }
                found++;
            }
            line++;
        }
        return line;
    }

    private static double parse(Path file, int line, String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new PotentialException("potential file " + file + ", line " + (line + 1) + ": '" + value
                    + "' is not a number", e);
        }
    }

    private static PotentialException truncated(Path file, int line, String missing) {
        return new PotentialException("potential file " + file + " ends at line " + line + ", " + missing
                + " are missing: the file is truncated");
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
