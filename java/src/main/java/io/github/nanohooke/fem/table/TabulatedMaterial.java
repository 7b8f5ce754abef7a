// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.table;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.fem.atoms.AtomsLaw;
import io.github.nanohooke.fem.atoms.AtomsMaterial;
import io.github.nanohooke.fem.law.MaterialLaw;
import io.github.nanohooke.fem.model.BoundedField;
import io.github.nanohooke.kernels.KernelLibrary;
import io.github.nanohooke.statics.StaticsProgress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The law {@code atoms-table}: that of a cell of atoms in plane strain, from a table that is built once and may be kept
 * in a file. See {@link TabulatedLaw}.
 */
public final class TabulatedMaterial implements BoundedField, AutoCloseable {
    /** Name in problem files. */
    public static final String NAME = "atoms-table";
    private static final Logger LOG = LoggerFactory.getLogger(TabulatedMaterial.class);

    /** What points do where the table has nothing. */
    public enum Outside {
        /**
         * They have no answer: a solver takes shorter steps, and says where it came to an end, and why. In cells in
         * doubt the table answers, and points are counted.
         */
        ERROR,
        /** Atoms are relaxed there, as by the law {@code atoms}, in cells in doubt, too. */
        STATICS
    }

    private final AtomsMaterial atoms;
    private final LawTable table;
    private final Outside outside;
    private final Map<Long, TabulatedLaw> laws = new ConcurrentHashMap<>();

    private TabulatedMaterial(AtomsMaterial atoms, LawTable table, Outside outside) {
        this.atoms = atoms;
        this.table = table;
        this.outside = outside;
    }

    /**
     * Builds a table, or finds it.
     *
     * @param atoms    in the plane; from now on this material's
     * @param folder   where tables are kept, by the content of atoms, potential and options; null for nowhere
     * @param progress of the building
     * @throws FemException when the crystal is not turned about z alone, the undeformed part is not free of stress, or
     *                      a kept table cannot be read
     * @throws java.util.concurrent.CancellationException when {@code progress} asks to stop
     */
    public static TabulatedMaterial of(AtomsMaterial atoms, TableOptions options, Outside outside, Path folder,
            StaticsProgress progress) {
        requireFit(atoms);
        String key = key(atoms, options);
        Path file = folder == null ? null : LawTableFile.in(folder, key);
        if (file != null && Files.exists(file)) {
            LawTable kept = LawTableFile.read(file, key);
            LOG.info("table of the law from {}: {}", file, kept.summary().text());
            return new TabulatedMaterial(atoms, kept, outside);
        }
        if (file != null) {
            LawTableFile.requireFolder(folder);
        }
        LawTable made = new TableBuilder(atoms, options, progress).build(key);
        LOG.info("table of the law: {}", made.summary().text());
        if (made.summary().coarse() > 0) {
            LOG.info("right before the end of stability, in {} cells of the table's finest spacing, energy or stress at"
                    + " the centre is off by more than the tolerance, stress by up to {} % of its largest; points there"
                    + " are counted", made.summary().coarse(), String.format(Locale.ROOT, "%.2g",
                            100 * made.summary().coarseError()));
        }
        if (file != null) {
            LawTableFile.write(file, made);
        }
        return new TabulatedMaterial(atoms, made, outside);
    }

    /** Tables count strains from the cell that is free of stress, along the crystal's axes in the plane. */
    private static void requireFit(AtomsMaterial atoms) {
        if (!atoms.frame().isAboutZ()) {
            throw new FemException("the law " + NAME + " is for plane strain and crystals that are turned about z"
                    + " alone; take the law atoms, which has no such limit");
        }
        if (!atoms.isFreeUndeformed()) {
            throw new FemException("the law " + NAME + " is for parts that are free of stress where they are"
                    + " undeformed; take the law atoms, whose cells may be as designed there");
        }
    }

    private static String key(AtomsMaterial atoms, TableOptions options) {
        return LawTableFile.key(atoms.identity(), options, KernelLibrary.describe());
    }

    /** Whether this material's table is that of the same crystal, however it lies. */
    public boolean isOf(AtomsMaterial other, TableOptions options) {
        return other.frame().isAboutZ() && other.isFreeUndeformed() && table.key().equals(key(other, options));
    }

    /**
     * Another material of the same table, see {@link #isOf}.
     *
     * @throws FemException when the table is of other atoms, or is none of a crystal that lies so
     */
    public TabulatedMaterial of(AtomsMaterial same, Outside beyond) {
        requireFit(same);
        if (!same.identity().equals(atoms.identity())) {
            throw new FemException("a table of the law " + NAME + " is for the atoms that it was built from alone");
        }
        return new TabulatedMaterial(same, table, beyond);
    }

    /** What the table is made of and worth. */
    public TableSummary summary() {
        return table.summary();
    }

    /** The atoms that it is of. */
    public AtomsMaterial atoms() {
        return atoms;
    }

    LawTable table() {
        return table;
    }

    @Override
    public MaterialLaw at(int element, int point) {
        return laws.computeIfAbsent(((long) element << 16) + point, key -> new TabulatedLaw(table, atoms.frame(),
                outside == Outside.ERROR ? null : new AtomsThere(element, point, false)));
    }

    /** Points whose last answer goes on beyond a stable state. */
    public int continuedPoints() {
        return (int) laws.values().stream().filter(TabulatedLaw::isContinued).count();
    }

    /** Points that the table had nothing for when they were last asked. */
    public int outsidePoints() {
        return (int) laws.values().stream().filter(TabulatedLaw::isOutside).count();
    }

    @Override
    public Optional<String> complaint() {
        List<double[]> lost = laws.values().stream().filter(TabulatedLaw::isLost).map(TabulatedLaw::lastStrain)
                .toList();
        return lost.stream().max((one, other) -> Double.compare(largest(one), largest(other))).map(strain ->
                String.format(Locale.ROOT, "The law %s had no answer at %d points: its table reaches to Green strains"
                        + " of %.4g, or to where atoms lose their stability, and a point went to E11 = %.4g,"
                        + " E22 = %.4g, 2 E12 = %.4g. Give it a larger \"range\", or \"outside\": \"statics\", by which"
                        + " atoms are relaxed there.", NAME, lost.size(), table.options().range(), strain[0], strain[1],
                        strain[2]));
    }

    private static double largest(double[] strain) {
        return Arrays.stream(strain).map(Math::abs).max().orElse(0);
    }

    @Override
    public void close() {
        atoms.close();
    }

    /** The same point's own atoms. */
    private final class AtomsThere implements TabulatedLaw.Beyond {
        private final int element;
        private final int point;
        private final boolean aside;
        private AtomsLaw law;

        AtomsThere(int element, int point, boolean aside) {
            this.element = element;
            this.point = point;
            this.aside = aside;
        }

        @Override
        public synchronized AtomsLaw law() {
            if (law == null) {
                AtomsLaw there = (AtomsLaw) atoms.at(element, point);
                law = aside ? there.copy() : there;
            }
            return law;
        }

        @Override
        public AtomsThere copy() {
            return new AtomsThere(element, point, true);
        }
    }
}
