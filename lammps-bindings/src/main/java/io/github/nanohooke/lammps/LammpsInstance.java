// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps;

import io.github.nanohooke.NanohookeException;
import io.github.nanohooke.lammps.raw.LammpsC;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of LAMMPS in this process: one instance at a time, of the thread that opened it; every call is checked, and
 * the instance given up after an error.
 */
final class LammpsInstance {
    private static final Logger LOG = LoggerFactory.getLogger(LammpsInstance.class);
    /** Stands in {@link #LIVE} once MPI has ended: nothing can be opened any more. */
    private static final Object SEALED = new Object();
    /** The open instance of this process, or null. */
    private static final AtomicReference<Object> LIVE = new AtomicReference<>();

    private final Thread owner = Thread.currentThread();
    private final LammpsLibrary library;
    private final boolean throwsItself;
    // LAMMPS keeps pointers to its arguments.
    private final BytePointer[] argumentTexts;
    private final PointerPointer<BytePointer> arguments;
    private Pointer handle;
    private EvaluationWatch watch;
    private String closedBecause;

    private LammpsInstance(LammpsLibrary library, LammpsOptions options) {
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

    /** As {@link Lammps#open(LammpsOptions)}. */
    static LammpsInstance open(LammpsOptions options) {
        LammpsInstance lammps = new LammpsInstance(LammpsLibrary.load(), options);
        Object other = LIVE.compareAndExchange(null, lammps);
        if (other != null) {
            lammps.freeArguments();
            throw new IllegalStateException(other instanceof LammpsInstance open
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

    LammpsLibrary library() {
        return library;
    }

    int version() {
        return call("version", LammpsC::lammps_version);
    }

    boolean isClosed() {
        return handle == null;
    }

    void close() {
        if (handle == null) {
            return;
        }
        requireOwner();
        release("it was closed");
    }

    /** The watch of its evaluations, which may fail a call; null: none. */
    EvaluationWatch watch() {
        return watch;
    }

    /** Takes a watch of this instance, and frees it with the instance. */
    EvaluationWatch watched(EvaluationWatch by) {
        watch = by;
        return by;
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

    /**
     * One call of LAMMPS' C library.
     *
     * @param what for messages
     * @param body given the instance's handle
     */
    <T> T call(String what, Function<Pointer, T> body) {
        requireOwner();
        if (handle == null) {
            throw new IllegalStateException("this LAMMPS instance cannot be used any more: " + closedBecause
                    + "; open another one");
        }
        T result;
        try {
            result = body.apply(handle);
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

    /** Gives the instance up after an error. */
    LammpsException fail(String what, String text) {
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
}
