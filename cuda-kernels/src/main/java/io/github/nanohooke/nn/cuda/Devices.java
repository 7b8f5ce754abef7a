// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.cuda;

import static io.github.nanohooke.cuda.global.nanohookecuda.NHC_OK;
import static io.github.nanohooke.cuda.global.nanohookecuda.nhc_device_count;
import static io.github.nanohooke.cuda.global.nanohookecuda.nhc_device_name;
import static io.github.nanohooke.cuda.global.nanohookecuda.nhc_last_error;

import io.github.nanohooke.nn.BackendUnavailableException;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;

/**
 * What the library of kernels finds on this machine. It has CUDA's runtime inside, so it loads everywhere and can say
 * why there is no GPU.
 *
 * @param names of the devices, in CUDA's order
 */
record Devices(List<String> names) {
    private static final int LONGEST_NAME = 512;

    /**
     * Counts the devices.
     *
     * @throws BackendUnavailableException when there is none: CUDA's own reason, and what to do
     * @throws LinkageError                when the library of kernels is not on the class path
     */
    static Devices find() {
        int[] count = new int[1];
        if (nhc_device_count(count) != NHC_OK) {
            throw new BackendUnavailableException("backend cuda: no GPU can be used here: "
                    + nhc_last_error().getString() + "; it needs a GPU of NVIDIA and a driver for CUDA 13");
        }
        if (count[0] == 0) {
            throw new BackendUnavailableException("backend cuda: CUDA finds no GPU on this machine");
        }
        List<String> names = new ArrayList<>();
        for (int device = 0; device < count[0]; device++) {
            names.add(name(device));
        }
        return new Devices(names);
    }

    private static String name(int device) {
        try (BytePointer name = new BytePointer(LONGEST_NAME)) {
            if (nhc_device_name(device, name, LONGEST_NAME) != NHC_OK) {
                throw new BackendUnavailableException("backend cuda: GPU " + device + " does not answer: "
                        + nhc_last_error().getString());
            }
            // BytePointer gives the whole buffer, whatever ends the text.
            String buffer = name.getString();
            return buffer.substring(0, (buffer + '\0').indexOf('\0'));
        }
    }
}
