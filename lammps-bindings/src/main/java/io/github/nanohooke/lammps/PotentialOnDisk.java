// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps;

import io.github.nanohooke.statics.potential.EamTables;
import io.github.nanohooke.statics.potential.Potential;
import io.github.nanohooke.statics.potential.PotentialException;
import io.github.nanohooke.statics.potential.PotentialFile;
import io.github.nanohooke.statics.potential.PotentialFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A potential as a file for the moment in which LAMMPS reads it, because LAMMPS reads potentials by name. That is the
 * user's own file where LAMMPS can read it as it stands, else a temporary one, which closing deletes.
 */
public final class PotentialOnDisk implements AutoCloseable {
    /** Characters that mean something else in an input line of LAMMPS, quoted or not. */
    private static final Pattern UNREADABLE = Pattern.compile("[\"$&\n]");

    private final Path path;
    private final boolean temporary;

    private PotentialOnDisk(Path path, boolean temporary) {
        this.path = path;
        this.temporary = temporary;
    }

    /**
     * @throws PotentialFileException when the file has changed since it was read, or a temporary one cannot be written
     */
    public static PotentialOnDisk of(Potential potential) {
        PotentialFile file = potential.file().orElseThrow();
        boolean regular = potential.eam().map(EamTables::regular).orElse(true);
        if (regular && file.path().filter(p -> !UNREADABLE.matcher(p.toString()).find()).isPresent()) {
            file.requireUnchanged();
            return new PotentialOnDisk(file.path().get(), false);
        }
        return temporary(potential, regular);
    }

    private static PotentialOnDisk temporary(Potential potential, boolean regular) {
        String folder = System.getProperty("java.io.tmpdir");
        if (UNREADABLE.matcher(folder).find()) {
            throw new PotentialException("LAMMPS cannot read a potential from the temporary folder " + folder
                    + ": the path has one of the characters \" $ &; set -Djava.io.tmpdir");
        }
        Path path = null;
        try {
            path = Files.createTempFile("nanohooke-", ".potential");
            if (regular) {
                potential.file().orElseThrow().writeTo(path);
            } else {
                Files.writeString(path, potential.eam().orElseThrow().canonicalText(), StandardCharsets.ISO_8859_1);
            }
            return new PotentialOnDisk(path, true);
        } catch (IOException e) {
            if (path != null) {
                delete(path);
            }
            boolean bundled = potential.file().orElseThrow().path().isEmpty();
            throw new PotentialFileException("the " + (bundled ? "bundled potential " : "potential ") + potential.name()
                    + " cannot be written to " + folder + " (" + reason(e) + "), where LAMMPS would read it; set"
                    + " -Djava.io.tmpdir" + (bundled ? " or give --potential" : ""), e);
        }
    }

    /** The {@code pair_coeff} arguments that hand these elements to LAMMPS, types in their order. */
    public String pairCoeff(Potential potential, List<String> elements) {
        String names = potential.pairStyle().equals("eam") ? "" : " " + String.join(" ", elements);
        return "* * \"" + path + "\"" + names;
    }

    private static String reason(IOException e) {
        String told = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
        return told == null ? e.getClass().getSimpleName() : told;
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // A folder that lost its write permission in this moment: nothing to be done, and no reason to fail.
        }
    }

    @Override
    public void close() {
        if (temporary) {
            delete(path);
        }
    }
}
