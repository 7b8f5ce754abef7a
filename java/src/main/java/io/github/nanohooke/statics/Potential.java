// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An interatomic potential, as LAMMPS' {@code pair_style} and {@code pair_coeff} in metal units (eV, Å).
 *
 * @param name       for people and for provenance, for example {@code Al99.eam.alloy}
 * @param pairStyle  the pair style with its arguments, for example {@code eam/alloy}
 * @param pairCoeffs one {@code pair_coeff} argument list each; for {@code eam/alloy} it is made from the file and the
 *                   atoms' elements, so the list is empty
 * @param setfl      the eam/alloy file, where the style is that one
 */
public record Potential(String name, String pairStyle, List<String> pairCoeffs, Optional<SetflFile> setfl) {

    public Potential {
        pairCoeffs = List.copyOf(pairCoeffs);
    }

    /** Aluminium of Mishin et al., Phys. Rev. B 59, 3393 (1999); it comes with the jar, its SHA-256 is checked. */
    public static Potential mishin1999() {
        return Bundled.MISHIN_1999;
    }

    /**
     * Any potential in an eam/alloy (setfl) file.
     *
     * @throws PotentialException when the file is missing, truncated or no setfl file
     */
    public static Potential eamAlloy(Path file) {
        SetflFile setfl = SetflFile.read(file);
        return new Potential(file.getFileName().toString(), "eam/alloy", List.of(), Optional.of(setfl));
    }

    /**
     * Any other pair style that LAMMPS has.
     *
     * @param pairStyle  for example {@code lj/cut 8.0}
     * @param pairCoeffs for example {@code ["1 1 0.4 2.6"]}
     */
    public static Potential pairStyle(String pairStyle, List<String> pairCoeffs) {
        if (pairStyle.isBlank() || pairCoeffs.isEmpty()) {
            throw new PotentialException("a pair style needs its name and at least one line of coefficients, got '"
                    + pairStyle + "' and " + pairCoeffs);
        }
        return new Potential(pairStyle, pairStyle, pairCoeffs, Optional.empty());
    }

    /**
     * @throws PotentialException when this is an eam/alloy file that lacks one of the elements
     */
    public void requireElements(List<String> elements) {
        setfl.ifPresent(file -> file.requireElements(elements));
    }

    /** Loaded once, when first asked for. */
    private static final class Bundled {
        static final Potential MISHIN_1999 = new Potential("Al99.eam.alloy", "eam/alloy", List.of(),
                Optional.of(SetflFile.bundled("Al99.eam.alloy",
                        "60c8a085be79d273324ab421f5b1447578fef55c1acfc6492c0999f15ee8a284")));
    }
}
