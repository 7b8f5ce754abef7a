// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.slim;

import java.util.Arrays;

/**
 * How likely a bit is one in each of some contexts, learnt from the bits so far: the mean of a quick and a slow
 * average, as in lossless image and video coders.
 */
final class BitModel {
    /** Probabilities are shares of this. */
    static final int BITS = 16;

    private static final int QUICK = 4;
    private static final int SLOW = 7;
    /** Keeps both outcomes possible. */
    private static final int LEAST = 1 << 5;

    private final char[] quick;
    private final char[] slow;

    BitModel(int contexts) {
        quick = new char[contexts];
        slow = new char[contexts];
        reset();
    }

    /** Forgets everything. */
    void reset() {
        Arrays.fill(quick, (char) (1 << BITS - 1));
        Arrays.fill(slow, (char) (1 << BITS - 1));
    }

    int ofOne(int context) {
        int mean = quick[context] + slow[context] >> 1;
        return Math.max(LEAST, Math.min((1 << BITS) - LEAST, mean));
    }

    void learn(int context, boolean bit) {
        int target = bit ? (1 << BITS) - 1 : 0;
        quick[context] += (char) (target - quick[context] >> QUICK);
        slow[context] += (char) (target - slow[context] >> SLOW);
    }
}
