// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset;

/**
 * Independent-looking numbers from a few keys: the output function of SplitMix64 (Steele, Lea &amp; Flood, OOPSLA
 * 2014), once per key. Files hold its results, so it must never change.
 */
final class Mixing {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Mixing() {
    }

    static long of(long... keys) {
        long state = 0;
        for (long key : keys) {
            state = mix((state ^ key) + GOLDEN);
        }
        return state;
    }

    private static long mix(long z) {
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
