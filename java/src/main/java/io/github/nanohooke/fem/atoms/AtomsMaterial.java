// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.fem.atoms;

import io.github.nanohooke.fem.FemException;
import io.github.nanohooke.fem.law.BatchedLaw;
import io.github.nanohooke.fem.law.CrystalFrame;
import io.github.nanohooke.fem.law.MaterialLaw;
import io.github.nanohooke.fem.law.PointBatch;
import io.github.nanohooke.fem.law.Section;
import io.github.nanohooke.fem.model.ConstitutiveField;
import io.github.nanohooke.statics.StaticsException;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.hyperelastic.CellSpace;
import io.github.nanohooke.statics.hyperelastic.ReferenceCell;
import io.github.nanohooke.statics.hyperelastic.UnitCell;
import io.github.nanohooke.statics.hyperelastic.UnitCell.Answers;
import io.github.nanohooke.statics.hyperelastic.UnitCell.Settings;
import io.github.nanohooke.statics.potential.Potential;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.atoms.Extrusion;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * The law {@code atoms}: every integration point has a unit cell of its own, whose atoms are relaxed at each
 * deformation from where they were before. Energy, stress and tangent are the cell's; nothing is fitted or tabulated.
 *
 * <p>Beyond the last deformation at which a point's atoms are stable, the second Piola-Kirchhoff stress goes on
 * linearly in the Green strain with that state's moduli, and the point says so ({@link AtomsLaw#isContinued()}); its
 * atoms stay there until the whole way can be gone. Atoms that break the cell's own inversion symmetry, or its period,
 * are not looked for.
 */
public final class AtomsMaterial implements ConstitutiveField, PointBatch, AutoCloseable {
    /** Name in problem files. */
    public static final String NAME = "atoms";
    /** Points that one call of the kernel takes. */
    private static final int CHUNK = 24;
    /**
     * One more Newton step follows, whose end stress and tangent are of: forces of this size leave 1e-6 GPa then
     * [eV/Å]. Near equilibrium points move little, and are a thousand times nearer to rest at once.
     */
    public static final double AT_REST = 5e-4;

    /**
     * The last stable state is told to this strain: nearer to the end of stability its moduli run off to minus
     * infinity, and would continue nothing.
     */
    private static final double LAST_STEP = 5e-3;

    /** How the cell lies in the undeformed part, and how far from rest it is there. */
    private record Lattice(CrystalFrame frame, Misfit misfit) {
    }

    private final ReferenceCell reference;
    private final UnitCell cell;
    private final CrystalFrame frame;
    private final String identity;
    private final Settings settings;
    private final Atoms designed;
    private final Misfit misfit;
    private final Potential potential;
    private final Map<Long, AtomsLaw> laws = new ConcurrentHashMap<>();
    private final AtomicLong evaluations = new AtomicLong();

    private AtomsMaterial(Atoms designed, ReferenceCell reference, UnitCell cell, Lattice lattice, String identity,
            Potential potential) {
        this.designed = designed;
        this.reference = reference;
        this.cell = cell;
        frame = lattice.frame();
        misfit = lattice.misfit();
        this.identity = identity;
        this.potential = potential;
        settings = Settings.precise().withForceTolerance(AT_REST).withSmallestStep(LAST_STEP)
                .withReferenceEnergy(reference.energy());
    }

    /**
     * The material of a cell.
     *
     * @param given   atoms as designed; they are relaxed first
     * @param kind    what is free of stress in the undeformed part
     * @param section of the part: in plane strain, atoms of extruded cells keep to their planes
     * @throws FemException when the cell has no stable undeformed state, or the method does not apply
     */
    public static AtomsMaterial of(Atoms given, ReferenceCell.Kind kind, Section section, StaticsOptions options) {
        return of(given, kind, section, CrystalFrame.NONE, options);
    }

    /**
     * As above, of a crystal that lies turned in the part.
     *
     * @param frame how; where it is not about z, atoms keep to no plane, and a given period along z means nothing
     */
    public static AtomsMaterial of(Atoms given, ReferenceCell.Kind kind, Section section, CrystalFrame frame,
            StaticsOptions options) {
        return of(given, kind, section, frame, options, false);
    }

    /**
     * As above, or a material that is undeformed where its cell is as designed: cells of different structures on one
     * lattice fit each other then, and are under stress until the part has been let go.
     */
    public static AtomsMaterial of(Atoms given, ReferenceCell.Kind kind, Section section, CrystalFrame frame,
            StaticsOptions options, boolean fromDesigned) {
        if (kind == ReferenceCell.Kind.GIVEN_PERIOD && !frame.isAboutZ()) {
            throw new FemException("the law atoms: a given period along z is for crystals that are turned about z"
                    + " alone; leave the period relaxed");
        }
        try {
            ReferenceCell reference = ReferenceCell.of(given, kind, options, StaticsProgress.SILENT);
            boolean plane = section == Section.PLANE_STRAIN && frame.isAboutZ() && Extrusion.isAlongZ(given);
            CellSpace space = plane ? CellSpace.PLANE : CellSpace.SOLID;
            Misfit misfit = fromDesigned ? Misfit.ofDesigned(reference.stretch()) : Misfit.none();
            return new AtomsMaterial(given, reference, UnitCell.of(reference.atoms(), options.potential(), space),
                    new Lattice(frame, misfit), CellIdentity.of(given, kind, space, options.potential()),
                    options.potential());
        } catch (StaticsException e) {
            throw new FemException("the law atoms: " + e.getMessage(), e);
        }
    }

    /** SHA-256 of all that decides its answers along the crystal's axes: atoms as given, period, potential. */
    public String identity() {
        return identity;
    }

    /** How the crystal lies in the part. */
    public CrystalFrame frame() {
        return frame;
    }

    /**
     * Whether the undeformed part is free of stress, as far as the kind of its cell says; else its cell is as designed
     * there.
     */
    public boolean isFreeUndeformed() {
        return misfit.isNone();
    }

    /** The cell that its points share. */
    public UnitCell cell() {
        return cell;
    }

    /** The undeformed cell. */
    public ReferenceCell reference() {
        return reference;
    }

    /** Bytes that a point keeps: its atoms, how they follow, and its last answer. */
    public long bytesPerPoint() {
        return 8L * (cell.stateSize() + AtomsLaw.answerSize(cell.space()));
    }

    /** Points that were asked for so far. */
    public int points() {
        return laws.size();
    }

    /** Points whose last answer continues their last stable state. */
    public int continuedPoints() {
        return (int) laws.values().stream().filter(AtomsLaw::isContinued).count();
    }

    /** The laws of all points that were asked for. */
    public Collection<AtomsLaw> laws() {
        return List.copyOf(laws.values());
    }

    @Override
    public MaterialLaw at(int element, int point) {
        return laws.computeIfAbsent(((long) element << 16) + point, key -> new AtomsLaw(this));
    }

    @Override
    public void evaluate(List<? extends BatchedLaw> asked, double[] f) {
        // Of an iterate, forces are asked for first and then the stiffness: the second time everything is known. Where
        // others ask the same points meanwhile, each relaxes the state that it finds, and the last one's is kept.
        int[] open = IntStream.range(0, asked.size()).filter(k -> !law(asked, k).knows(f, 9 * k)).toArray();
        int chunks = (open.length + CHUNK - 1) / CHUNK;
        IntStream.range(0, chunks).parallel().forEach(chunk -> {
            int from = chunk * CHUNK;
            int count = Math.min(open.length - from, CHUNK);
            int size = cell.stateSize();
            double[] states = new double[count * size];
            double[] gradients = new double[9 * count];
            for (int k = 0; k < count; k++) {
                frame.toCrystal(f, 9 * open[from + k], gradients, 9 * k);
                misfit.cell(gradients, 9 * k);
                law(asked, open[from + k]).copyState(states, k * size);
            }
            Answers answers = cell.deform(settings, gradients, states);
            evaluations.addAndGet(answers.evaluations());
            for (int k = 0; k < count; k++) {
                misfit.part(answers, k, cell.space());
                frame.stressToPart(answers.p(), 9 * k);
                frame.tangentToPart(answers.a(), 81 * k);
                law(asked, open[from + k]).keep(f, 9 * open[from + k], answers, states, k);
            }
        });
    }

    /** Evaluations of a cell's energy and second derivatives so far. */
    public long evaluations() {
        return evaluations.get();
    }

    private AtomsLaw law(List<? extends BatchedLaw> asked, int k) {
        AtomsLaw law = (AtomsLaw) asked.get(k);
        if (law.batch() != this) {
            throw new IllegalArgumentException("a point of another material");
        }
        return law;
    }

    /** The atoms as they were given. */
    Atoms designed() {
        return designed;
    }

    Misfit misfit() {
        return misfit;
    }

    /** Another cell of this potential, for deformations in the plane. */
    UnitCell planeCell(Atoms atoms) {
        return UnitCell.of(atoms, potential, CellSpace.PLANE);
    }

    @Override
    public void close() {
        cell.close();
    }
}
