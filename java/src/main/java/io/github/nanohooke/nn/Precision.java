// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn;

import java.util.Locale;

/** How the products of a network are rounded; parameters, sums and optimiser are in single precision in each. */
public enum Precision {
    /** Single precision throughout, 24 bits. */
    FP32,
    /** Factors rounded to 11 bits, by tensor cores. */
    TF32,
    /** Factors rounded to 8 bits, by tensor cores. */
    BF16;

    /** The name under which users ask for it: {@code fp32}, {@code tf32}, {@code bf16}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException when there is none of that name */
    public static Precision labelled(String label) {
        for (Precision precision : values()) {
            if (precision.label().equals(label)) {
                return precision;
            }
        }
        throw new IllegalArgumentException("no precision '" + label + "'; there are fp32, tf32 and bf16");
    }
}
