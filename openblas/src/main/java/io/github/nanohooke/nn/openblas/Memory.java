// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.openblas;

import io.github.nanohooke.nn.NetworkException;
import java.util.ArrayList;
import java.util.List;

/** The large arrays of a session: counted first, then taken; native ones are freed together. */
final class Memory implements AutoCloseable {
    /** A direct buffer of Java has at most so many floats. */
    private static final long LARGEST = Integer.MAX_VALUE / Float.BYTES;

    private final boolean counting;
    private final List<FloatBlock> blocks = new ArrayList<>();
    private long floats;
    private long javaBytes;

    private Memory(boolean counting) {
        this.counting = counting;
    }

    /** Takes nothing, only counts; its blocks are not there. */
    static Memory counting() {
        return new Memory(true);
    }

    static Memory taking() {
        return new Memory(false);
    }

    /** @throws NetworkException when one block would be too large */
    FloatBlock floats(long count) {
        if (count > LARGEST) {
            throw new NetworkException("backend openblas needs an array of " + count + " numbers, the most is "
                    + LARGEST
                    + "; use a smaller batch or network");
        }
        floats += count;
        if (counting) {
            return null;
        }
        FloatBlock block = new FloatBlock((int) count);
        blocks.add(block);
        return block;
    }

    /** @throws NetworkException when the array would be too large */
    byte[] bytes(long count) {
        if (count > Integer.MAX_VALUE - 8) {
            throw new NetworkException("backend openblas needs an array of " + count
                    + " bytes, which Java does not have;"
                    + " use a smaller batch or network");
        }
        javaBytes += count;
        return new byte[counting ? 0 : (int) count];
    }

    long bytes() {
        return floats * Float.BYTES + javaBytes;
    }

    @Override
    public void close() {
        blocks.forEach(FloatBlock::close);
        blocks.clear();
    }
}
