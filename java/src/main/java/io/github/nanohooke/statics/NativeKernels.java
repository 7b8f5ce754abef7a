// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

import io.github.nanohooke.natives.global.nanohooke;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The native library of this project: loaded once, and the reason kept where it cannot be. */
final class NativeKernels {
    private static final Logger LOG = LoggerFactory.getLogger(NativeKernels.class);
    private static final Throwable FAILURE = load();

    private NativeKernels() {
    }

    /** @throws MissingLibraryException when the library could not be loaded, with the loader's reason */
    static void require() {
        if (FAILURE != null) {
            throw new MissingLibraryException("the native library of nanohooke could not be loaded: " + reason()
                    + ". " + remedy(), FAILURE);
        }
    }

    static Availability availability() {
        if (FAILURE != null) {
            return new Availability(false, Map.of(), List.of("libnanohooke: " + reason()), remedy());
        }
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("library", "libnanohooke " + nanohooke.nh_version().getString());
        facts.put("instructions", nanohooke.nh_cpu_description().getString());
        return new Availability(true, facts, List.of(), "");
    }

    // A class whose loading failed stays failed for the life of the JVM, so this is the only place that tries.
    private static Throwable load() {
        try {
            LOG.info("libnanohooke {}: {}", nanohooke.nh_version().getString(),
                    nanohooke.nh_cpu_description().getString());
            return null;
        } catch (LinkageError e) {
            return e;
        }
    }

    private static String reason() {
        Throwable root = FAILURE;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    private static String remedy() {
        return "Put nanohooke-native and its jar for this platform (classifier linux-x86_64) on the class path.";
    }
}
