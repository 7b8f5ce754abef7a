// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps;

import io.github.nanohooke.lammps.raw.LammpsC;
import io.github.nanohooke.structure.Box;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * One instance of LAMMPS in this process.
 *
 * <p>Every call is checked: an error of LAMMPS is a {@link LammpsException} with its own words, and closes the
 * instance, because LAMMPS is neither to be used nor to be freed safely afterwards. An instance belongs to the thread
 * that opened it. Some LAMMPS code holds static state, so that a process has at most one instance at a time.
 *
 * <p>Arrays are in the order of the atoms' ids, so that ids have to run from 1 to n, and {@code scatter} needs an atom
 * map ({@code atom_modify map array}). Lengths are Å and stresses GPa in LAMMPS' {@code units metal}.
 */
public final class Lammps implements AutoCloseable {
    private static final String WATCH = "nanohooke_watch";
    private static final double GPA_PER_BAR = 1e-4;
    // What lammps_gather_atoms and lammps_scatter_atoms call int and double.
    private static final int INTS = 0;
    private static final int DOUBLES = 1;

    private final LammpsInstance instance;

    private Lammps(LammpsInstance instance) {
        this.instance = instance;
    }

    /** Opens an instance without log and screen output. See {@link #open(LammpsOptions)}. */
    public static Lammps open() {
        return open(LammpsOptions.quiet());
    }

    /**
     * @throws io.github.nanohooke.MissingLibraryException when there is no usable LAMMPS on this machine
     * @throws IllegalStateException when this process already has an open instance
     * @throws LammpsException       when LAMMPS refuses the arguments
     */
    public static Lammps open(LammpsOptions options) {
        return new Lammps(LammpsInstance.open(options));
    }

    /** One line of LAMMPS input. */
    public void command(String line) {
        if (line == null || line.isBlank() || line.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a LAMMPS command is one line that is not empty, got '" + line + "'");
        }
        call(line, handle -> LammpsC.lammps_command(handle, line));
    }

    /** Several lines of LAMMPS input, one command each. */
    public void commands(String... lines) {
        for (String line : lines) {
            command(line);
        }
    }

    /** LAMMPS' version as a date, for example 20210929. */
    public int version() {
        return instance.version();
    }

    /** The library that this instance runs in: path, packages, MPI, exceptions. */
    public LammpsLibrary library() {
        return instance.library();
    }

    /** Whether LAMMPS knows a style, for example {@code hasStyle("pair", "eam/alloy")}. */
    public boolean hasStyle(String category, String name) {
        return call("style " + category + " " + name, handle -> LammpsC.lammps_has_style(handle, category, name)) != 0;
    }

    /** Whether a simulation box was made. */
    public boolean hasBox() {
        return call("box_exist", handle -> LammpsC.lammps_extract_setting(handle, "box_exist")) == 1;
    }

    public int atomCount() {
        double atoms = call("natoms", LammpsC::lammps_get_natoms);
        return (int) Math.round(atoms);
    }

    /** A thermo keyword's value after a run or minimisation, in the instance's units, for example {@code pe}. */
    public double thermo(String keyword) {
        requireBox("thermo " + keyword);
        return call("thermo " + keyword, handle -> LammpsC.lammps_get_thermo(handle, keyword));
    }

    /** Potential energy after a run or minimisation [eV in units metal]. */
    public double energy() {
        return thermo("pe");
    }

    /**
     * Stress of a {@code compute pressure} (units metal) after a run or minimisation, for example of
     * {@code thermo_press}, or of one with the keyword {@code virial} where velocities are to be left out.
     *
     * @return 6 components [GPa], tension positive, order 11, 22, 33, 23, 13, 12
     */
    public double[] stress(String compute) {
        double[] p = globalVector(compute, 6);
        return new double[] {-p[0] * GPA_PER_BAR, -p[1] * GPA_PER_BAR, -p[2] * GPA_PER_BAR,
            -p[5] * GPA_PER_BAR, -p[4] * GPA_PER_BAR, -p[3] * GPA_PER_BAR};
    }

    /** A compute's global vector after a run or minimisation. */
    public double[] globalVector(String compute, int length) {
        requireBox("compute " + compute);
        double[] values = new double[length];
        call("compute " + compute, handle -> {
            Pointer vector = LammpsC.lammps_extract_compute(handle, compute, LammpsC.LMP_STYLE_GLOBAL,
                    LammpsC.LMP_TYPE_VECTOR);
            if (vector == null || vector.isNull()) {
                throw new IllegalArgumentException("there is no compute '" + compute + "' with a global vector");
            }
            new DoublePointer(vector).get(values);
            return null;
        });
        return values;
    }

    /** The periodic cell. */
    public Box box() {
        requireBox("box");
        double[] lo = new double[3];
        double[] hi = new double[3];
        double[] xy = new double[1];
        double[] yz = new double[1];
        double[] xz = new double[1];
        call("box", handle -> {
            LammpsC.lammps_extract_box(handle, lo, hi, xy, yz, xz, new int[3], new int[1]);
            return null;
        });
        return new Box(hi[0] - lo[0], hi[1] - lo[1], hi[2] - lo[2], xy[0], xz[0], yz[0]);
    }

    /**
     * Another cell with its lower corner at 0; atoms stay where they are. The instance's cell must have been made
     * triclinic, or the tilts stay zero.
     */
    public void setBox(Box box) {
        requireBox("set box");
        boolean triclinic = call("triclinic", handle -> LammpsC.lammps_extract_setting(handle, "triclinic")) == 1;
        if (!triclinic && !box.isOrthogonal()) {
            throw new IllegalArgumentException("the instance's cell is orthogonal and cannot become " + box
                    + ": make it with 'region ... prism', or 'change_box all triclinic'");
        }
        command("change_box all x final 0 " + box.lx() + " y final 0 " + box.ly() + " z final 0 " + box.lz()
                + (triclinic ? " xy final " + box.xy() + " xz final " + box.xz() + " yz final " + box.yz() : "")
                + " units box");
    }

    /** Makes atoms with ids 1 to n at the given places, which have to lie within the cell. */
    public void createAtoms(int[] types, double[] positions) {
        requireBox("create atoms");
        requireLength("positions", positions.length, 3 * types.length);
        int before = atomCount();
        call("create atoms", handle -> LammpsC.lammps_create_atoms(handle, types.length, (int[]) null, types,
                positions, (double[]) null, (int[]) null, 0));
        if (atomCount() - before != types.length) {
            throw instance.fail("create atoms", (atomCount() - before) + " of " + types.length
                    + " atoms were made: the others lie outside the cell");
        }
    }

    /** Copies a per-atom property of doubles ({@code x}, {@code f}, {@code v}) in order of ids; length 3 n. */
    public void gather(String property, double[] into) {
        requireLength(property, into.length, 3 * atomCount());
        try (DoublePointer data = new DoublePointer(into.length)) {
            gather(property, data, into.length);
            data.get(into);
        }
    }

    /** As {@link #gather(String, double[])}, into a direct buffer in native byte order, from its position 0. */
    public void gather(String property, DoubleBuffer into) {
        if (!into.isDirect() || into.order() != ByteOrder.nativeOrder() || into.isReadOnly()) {
            throw new IllegalArgumentException("a writable direct buffer in native byte order is needed");
        }
        requireLength(property, into.capacity(), 3 * atomCount());
        try (DoublePointer data = new DoublePointer(into.duplicate().clear())) {
            gather(property, data, into.capacity());
        }
    }

    private void gather(String property, DoublePointer data, long length) {
        if (length == 0) {
            return;
        }
        // LAMMPS only warns, and leaves the array alone, where it cannot copy.
        data.put(0, Double.NaN);
        call("gather " + property, handle -> {
            LammpsC.lammps_gather_atoms(handle, name(property), DOUBLES, 3, data);
            return null;
        });
        if (Double.isNaN(data.get(0))) {
            throw instance.fail("gather " + property, "nothing was copied: there is no such property, or the atoms' "
                    + "ids do not run from 1 to n");
        }
    }

    /** Image counts of each atom along a, b, c in order of ids; length 3 n. */
    public int[] gatherImages() {
        int[] images = new int[3 * atomCount()];
        try (IntPointer data = new IntPointer(Math.max(1, images.length))) {
            call("gather image", handle -> {
                LammpsC.lammps_gather_atoms(handle, name("image"), INTS, 3, data);
                return null;
            });
            data.get(images);
        }
        return images;
    }

    /** Writes a per-atom property of doubles ({@code x}, {@code v}) in order of ids; length 3 n. */
    public void scatter(String property, double[] values) {
        requireLength(property, values.length, 3 * atomCount());
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(property + "[" + i + "] is " + values[i]);
            }
        }
        try (DoublePointer data = new DoublePointer(values)) {
            call("scatter " + property, handle -> {
                LammpsC.lammps_scatter_atoms(handle, name(property), DOUBLES, 3, data);
                return null;
            });
        }
    }

    /** Sets every atom's image counts to zero: what {@link #gatherImages()} tells from then on is relative to now. */
    public void resetImages() {
        try (IntPointer zeros = new IntPointer(Math.max(1, 3L * atomCount()))) {
            Pointer.memset(zeros, 0, 3L * Integer.BYTES * atomCount());
            call("scatter image", handle -> {
                LammpsC.lammps_scatter_atoms(handle, name("image"), INTS, 3, zeros);
                return null;
            });
        }
    }

    /**
     * From now on counts force evaluations and asks at most ten times a second whether to go on; where the answer is
     * no, the run or minimisation under way ends at its next step. Needs a box; one watch for an instance's life.
     *
     * @param keepGoing asked on this thread, from inside a run
     */
    public void watchEvaluations(BooleanSupplier keepGoing) {
        requireBox("watch evaluations");
        if (instance.watch() != null) {
            throw new IllegalStateException("this instance is already watched");
        }
        // By default the fix adds a virial of its own, which LAMMPS of 2021 never sets: garbage from the heap.
        commands("fix " + WATCH + " all external pf/callback 1 1", "fix_modify " + WATCH + " energy no virial no");
        EvaluationWatch watch = call("watch evaluations",
                handle -> instance.watched(new EvaluationWatch(handle, keepGoing)));
        call("watch evaluations", handle -> {
            LammpsC.lammps_set_fix_external_callback(handle, WATCH, watch, null);
            return null;
        });
    }

    /** Force evaluations since {@link #watchEvaluations}. */
    public long evaluations() {
        requireWatch();
        return instance.watch().evaluations();
    }

    /** Whether the watch was told to stop. */
    public boolean stopped() {
        requireWatch();
        return instance.watch().stopped();
    }

    /** Whether calls would be refused: closed by its owner or after an error. */
    public boolean isClosed() {
        return instance.isClosed();
    }

    /** Frees the instance. Closing twice does nothing. */
    @Override
    public void close() {
        instance.close();
    }

    private <T> T call(String what, Function<Pointer, T> body) {
        return instance.call(what, body);
    }

    private void requireBox(String what) {
        if (!hasBox()) {
            throw new IllegalStateException(what + ": there is no simulation box yet; make one with create_box");
        }
    }

    private void requireWatch() {
        if (instance.watch() == null) {
            throw new IllegalStateException("this instance is not watched: call watchEvaluations first");
        }
    }

    private static void requireLength(String what, int length, int wanted) {
        if (length != wanted) {
            throw new IllegalArgumentException(what + ": " + wanted + " numbers are needed, the array has " + length);
        }
    }

    private static byte[] name(String property) {
        byte[] text = property.getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(text, text.length + 1);
    }
}
