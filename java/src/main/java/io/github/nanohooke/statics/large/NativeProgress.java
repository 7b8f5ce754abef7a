// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.large;

import io.github.nanohooke.natives.nh_large_progress;
import org.bytedeco.javacpp.Pointer;

/** Carries the kernel's progress to Java. An exception must not cross native frames: it is kept, and thrown after. */
final class NativeProgress extends nh_large_progress {
    private final LargeProgress listener;
    private RuntimeException thrown;

    NativeProgress(LargeProgress listener) {
        this.listener = listener;
    }

    @Override
    public int call(Pointer user, int iteration, double residual, double imbalance) {
        try {
            return listener.report(iteration, residual) ? 0 : 1;
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
}
