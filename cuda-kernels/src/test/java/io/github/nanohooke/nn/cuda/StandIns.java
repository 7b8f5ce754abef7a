// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.cuda;

import java.net.URISyntaxException;
import java.nio.file.Path;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * The libraries that stand in for NVIDIA's in these tests (tests/standins), which the presets find on the class path.
 * All but one: libcuda.so.1 is never looked for there, so it is loaded before.
 */
public final class StandIns {
    /** A limit that NVIDIA does not have: how tests talk to the stand-ins. */
    private static final int FAIL_AT = 0x5701;
    private static final int CALLS = 0x5702;
    private static final int LIVE = 0x5703;

    static {
        try {
            System.load(Path.of(StandIns.class.getResource("/org/bytedeco/cuda/linux-x86_64/libcuda.so.1").toURI())
                    .toString());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private StandIns() {
    }

    /** Loads what the presets need and cannot find; call it before anything touches them. */
    public static void load() {
        // The static block does it, once.
    }

    /** Makes the n-th call from now on fail; 0 for none. */
    public static void failAt(long call) {
        cudart.cudaDeviceSetLimit(FAIL_AT, call);
    }

    /** Calls so far that could have failed. */
    public static long calls() {
        return limit(CALLS);
    }

    /** Handles and descriptors that are still there. */
    public static long live() {
        return limit(LIVE);
    }

    private static long limit(int which) {
        try (SizeTPointer value = new SizeTPointer(1)) {
            cudart.cudaDeviceGetLimit(value, which);
            return value.get();
        }
    }
}
