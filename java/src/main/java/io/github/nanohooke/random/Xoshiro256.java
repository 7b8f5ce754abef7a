// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.random;

/**
 * Random numbers that are the same on every machine and in every Java version: xoshiro256++ 1.0 (Blackman and Vigna,
 * ACM Trans. Math. Softw. 47, 36, 2021), its state filled by SplitMix64 from a seed, as its authors advise.
 */
public final class Xoshiro256 {
    private long s0;
    private long s1;
    private long s2;
    private long s3;

    /**
     * A stream of its own for every combination of keys, for example (seed, epoch, sample): what needs a random number
     * can so ask for it in any order, and nothing has to be stored to repeat it.
     */
    public Xoshiro256(long... keys) {
        long state = 0;
        for (long key : keys) {
            state = SplitMix64.mix(state + SplitMix64.GOLDEN) + key;
        }
        s0 = SplitMix64.mix(state += SplitMix64.GOLDEN);
        s1 = SplitMix64.mix(state += SplitMix64.GOLDEN);
        s2 = SplitMix64.mix(state += SplitMix64.GOLDEN);
        s3 = SplitMix64.mix(state + SplitMix64.GOLDEN);
    }

    /** The generator in a given state, as the authors' reference program has it. */
    static Xoshiro256 ofState(long s0, long s1, long s2, long s3) {
        Xoshiro256 generator = new Xoshiro256();
        generator.s0 = s0;
        generator.s1 = s1;
        generator.s2 = s2;
        generator.s3 = s3;
        return generator;
    }

    /** 64 random bits. */
    public long nextLong() {
        long result = Long.rotateLeft(s0 + s3, 23) + s0;
        long t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = Long.rotateLeft(s3, 45);
        return result;
    }

    /** Uniform in [0, 1), a multiple of 2^-53. */
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /** Uniform in 0 ... bound - 1, without bias: the few values that would tilt the remainder are drawn again. */
    public int nextInt(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound must be positive, got " + bound);
        }
        long limit = (1L << 31) - (1L << 31) % bound;
        long bits;
        do {
            bits = nextLong() >>> 33;
        } while (bits >= limit);
        return (int) (bits % bound);
    }

    /** A random order of 0 ... count - 1 (Fisher and Yates). */
    public int[] permutation(int count) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /**
     * Fills values[from] ... values[to - 1] with normal deviates of mean 0 (Marsaglia's polar method, with StrictMath
     * so that the bits are the same everywhere).
     */
    public void fillNormal(float[] values, int from, int to, double deviation) {
        for (int i = from; i < to; i += 2) {
            double u;
            double v;
            double square;
            do {
                u = 2 * nextDouble() - 1;
                v = 2 * nextDouble() - 1;
                square = u * u + v * v;
            } while (square >= 1 || square == 0);
            double factor = deviation * StrictMath.sqrt(-2 * StrictMath.log(square) / square);
            values[i] = (float) (u * factor);
            if (i + 1 < to) {
                values[i + 1] = (float) (v * factor);
            }
        }
    }
}
