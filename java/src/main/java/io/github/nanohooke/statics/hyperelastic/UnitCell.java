// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.hyperelastic;

import static io.github.nanohooke.natives.global.nanohooke.NH_SPACE_PLANE;
import static io.github.nanohooke.natives.global.nanohooke.NH_SPACE_SOLID;
import static io.github.nanohooke.natives.global.nanohooke.nh_deform_defaults;
import static io.github.nanohooke.natives.global.nanohooke.nh_unit_cell_atoms;
import static io.github.nanohooke.natives.global.nanohooke.nh_unit_cell_create;
import static io.github.nanohooke.natives.global.nanohooke.nh_unit_cell_deform;
import static io.github.nanohooke.natives.global.nanohooke.nh_unit_cell_free;
import static io.github.nanohooke.natives.global.nanohooke.nh_unit_cell_get_info;
import static io.github.nanohooke.natives.global.nanohooke.nh_unit_cell_softest;
import static io.github.nanohooke.natives.global.nanohooke.nh_unit_cell_start;

import io.github.nanohooke.MissingLibraryException;
import io.github.nanohooke.natives.nh_deform_options;
import io.github.nanohooke.natives.nh_unit_cell;
import io.github.nanohooke.natives.nh_unit_cell_info;
import io.github.nanohooke.statics.StaticsException;
import io.github.nanohooke.statics.hessian.EamHandle;
import io.github.nanohooke.statics.potential.Potential;
import io.github.nanohooke.statics.potential.PotentialException;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cell;
import java.lang.ref.Cleaner;
import java.util.Arrays;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A periodic cell that any number of points share, each with a state of its own: the deformation at which its atoms
 * were last at rest, and how they follow. The atoms and the cell given are the reference, whatever their stress.
 *
 * <p>For any number of threads; a point's state is for one at a time. An inversion of the cell halves the work.
 */
public final class UnitCell implements AutoCloseable {
    private static final Cleaner CLEANER = Cleaner.create();

    private final Atoms reference;
    private final CellSpace space;
    private final nh_unit_cell cell;
    private final Cleaner.Cleanable release;
    private final ReadWriteLock use = new ReentrantReadWriteLock();
    private final int freedoms;
    private final boolean inversion;
    private final int stateSize;
    private final double volume;
    private boolean closed;

    /**
     * Numerical settings.
     *
     * @param forceTolerance  atoms are at rest below this largest force component [eV/Å]; one more Newton step follows
     * @param largestStep     of a component of the Green strain, on the straight way from state to state
     * @param smallestStep    where such a step finds no stable atoms it is halved until smaller than this
     * @param referenceEnergy of the reference [eV]: W = 0 there
     */
    public record Settings(double forceTolerance, double largestStep, double smallestStep, double referenceEnergy) {
        /** 1e-7 eV/Å, steps of 0.02 to 5e-4, energies as the potential counts them. */
        public static Settings precise() {
            return new Settings(1e-7, 0.02, 5e-4, 0);
        }

        public Settings withForceTolerance(double tolerance) {
            return new Settings(tolerance, largestStep, smallestStep, referenceEnergy);
        }

        public Settings withSmallestStep(double step) {
            return new Settings(forceTolerance, largestStep, step, referenceEnergy);
        }

        public Settings withReferenceEnergy(double energy) {
            return new Settings(forceTolerance, largestStep, smallestStep, energy);
        }
    }

    /** What {@link #deform} says of a point. */
    public enum Answer {
        /** Atoms at rest at the asked deformation. */
        REACHED,
        /** Beyond the last stable state on the way, whose moduli continue energy and stress. */
        CONTINUED,
        /** det F is not positive: no numbers. */
        INVERTED,
        /** The state that the point was in is not stable: no numbers. */
        UNSTABLE_START
    }

    /**
     * Energies, stresses and tangents of points, one after the other.
     *
     * @param w           [GPa]
     * @param p           9 a point [GPa]
     * @param a           81 a point [GPa]; NaN in a plane cell where both components shear along z
     * @param answers     one a point
     * @param steps       on the way, one a point
     * @param evaluations of energy and second derivatives, all together
     */
    public record Answers(double[] w, double[] p, double[] a, Answer[] answers, int[] steps, long evaluations) {
    }

    /**
     * The softest motion of a point's atoms.
     *
     * @param eigenvalue of the energy's second derivatives [eV/Å²]; below zero: not stable
     * @param breaking   whether it breaks the cell's inversion, so that a path with symmetric atoms does not meet it
     * @param mode       displacements of the atoms, 3 each, of unit length
     */
    public record Softest(double eigenvalue, boolean breaking, double[] mode) {
    }

    private UnitCell(Atoms reference, CellSpace space, nh_unit_cell cell) {
        this.reference = reference;
        this.space = space;
        this.cell = cell;
        release = CLEANER.register(this, () -> nh_unit_cell_free(cell));
        try (nh_unit_cell_info info = new nh_unit_cell_info()) {
            EamHandle.check(nh_unit_cell_get_info(cell, info));
            freedoms = info.freedoms();
            inversion = info.inversion() != 0;
            stateSize = Math.toIntExact(info.state_size());
            volume = info.volume();
        }
    }

    /**
     * A cell of atoms of one element.
     *
     * @throws MissingLibraryException when the native library could not be loaded
     * @throws PotentialException      when the potential is no embedded-atom one of these atoms
     * @throws StaticsException        when the cell is too large for dense second derivatives, or not extruded along z
     *                                 and meant for a plane
     */
    public static UnitCell of(Atoms reference, Potential potential, CellSpace space) {
        double[][] rows = reference.cell().rows();
        if (reference.cell().isLeftHanded()) {
            // The same lattice.
            for (int d = 0; d < 3; d++) {
                rows[2][d] = -rows[2][d];
            }
        }
        double[] vectors = new double[9];
        for (int v = 0; v < 3; v++) {
            System.arraycopy(rows[v], 0, vectors, 3 * v, 3);
        }
        try (EamHandle eam = EamHandle.of(potential, reference)) {
            nh_unit_cell made = new nh_unit_cell();
            EamHandle.check(nh_unit_cell_create(eam.get(), reference.count(), reference.positions(), vectors,
                    space == CellSpace.PLANE ? NH_SPACE_PLANE : NH_SPACE_SOLID, made));
            return new UnitCell(reference, space, made);
        }
    }

    /** The atoms that deformations count from. */
    public Atoms reference() {
        return reference;
    }

    public CellSpace space() {
        return space;
    }

    /** Displacements that are solved for. */
    public int freedoms() {
        return freedoms;
    }

    /** Whether an inversion maps the cell on itself. */
    public boolean hasInversion() {
        return inversion;
    }

    /** Numbers of a point's state, 8 bytes each. */
    public int stateSize() {
        return stateSize;
    }

    /** Of the reference [Å³]. */
    public double volume() {
        return volume;
    }

    /** The state of points that were never deformed. */
    public double[] undeformed(int points) {
        double[] states = new double[Math.multiplyExact(points, stateSize)];
        using(() -> EamHandle.check(nh_unit_cell_start(cell, points, states)));
        return states;
    }

    /**
     * Leads points from their states to deformations.
     *
     * @param f      9 numbers a point
     * @param states of the points, one after the other; moved along
     */
    public Answers deform(Settings settings, double[] f, double[] states) {
        int points = f.length / 9;
        if (f.length != 9 * points || states.length != (long) points * stateSize) {
            throw new IllegalArgumentException(f.length + " numbers of deformation gradients and " + states.length
                    + " of states do not belong to the same points");
        }
        double[] w = new double[points];
        double[] p = new double[9 * points];
        double[] a = new double[81 * points];
        int[] outcomes = new int[points];
        int[] steps = new int[points];
        long[] evaluations = new long[1];
        try (nh_deform_options options = new nh_deform_options()) {
            nh_deform_defaults(options);
            options.force_tolerance(settings.forceTolerance());
            options.largest_step(settings.largestStep());
            options.smallest_step(settings.smallestStep());
            options.reference_energy(settings.referenceEnergy());
            using(() -> EamHandle.check(nh_unit_cell_deform(cell, options, points, f, states, w, p, a, outcomes, steps,
                    evaluations)));
        }
        Answer[] answers = new Answer[points];
        for (int k = 0; k < points; k++) {
            answers[k] = Answer.values()[outcomes[k]];
        }
        return new Answers(w, p, a, answers, steps, evaluations[0]);
    }

    /** The atoms of a point at a deformation. */
    public Atoms atoms(double[] state, double[] f) {
        requirePoint(state, f);
        double[] positions = new double[3 * reference.count()];
        double[] vectors = new double[9];
        using(() -> EamHandle.check(nh_unit_cell_atoms(cell, state, f, positions, vectors)));
        double[][] rows = new double[3][];
        for (int v = 0; v < 3; v++) {
            rows[v] = Arrays.copyOfRange(vectors, 3 * v, 3 * v + 3);
        }
        return reference.moved(Cell.of(rows), positions);
    }

    /**
     * The softest motion of a point's atoms at a deformation: of those that the cell's own period allows, in a plane
     * cell in the plane, translations left out.
     */
    public Softest softest(double[] state, double[] f) {
        requirePoint(state, f);
        double[] eigenvalue = new double[1];
        int[] breaking = new int[1];
        double[] mode = new double[3 * reference.count()];
        using(() -> EamHandle.check(nh_unit_cell_softest(cell, state, f, eigenvalue, breaking, mode)));
        return new Softest(eigenvalue[0], breaking[0] != 0, mode);
    }

    private void requirePoint(double[] state, double[] f) {
        if (state.length != stateSize || f.length != 9) {
            throw new IllegalArgumentException("a point has " + stateSize + " numbers of a state and 9 of a deformation"
                    + " gradient, got " + state.length + " and " + f.length);
        }
    }

    private void using(Runnable call) {
        Lock lock = use.readLock();
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("this cell is closed; make another one");
            }
            call.run();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        Lock lock = use.writeLock();
        lock.lock();
        try {
            closed = true;
            release.clean();
        } finally {
            lock.unlock();
        }
    }
}
