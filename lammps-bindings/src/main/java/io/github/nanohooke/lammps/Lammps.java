// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps;

import io.github.nanohooke.NanohookeException;
import io.github.nanohooke.lammps.raw.LammpsC;
import io.github.nanohooke.structure.Box;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
    private static final Logger LOG = LoggerFactory.getLogger(Lammps.class);
    /** Stands in {@link #LIVE} once MPI has ended: nothing can be opened any more. */
    private static final Object SEALED = new Object();
    /** The open instance of this process, or null. */
    private static final AtomicReference<Object> LIVE = new AtomicReference<>();
    private static final String WATCH = "nanohooke_watch";
    private static final double GPA_PER_BAR = 1e-4;
    // What lammps_gather_atoms and lammps_scatter_atoms call int and double.
    private static final int INTS = 0;
    private static final int DOUBLES = 1;

    private final Thread owner = Thread.currentThread();
    private final LammpsLibrary library;
    private final boolean throwsItself;
    // LAMMPS keeps pointers to its arguments.
    private final BytePointer[] argumentTexts;
    private final PointerPointer<BytePointer> arguments;
    private Pointer handle;
    private EvaluationWatch watch;
    private String closedBecause;

    private Lammps(LammpsLibrary library, LammpsOptions options) {
        this.library = library;
        this.throwsItself = library.hasExceptions();
        List<String> line = new ArrayList<>(List.of("lammps", "-nocite"));
        line.addAll(List.of("-log", options.logFile().map(Object::toString).orElse("none")));
        if (!options.screen()) {
            line.addAll(List.of("-screen", "none"));
        }
        line.addAll(options.arguments());
        this.argumentTexts = line.stream().map(BytePointer::new).toArray(BytePointer[]::new);
        this.arguments = new PointerPointer<>(argumentTexts);
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
        Lammps lammps = new Lammps(LammpsLibrary.load(), options);
        Object other = LIVE.compareAndExchange(null, lammps);
        if (other != null) {
            lammps.freeArguments();
            throw new IllegalStateException(other instanceof Lammps open
                    ? "this process already has an open LAMMPS instance, in thread '" + open.owner.getName()
                            + "': close it first (LAMMPS holds static state, so that one process has one instance)"
                    : "LAMMPS cannot be opened: the JVM is shutting down and has ended MPI");
        }
        try {
            lammps.handle = Mpi.open(lammps.arguments, lammps.argumentTexts.length, options.communicator());
            if (lammps.handle == null || lammps.handle.isNull()) {
                throw new RuntimeException("it could not be started; its reason is on the standard error stream");
            }
            lammps.library.remember(lammps.version());
            return lammps;
        } catch (NanohookeException e) {
            lammps.abandon(e.getMessage());
            throw e;
        } catch (RuntimeException e) {
            lammps.abandon(e.getMessage());
            throw new LammpsException("open " + options.arguments(), e.getMessage());
        }
    }

    /** One line of LAMMPS input. */
    public void command(String line) {
        if (line == null || line.isBlank() || line.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a LAMMPS command is one line that is not empty, got '" + line + "'");
        }
        call(line, () -> LammpsC.lammps_command(handle, line));
    }

    /** Several lines of LAMMPS input, one command each. */
    public void commands(String... lines) {
        for (String line : lines) {
            command(line);
        }
    }

    /** LAMMPS' version as a date, for example 20210929. */
    public int version() {
        return call("version", () -> LammpsC.lammps_version(handle));
    }

    /** The library that this instance runs in: path, packages, MPI, exceptions. */
    public LammpsLibrary library() {
        return library;
    }

    /** Whether LAMMPS knows a style, for example {@code hasStyle("pair", "eam/alloy")}. */
    public boolean hasStyle(String category, String name) {
        return call("style " + category + " " + name, () -> LammpsC.lammps_has_style(handle, category, name)) != 0;
    }

    /** Whether a simulation box was made. */
    public boolean hasBox() {
        return call("box_exist", () -> LammpsC.lammps_extract_setting(handle, "box_exist")) == 1;
    }

    public int atomCount() {
        return (int) Math.round(call("natoms", () -> LammpsC.lammps_get_natoms(handle)));
    }

    /** A thermo keyword's value after a run or minimisation, in the instance's units, for example {@code pe}. */
    public double thermo(String keyword) {
        requireBox("thermo " + keyword);
        return call("thermo " + keyword, () -> LammpsC.lammps_get_thermo(handle, keyword));
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
        call("compute " + compute, () -> {
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
        call("box", () -> {
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
        boolean triclinic = call("triclinic", () -> LammpsC.lammps_extract_setting(handle, "triclinic")) == 1;
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
        call("create atoms", () -> LammpsC.lammps_create_atoms(handle, types.length, (int[]) null, types, positions,
                (double[]) null, (int[]) null, 0));
        if (atomCount() - before != types.length) {
            throw fail("create atoms", (atomCount() - before) + " of " + types.length
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
        call("gather " + property, () -> {
            LammpsC.lammps_gather_atoms(handle, name(property), DOUBLES, 3, data);
            return null;
        });
        if (Double.isNaN(data.get(0))) {
            throw fail("gather " + property, "nothing was copied: there is no such property, or the atoms' ids do not"
                    + " run from 1 to n");
        }
    }

    /** Image counts of each atom along a, b, c in order of ids; length 3 n. */
    public int[] gatherImages() {
        int[] images = new int[3 * atomCount()];
        try (IntPointer data = new IntPointer(Math.max(1, images.length))) {
            call("gather image", () -> {
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
            call("scatter " + property, () -> {
                LammpsC.lammps_scatter_atoms(handle, name(property), DOUBLES, 3, data);
                return null;
            });
        }
    }

    /** Sets every atom's image counts to zero: what {@link #gatherImages()} tells from then on is relative to now. */
    public void resetImages() {
        try (IntPointer zeros = new IntPointer(Math.max(1, 3L * atomCount()))) {
            Pointer.memset(zeros, 0, 3L * Integer.BYTES * atomCount());
            call("scatter image", () -> {
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
        if (watch != null) {
            throw new IllegalStateException("this instance is already watched");
        }
        // By default the fix adds a virial of its own, which LAMMPS of 2021 never sets: garbage from the heap.
        commands("fix " + WATCH + " all external pf/callback 1 1", "fix_modify " + WATCH + " energy no virial no");
        watch = new EvaluationWatch(handle, keepGoing);
        call("watch evaluations", () -> {
            LammpsC.lammps_set_fix_external_callback(handle, WATCH, watch, null);
            return null;
        });
    }

    /** Force evaluations since {@link #watchEvaluations}. */
    public long evaluations() {
        requireWatch();
        return watch.evaluations();
    }

    /** Whether the watch was told to stop. */
    public boolean stopped() {
        requireWatch();
        return watch.stopped();
    }

    /** Whether calls would be refused: closed by its owner or after an error. */
    public boolean isClosed() {
        return handle == null;
    }

    /** Frees the instance. Closing twice does nothing. */
    @Override
    public void close() {
        if (handle == null) {
            return;
        }
        requireOwner();
        release("it was closed");
    }

    /** Waits until no instance is open in this process, and lets none be opened from then on. */
    static boolean seal(long millis) {
        long end = System.nanoTime() + millis * 1_000_000L;
        while (!LIVE.compareAndSet(null, SEALED)) {
            if (System.nanoTime() > end) {
                return false;
            }
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    private <T> T call(String what, Supplier<T> body) {
        requireOwner();
        if (handle == null) {
            throw new IllegalStateException("this LAMMPS instance cannot be used any more: " + closedBecause
                    + "; open another one");
        }
        T result;
        try {
            result = body.get();
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (RuntimeException e) {
            // What JavaCPP makes of the C++ exception that stands for an error of LAMMPS.
            throw fail(what, e.getMessage());
        }
        if (watch != null && watch.failure() != null) {
            RuntimeException failure = watch.failure();
            release("its watch failed: " + failure);
            throw failure;
        }
        if (throwsItself && LammpsC.lammps_has_error(handle) != 0) {
            byte[] text = new byte[4096];
            LammpsC.lammps_get_last_error_message(handle, text, text.length);
            throw fail(what, LammpsLibrary.text(text).strip());
        }
        return result;
    }

    private LammpsException fail(String what, String text) {
        String words = text.startsWith("ERROR: ") ? text.substring("ERROR: ".length()) : text;
        LammpsException failure = new LammpsException(what, words);
        abandon("it was given up after an error (" + failure.getMessage() + ")");
        return failure;
    }

    private void release(String reason) {
        Pointer last = handle;
        handle = null;
        closedBecause = reason;
        try {
            if (last != null && !last.isNull()) {
                LammpsC.lammps_close(last);
            }
        } catch (RuntimeException e) {
            LOG.warn("closing LAMMPS: {}", e.getMessage());
        } finally {
            forget();
        }
    }

    // An error leaves LAMMPS' objects half changed, and its destructors free some of them twice (seen: an unknown
    // min_style, then lammps_close, ended the JVM). Some memory is lost instead, about that of one structure.
    private void abandon(String reason) {
        handle = null;
        closedBecause = reason;
        forget();
    }

    private void forget() {
        if (watch != null) {
            watch.deallocate();
        }
        freeArguments();
        LIVE.compareAndSet(this, null);
    }

    private void freeArguments() {
        arguments.deallocate();
        for (BytePointer text : argumentTexts) {
            text.deallocate();
        }
    }

    private void requireOwner() {
        if (Thread.currentThread() != owner) {
            throw new IllegalStateException("this LAMMPS instance belongs to thread '" + owner.getName()
                    + "' and was called from '" + Thread.currentThread().getName() + "'");
        }
    }

    private void requireBox(String what) {
        if (!hasBox()) {
            throw new IllegalStateException(what + ": there is no simulation box yet; make one with create_box");
        }
    }

    private void requireWatch() {
        if (watch == null) {
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
