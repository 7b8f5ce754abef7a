// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.cpu;

import static io.github.nanohooke.natives.global.nanohooke.NH_ISA_AVX2;
import static io.github.nanohooke.natives.global.nanohooke.NH_ISA_AVX512;
import static io.github.nanohooke.natives.global.nanohooke.NH_ISA_PLAIN;

import java.util.Arrays;
import java.util.Optional;

/** What the native kernels are compiled for, the best first. */
enum InstructionSet {
    AVX512("avx512", NH_ISA_AVX512),
    AVX2("avx2", NH_ISA_AVX2),
    PLAIN("plain", NH_ISA_PLAIN);

    private final String label;
    private final int code;

    InstructionSet(String label, int code) {
        this.label = label;
        this.code = code;
    }

    /** The name under which users ask for it. */
    String label() {
        return label;
    }

    /** Its NH_ISA constant. */
    int code() {
        return code;
    }

    static Optional<InstructionSet> labelled(String label) {
        return Arrays.stream(values()).filter(set -> set.label.equals(label)).findFirst();
    }

    static InstructionSet coded(int code) {
        return Arrays.stream(values()).filter(set -> set.code == code).findFirst().orElseThrow();
    }
}
