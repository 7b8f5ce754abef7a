// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps;

import io.github.nanohooke.lammps.raw.FixExternalFnPtr;
import io.github.nanohooke.lammps.raw.LammpsC;
import java.util.function.BooleanSupplier;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Counts force evaluations from inside LAMMPS, and stops a run or minimisation from inside, through a
 * {@code fix external} that adds zero to every force. LAMMPS' library has neither otherwise.
 */
final class EvaluationWatch extends FixExternalFnPtr {
    private static final long ASK_EVERY_NANOS = 100_000_000L;

    private final Pointer handle;
    private final BooleanSupplier keepGoing;
    private long evaluations;
    private long askedAt = System.nanoTime();
    private boolean stopped;
    private RuntimeException failure;

    EvaluationWatch(Pointer handle, BooleanSupplier keepGoing) {
        this.handle = handle;
        this.keepGoing = keepGoing;
    }

    // Called by LAMMPS after each force evaluation. Nothing may be thrown through its frames.
    @Override
    public void call(Pointer self, long step, int atoms, IntPointer ids, PointerPointer x, PointerPointer added) {
        evaluations++;
        if (atoms > 0) {
            Pointer.memset(added.get(Pointer.class, 0), 0, 3L * Double.BYTES * atoms);
        }
        long now = System.nanoTime();
        if (!stopped && now - askedAt > ASK_EVERY_NANOS) {
            askedAt = now;
            try {
                stopped = !keepGoing.getAsBoolean();
            } catch (RuntimeException e) {
                failure = e;
                stopped = true;
            }
            if (stopped) {
                LammpsC.lammps_force_timeout(handle);
            }
        }
    }

    long evaluations() {
        return evaluations;
    }

    boolean stopped() {
        return stopped;
    }

    /** What the listener threw, null when nothing. */
    RuntimeException failure() {
        return failure;
    }
}
