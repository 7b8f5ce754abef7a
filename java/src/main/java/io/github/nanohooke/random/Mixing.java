// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.random;

/**
 * Independent-looking numbers from a few keys: the output function of SplitMix64 (Steele, Lea &amp; Flood, OOPSLA
 * 2014), once per key. Files hold its results, so it must never change.
 */
public final class Mixing {
    private Mixing() {
    }

    public static long of(long... keys) {
        long state = 0;
        for (long key : keys) {
            state = SplitMix64.mix((state ^ key) + SplitMix64.GOLDEN);
        }
        return state;
    }
}
