// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

import io.github.nanohooke.kernels.KernelLibrary;
import io.github.nanohooke.natives.global.nanohooke;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the native library's state means for a method of this package. */
final class NativeKernels {
    private NativeKernels() {
    }

    /** @throws MissingLibraryException when the library could not be loaded, with the loader's reason */
    static void require() {
        KernelLibrary.failure().ifPresent(failure -> {
            throw new MissingLibraryException(KernelLibrary.explanation(), failure);
        });
    }

    static Availability availability() {
        if (KernelLibrary.failure().isPresent()) {
            return new Availability(false, Map.of(), List.of("libnanohooke: " + KernelLibrary.reason()),
                    KernelLibrary.remedy());
        }
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("library", KernelLibrary.describe());
        facts.put("instructions", nanohooke.nh_cpu_description().getString());
        return new Availability(true, facts, List.of(), "");
    }
}
