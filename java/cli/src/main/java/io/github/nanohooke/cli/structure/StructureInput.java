// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.structure;

import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.image.StructureImage;
import io.github.nanohooke.statics.Warning;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.CommonNeighbours;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.atoms.PlausibleAtoms;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.file.AtomsFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A structure to calculate with, and the measures of the paper's eqs. (1) and (2) where the perfect crystal is known.
 *
 * @param name         for tables and file names
 * @param atoms        the atoms before relaxation
 * @param lattice      the crystal: a structure file's own, for bare atoms the one that their neighbours tell; empty
 *                     where they stand on none that is known
 * @param diskRadius   of an atom in every image and picture [Å]
 * @param surfaceAtoms atoms that common neighbour analysis does not call fcc; empty for other lattices
 * @param porosity     eq. (1) [%]; empty for bare atoms
 * @param dispersion   eq. (2) [%]; empty for bare atoms, for lattices other than fcc and where nothing is removed
 */
public record StructureInput(String name, Atoms atoms, Optional<Lattice> lattice, double diskRadius,
        Optional<Integer> surfaceAtoms, Optional<Double> porosity, Optional<Double> dispersion) {

    /**
     * Reads a structure or an atoms file.
     *
     * @param nz cells along z in place of the file's number, or null
     */
    public static StructureInput read(Path file, Integer nz) {
        AtomsFile.Loaded loaded = AtomsFile.read(file);
        String name = name(file);
        if (loaded.structure().isPresent()) {
            return of(name, loaded.structure().get(), nz);
        }
        if (nz != null) {
            throw new BadUsageException("--nz is for structure files (JSON); " + file + " already has its atoms");
        }
        Atoms atoms = loaded.atoms();
        PlausibleAtoms.require(atoms);
        Optional<Lattice> lattice = Lattice.of(atoms);
        double radius = lattice.map(Lattice::diskRadius).orElseGet(() -> StructureImage.diskRadius(atoms));
        return new StructureInput(name, atoms, lattice, radius, surfaceAtoms(atoms, lattice), Optional.empty(),
                Optional.empty());
    }

    /** What a file's structure is called. */
    public static String name(Path file) {
        return file.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    }

    public static StructureInput of(String name, PorousStructure given, Integer nz) {
        PorousStructure structure = nz == null ? given : new PorousStructure(given.lattice(),
                new Cells(given.cells().x(), given.cells().y(), nz), given.pores());
        Atoms atoms = structure.atoms();
        PlausibleAtoms.require(atoms);
        Optional<Lattice> lattice = Optional.of(structure.lattice());
        Optional<Integer> surfaceAtoms = surfaceAtoms(atoms, lattice);
        int removed = structure.perfectCount() - atoms.count();
        Optional<Double> dispersion = surfaceAtoms.filter(n -> removed > 0)
                .map(n -> CommonNeighbours.dispersion(n, removed));
        return new StructureInput(name, atoms, lattice, structure.lattice().diskRadius(), surfaceAtoms,
                Optional.of(structure.porosity()), dispersion);
    }

    private static Optional<Integer> surfaceAtoms(Atoms atoms, Optional<Lattice> lattice) {
        return fccCutoff(lattice).map(cutoff -> CommonNeighbours.surfaceAtoms(atoms, cutoff));
    }

    private static Optional<Double> fccCutoff(Optional<Lattice> lattice) {
        return lattice.filter(known -> known.kind() == Lattice.Kind.FCC)
                .map(known -> CommonNeighbours.fccCutoff(known.constant()));
    }

    /** Whether the atoms were made from a structure file: they stand where the lattice has them, not relaxed. */
    public boolean isDesign() {
        return porosity.isPresent();
    }

    /** Common neighbour analysis of these atoms or of what they relaxed to, one per atom; empty where not fcc. */
    public Optional<boolean[]> fcc(Atoms relaxed) {
        return fccCutoff(lattice).map(cutoff -> CommonNeighbours.fcc(relaxed, cutoff));
    }

    /** What a reader of a result must know about these atoms. */
    public List<Warning> warnings() {
        if (surfaceAtoms.isPresent()) {
            return List.of();
        }
        String crystal = lattice.map(known -> "this one is " + known.kind().label() + " " + known.element())
                .orElse("these atoms stand on none of the lattices fcc, bcc, sc and diamond");
        return List.of(new Warning("no-surface-analysis", "common neighbour analysis is for fcc crystals, " + crystal
                + ": surface atoms and dispersion are not told"));
    }
}
