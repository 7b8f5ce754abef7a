// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.hessian;

import io.github.nanohooke.natives.nh_progress;
import io.github.nanohooke.statics.StaticsProgress;
import java.util.Locale;
import org.bytedeco.javacpp.Pointer;

/** Carries the kernel's progress to Java. An exception must not cross native frames: it is kept, and thrown after. */
final class HessianProgress implements AutoCloseable {
    private static final String[] STAGES = {
        "gentle descent", "relaxation", "tensor", "certificate", "three cells, gentle descent",
        "three cells, relaxation", "three cells, tensor"
    };
    private static final ThreadLocal<HessianProgress> CURRENT = new ThreadLocal<>();

    private final StaticsProgress listener;
    private RuntimeException thrown;

    HessianProgress(StaticsProgress listener) {
        this.listener = listener;
        CURRENT.set(this);
    }

    /** JavaCPP has a handful of callbacks of a kind at a time: all threads share one. */
    private static final class Callback extends nh_progress {
        private static final Callback ALL = new Callback();

        @Override
        public int call(Pointer user, int stage, int iteration, double maxForce, double maxStress) {
            return CURRENT.get().report(stage, iteration, maxForce, maxStress);
        }
    }

    /** What the kernel calls: it reports on the thread that called it. */
    static nh_progress callback() {
        return Callback.ALL;
    }

    private int report(int stage, int iteration, double maxForce, double maxStress) {
        try {
            String detail = String.format(Locale.ROOT, "iteration %d, largest force %.1e eV/Å, stress %.1e GPa",
                    iteration, maxForce, maxStress);
            return listener.report(STAGES[stage], (double) stage / STAGES.length, detail) ? 0 : 1;
        } catch (RuntimeException e) {
            thrown = e;
            return 1;
        }
    }

    void rethrow() {
        if (thrown != null) {
            throw thrown;
        }
    }

    @Override
    public void close() {
        CURRENT.remove();
    }
}
