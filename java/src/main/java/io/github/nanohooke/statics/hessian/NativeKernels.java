// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.hessian;

import static io.github.nanohooke.natives.global.nanohooke.NH_BAD_FILE;
import static io.github.nanohooke.natives.global.nanohooke.NH_INTERNAL;
import static io.github.nanohooke.natives.global.nanohooke.NH_OUT_OF_MEMORY;

import io.github.nanohooke.EnvironmentFaultException;
import io.github.nanohooke.MissingLibraryException;
import io.github.nanohooke.NanohookeException;
import io.github.nanohooke.kernels.KernelLibrary;
import io.github.nanohooke.natives.global.nanohooke;
import io.github.nanohooke.statics.Availability;
import io.github.nanohooke.statics.StaticsException;
import io.github.nanohooke.statics.potential.PotentialException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the native library's state means for a method of statics. */
public final class NativeKernels {
    private NativeKernels() {
    }

    /** @throws MissingLibraryException when the library could not be loaded, with the loader's reason */
    public static void require() {
        KernelLibrary.failure().ifPresent(failure -> {
            throw new MissingLibraryException(KernelLibrary.explanation(), failure);
        });
    }

    /** The exception for a status that is not NH_OK: whether the atoms or the machine are at fault. */
    public static NanohookeException failure(int status, String message) {
        if (status == NH_OUT_OF_MEMORY) {
            return new EnvironmentFaultException(message + "; give this process more memory, or run fewer at a time");
        }
        if (status == NH_INTERNAL) {
            return new EnvironmentFaultException(message + "; this is a defect of the native library: please report it"
                    + " with the structure");
        }
        return status == NH_BAD_FILE ? new PotentialException(message) : new StaticsException(message);
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
