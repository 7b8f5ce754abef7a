// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset.slim;

import java.io.ByteArrayOutputStream;

/** A range coder (Martin, Video & Data Recording Conference, 1979) with the carry of LZMA's. */
final class RangeEncoder implements BitCoder {
    private static final int BYTE = 8;
    private static final long TOP = 1L << 24;
    private static final long CARRY = 1L << 32;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private long low;
    private long range = CARRY - 1;
    private int cache;
    /** Bytes that wait for a carry, the cached one included. */
    private long pending = 1;

    @Override
    public boolean code(BitModel model, int context, boolean bit) {
        long one = (range >>> BitModel.BITS) * model.ofOne(context);
        if (bit) {
            range = one;
        } else {
            low += one;
            range -= one;
        }
        while (range < TOP) {
            range <<= BYTE;
            shift();
        }
        model.learn(context, bit);
        return bit;
    }

    private void shift() {
        if (low < CARRY - TOP || low >= CARRY) {
            int carry = (int) (low >>> 32);
            for (; pending > 0; pending--) {
                out.write(cache + carry);
                cache = 0xff;
            }
            cache = (int) (low >>> 24) & 0xff;
        }
        pending++;
        low = (low & TOP - 1) << BYTE;
    }

    /** All of it; the coder is then used up. */
    byte[] finish() {
        for (int i = 0; i < 5; i++) {
            shift();
        }
        return out.toByteArray();
    }
}
