// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.kernels;

import io.github.nanohooke.natives.global.nanohooke;
import io.github.nanohooke.natives.loading.NativeLibraryError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
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

    /** The words of the {@link #failure}: the loader's own, else those of its first cause. */
    public static String reason() {
        return reason(FAILURE);
    }

    /** What to do where the library is not to be had. */
    public static String remedy() {
        return remedy(FAILURE);
    }

    /** {@link #reason()} of the failure of any native library that is unpacked as this one is. */
    public static String reason(Throwable failure) {
        Throwable told = NativeLibraryError.in(failure);
        if (told == null) {
            told = failure;
            while (told.getCause() != null) {
                told = told.getCause();
            }
        }
        return String.valueOf(told.getMessage());
    }

    /** {@link #remedy()} of the failure of any native library that is unpacked as this one is. */
    public static String remedy(Throwable failure) {
        NativeLibraryError told = NativeLibraryError.in(failure);
        return told != null ? told.remedy()
                : "Put each artefact of nanohooke and its jar for this platform (classifier "
                + "linux-x86_64) on the class path, all of one build.";
    }

    /** One message of {@link #reason} and {@link #remedy}. */
    public static String explanation() {
        return "the native library of nanohooke could not be loaded: " + reason() + ". " + remedy();
    }

    // A class whose loading failed stays failed for the life of the JVM, so this is the only place that tries.
    private static Throwable load() {
        try {
            String id = nanohooke.nh_build_id().getString();
            if (!id.equals(expectedBuildId())) {
                return new UnsatisfiedLinkError("the library is of another build (" + id + ") than its Java classes ("
                        + expectedBuildId() + ")");
            }
            LOG.info("{}: {}", describe(), nanohooke.nh_cpu_description().getString());
            return null;
        } catch (LinkageError | IOException e) {
            return e;
        }
    }

    private static String expectedBuildId() throws IOException {
        try (InputStream in = nanohooke.class.getResourceAsStream("/io/github/nanohooke/natives/build-id")) {
            if (in == null) {
                throw new IOException("nanohooke-native has no build id; its jar is not one of this project's build");
            }
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
