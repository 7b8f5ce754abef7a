// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli;

import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.AtomsFile;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.CommonNeighbours;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A structure to calculate with, and the measures of the paper's eqs. (1) and (2) where the perfect crystal is known.
 *
 * @param name            for tables and file names
 * @param atoms           the atoms before relaxation
 * @param latticeConstant of the crystal [Å]; aluminium's for bare atoms, which do not tell it
 * @param surfaceAtoms    atoms that common neighbour analysis does not call fcc
 * @param porosity        eq. (1) [%]; empty for bare atoms
 * @param dispersion      eq. (2) [%]; empty for bare atoms and where nothing is removed
 */
record StructureInput(String name, Atoms atoms, double latticeConstant, int surfaceAtoms, Optional<Double> porosity,
        Optional<Double> dispersion) {

    /**
     * Reads a structure or an atoms file.
     *
     * @param nz cells along z in place of the file's number, or null
     */
    static StructureInput read(Path file, Integer nz) {
        AtomsFile.Loaded loaded = AtomsFile.read(file);
        String name = name(file);
        if (loaded.structure().isPresent()) {
            return of(name, loaded.structure().get(), nz);
        }
        if (nz != null) {
            throw new BadUsageException("--nz is for structure files (JSON); " + file + " already has its atoms");
        }
        double latticeConstant = Lattice.aluminium().constant();
        int surfaceAtoms = CommonNeighbours.surfaceAtoms(loaded.atoms(), CommonNeighbours.fccCutoff(latticeConstant));
        return new StructureInput(name, loaded.atoms(), latticeConstant, surfaceAtoms, Optional.empty(),
                Optional.empty());
    }

    /** What a file's structure is called. */
    static String name(Path file) {
        return file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    }

    static StructureInput of(String name, PorousStructure given, Integer nz) {
        PorousStructure structure = nz == null ? given : new PorousStructure(given.lattice(),
                new Cells(given.cells().x(), given.cells().y(), nz), given.pores());
        Atoms atoms = structure.atoms();
        int surfaceAtoms = CommonNeighbours.surfaceAtoms(structure);
        int removed = structure.perfectCount() - atoms.count();
        Optional<Double> dispersion = removed == 0 ? Optional.empty()
                : Optional.of(CommonNeighbours.dispersion(surfaceAtoms, removed));
        return new StructureInput(name, atoms, structure.lattice().constant(), surfaceAtoms,
                Optional.of(structure.porosity()), dispersion);
    }

    /** Whether the atoms were made from a structure file: they stand where the lattice has them, not relaxed. */
    boolean isDesign() {
        return porosity.isPresent();
    }

    /** Common neighbour analysis of these atoms or of what they relaxed to, one per atom. */
    boolean[] fcc(Atoms relaxed) {
        return CommonNeighbours.fcc(relaxed, CommonNeighbours.fccCutoff(latticeConstant));
    }
}
