// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.slim;

import io.github.nanohooke.io.FileFormatException;

/** The other end of {@link RangeEncoder}. */
final class RangeDecoder implements BitCoder {
    private static final int BYTE = 8;
    private static final long TOP = 1L << 24;

    private final byte[] bytes;
    private final int end;
    private int at;
    private long code;
    private long range = (1L << 32) - 1;

    RangeDecoder(byte[] bytes, int from, int length) {
        this.bytes = bytes;
        this.at = from;
        this.end = from + length;
        for (int i = 0; i < 5; i++) {
            code = (code << BYTE | next()) & 0xffffffffL;
        }
    }

    private int next() {
        if (at == end) {
            throw new FileFormatException("the bytes of its images end too early");
        }
        return bytes[at++] & 0xff;
    }

    /** Whether exactly the bytes there are were used. */
    boolean isAtEnd() {
        return at == end;
    }

    @Override
    public boolean code(BitModel model, int context, boolean ignored) {
        long one = (range >>> BitModel.BITS) * model.ofOne(context);
        boolean bit = code < one;
        if (bit) {
            range = one;
        } else {
            code -= one;
            range -= one;
        }
        while (range < TOP) {
            range = range << BYTE & 0xffffffffL;
            code = (code << BYTE | next()) & 0xffffffffL;
        }
        model.learn(context, bit);
        return bit;
    }
}
