// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.potential;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An interatomic potential, as LAMMPS' {@code pair_style} and {@code pair_coeff} in metal units (eV, Å).
 *
 * @param name       for people and for provenance, for example {@code Al99.eam.alloy}
 * @param pairStyle  the pair style with its arguments, for example {@code eam/alloy}
 * @param pairCoeffs one {@code pair_coeff} argument list each; where there is a file, the list is made from it and the
 *                   atoms' elements, so it is empty
 * @param file       the potential's file, where it has one
 * @param eam        the file's tables, where the style is eam, eam/alloy or eam/fs
 */
public record Potential(String name, String pairStyle, List<String> pairCoeffs, Optional<PotentialFile> file,
        Optional<EamTables> eam) {

    public Potential {
        pairCoeffs = List.copyOf(pairCoeffs);
    }

    /** Aluminium of Mishin et al., Phys. Rev. B 59, 3393 (1999); it comes with the jar, its SHA-256 is checked. */
    public static Potential mishin1999() {
        return Bundled.mishin1999();
    }

    /**
     * An embedded-atom potential; its content tells whether it is of LAMMPS' pair style eam (funcfl), eam/alloy (setfl)
     * or eam/fs.
     *
     * @throws PotentialFileException when the file is missing or cannot be read
     * @throws PotentialException when it is none of them, cut off, or goes on behind its tables
     */
    public static Potential fromFile(Path path) {
        return eam(PotentialFile.read(path), path.getFileName().toString(), Optional.empty());
    }

    /**
     * A potential whose file is of the given pair style. LAMMPS alone reads styles other than eam, eam/alloy and
     * eam/fs, by {@code pair_coeff * * file element...}: adp, eam/cd, eam/he, meam/spline, tersoff and others.
     *
     * @param pairStyle the style with its arguments
     * @throws PotentialFileException when the file is missing or cannot be read
     * @throws PotentialException when an embedded-atom file is not of that style
     */
    public static Potential fromFile(Path path, String pairStyle) {
        PotentialFile file = PotentialFile.read(path);
        String name = path.getFileName().toString();
        return EamStyle.of(pairStyle).map(style -> eam(file, name, Optional.of(style)))
                .orElseGet(() -> new Potential(name, pairStyle, List.of(), Optional.of(file), Optional.empty()));
    }

    /**
     * Any pair style that LAMMPS has, by its coefficients.
     *
     * @param pairStyle  for example {@code lj/cut 8.0}
     * @param pairCoeffs for example {@code ["1 1 0.4 2.6"]}
     */
    public static Potential pairStyle(String pairStyle, List<String> pairCoeffs) {
        if (pairStyle.isBlank() || pairCoeffs.isEmpty()) {
            throw new PotentialException("a pair style needs its name and at least one line of coefficients, got '"
                    + pairStyle + "' and " + pairCoeffs);
        }
        return new Potential(pairStyle, pairStyle, pairCoeffs, Optional.empty(), Optional.empty());
    }

    /**
     * @throws PotentialException when these are tables that lack one of the elements
     */
    public void requireElements(List<String> wanted) {
        if (eam.isEmpty()) {
            return;
        }
        List<String> known = eam.get().elements();
        for (String element : wanted) {
            if (!known.contains(element)) {
                throw new PotentialException("potential " + name + " has no " + element + ", it is for "
                        + String.join(", ", known)
                        + "; give a potential that has it, or set \"element\" in the structure");
            }
        }
    }

    /** The tables follow from style and file. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Potential that && name.equals(that.name) && pairStyle.equals(that.pairStyle)
                && pairCoeffs.equals(that.pairCoeffs) && file.equals(that.file);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, pairStyle, pairCoeffs, file);
    }

    private static Potential eam(PotentialFile file, String name, Optional<EamStyle> style) {
        EamTables tables = EamReader.read(file, style);
        return new Potential(name, tables.style().pairStyle(), List.of(), Optional.of(file), Optional.of(tables));
    }

    /** Loaded once, when first asked for; not in a static initialiser, whose failures are errors and not exceptions. */
    private static final class Bundled {
        private static final String NAME = "Al99.eam.alloy";
        private static final String SHA256 = "60c8a085be79d273324ab421f5b1447578fef55c1acfc6492c0999f15ee8a284";
        private static Potential mishin1999;

        static synchronized Potential mishin1999() {
            if (mishin1999 == null) {
                mishin1999 = eam(PotentialFile.bundled(NAME, SHA256), NAME, Optional.of(EamStyle.ALLOY));
            }
            return mishin1999;
        }
    }
}
