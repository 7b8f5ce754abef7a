// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.random;

/**
 * The generator SplitMix64 (Steele, Lea &amp; Flood, OOPSLA 2014): a counter and a mixing function. It is written here
 * because samples must never change, whatever a library does.
 */
public final class SplitMix64 {
    /** 2^64 over the golden ratio. */
    static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    /** From this state on. */
    public SplitMix64(long state) {
        this.state = state;
    }

    /** The stream of one sample: the numbers are mixed in one after the other. */
    public static SplitMix64 of(long... keys) {
        long state = 0;
        for (long key : keys) {
            state = mix(state + GOLDEN ^ key);
        }
        return new SplitMix64(state);
    }

    /** Its output function: a bijection of 64 bits in which every bit depends on every other. */
    static long mix(long z) {
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** Any of the 2^64 numbers. */
    public long nextLong() {
        state += GOLDEN;
        return mix(state);
    }

    /** Uniform in the open interval (0, 1): the middles of 2^53 equal parts. */
    public double nextDouble() {
        return ((nextLong() >>> 11) + 0.5) * 0x1p-53;
    }

    /** Uniform between two numbers. */
    public double nextDouble(double low, double high) {
        return low + (high - low) * nextDouble();
    }

    /** Uniform among the whole numbers from {@code low} to {@code high}, both included. */
    public int nextInt(int low, int high) {
        return low + (int) (nextDouble() * (high - low + 1));
    }

    /** One of some choices, each as likely. */
    @SafeVarargs
    public final <T> T pick(T... choices) {
        return choices[nextInt(0, choices.length - 1)];
    }

    /** Between two positive numbers, with its logarithm uniform. */
    public double nextLogUniform(double low, double high) {
        return low * StrictMath.exp(StrictMath.log(high / low) * nextDouble());
    }

    /** Of the standard normal distribution (Box and Muller, Ann. Math. Stat. 29, 1958). */
    public double nextGaussian() {
        return StrictMath.sqrt(-2 * StrictMath.log(nextDouble())) * StrictMath.cos(2 * Math.PI * nextDouble());
    }
}
