// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

/**
 * The generator SplitMix64 (Steele, Lea &amp; Flood, OOPSLA 2014): a counter and a mixing function. It is written here
 * because samples must never change, whatever a library does.
 */
final class SplitMix64 {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    SplitMix64(long state) {
        this.state = state;
    }

    /** The stream of one sample: the numbers are mixed in one after the other. */
    static SplitMix64 of(long... keys) {
        long state = 0;
        for (long key : keys) {
            state = mix(state + GOLDEN ^ key);
        }
        return new SplitMix64(state);
    }

    private static long mix(long z) {
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    long nextLong() {
        state += GOLDEN;
        return mix(state);
    }

    /** Uniform in the open interval (0, 1): the middles of 2^53 equal parts. */
    double nextDouble() {
        return ((nextLong() >>> 11) + 0.5) * 0x1p-53;
    }

    /** Uniform between two numbers. */
    double nextDouble(double low, double high) {
        return low + (high - low) * nextDouble();
    }
}
