// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.kernels;

import io.github.nanohooke.natives.global.nanohooke;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The native library of this project: loaded once, and the reason kept where it cannot be. */
public final class KernelLibrary {
    private static final Logger LOG = LoggerFactory.getLogger(KernelLibrary.class);
    private static final Throwable FAILURE = load();

    private KernelLibrary() {
    }

    /** What the loader threw; empty when the library is loaded. */
    public static Optional<Throwable> failure() {
        return Optional.ofNullable(FAILURE);
    }

    /** Name and version, for example {@code libnanohooke 0.1.0}; only where there is no {@link #failure}. */
    public static String describe() {
        return "libnanohooke " + nanohooke.nh_version().getString();
    }

    /** The words of the first cause of the {@link #failure}. */
    public static String reason() {
        Throwable root = FAILURE;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    /** What to do where the library is not to be had. */
    public static String remedy() {
        return "Put nanohooke-native and its jar for this platform (classifier linux-x86_64) on the class path.";
    }

    /** One message of {@link #reason} and {@link #remedy}. */
    public static String explanation() {
        return "the native library of nanohooke could not be loaded: " + reason() + ". " + remedy();
    }

    // A class whose loading failed stays failed for the life of the JVM, so this is the only place that tries.
    private static Throwable load() {
        try {
            LOG.info("{}: {}", describe(), nanohooke.nh_cpu_description().getString());
            return null;
        } catch (LinkageError e) {
            return e;
        }
    }
}
