// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.surrogate.data;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.Arrays;

/**
 * A binary image by the columns at which its rows change, which deflates to two thirds of what its pixels do. A row is a
 * number: 0 where it changes as often as the row above, and then each column less that of the row above; else one more
 * than its changes, and then each column less the one before. The first row has a row without changes above it. Numbers
 * are in groups of seven bits, the lowest first, all but the last with the eighth bit set; those with a sign n as 2 n or
 * -2 n - 1.
 */
final class RowChanges {
    private RowChanges() {
    }

    static void write(byte[] packed, int pixels, DataOutput out) throws IOException {
        int stride = (pixels + 7) / 8;
        int[] above = new int[0];
        for (int row = 0; row < pixels; row++) {
            int[] changes = changes(packed, row * stride, pixels);
            boolean alike = changes.length == above.length;
            number(alike ? 0 : changes.length + 1, out);
            for (int k = 0; k < changes.length; k++) {
                int difference = changes[k] - (alike ? above[k] : k == 0 ? 0 : changes[k - 1]);
                number(difference < 0 ? -2 * difference - 1 : 2 * difference, out);
            }
            above = changes;
        }
    }

    private static int[] changes(byte[] packed, int from, int pixels) {
        int[] columns = new int[pixels];
        int count = 0;
        int before = 0;
        for (int column = 0; column < pixels; column++) {
            int bit = packed[from + column / 8] >> column % 8 & 1;
            if (bit != before) {
                columns[count++] = column;
                before = bit;
            }
        }
        return Arrays.copyOf(columns, count);
    }

    /** @throws StreamCorruptedException when there is no such image */
    static byte[] read(int pixels, DataInput in) throws IOException {
        int stride = (pixels + 7) / 8;
        byte[] packed = new byte[pixels * stride];
        int[] above = new int[0];
        for (int row = 0; row < pixels; row++) {
            int count = number(in);
            boolean alike = count == 0;
            if (count > pixels + 1) {
                throw new StreamCorruptedException("a row of " + pixels + " pixels changes " + (count - 1) + " times");
            }
            int[] changes = new int[alike ? above.length : count - 1];
            for (int k = 0; k < changes.length; k++) {
                int code = number(in);
                int difference = code % 2 == 0 ? code / 2 : -(code / 2) - 1;
                changes[k] = difference + (alike ? above[k] : k == 0 ? 0 : changes[k - 1]);
                if (changes[k] < (k == 0 ? 0 : changes[k - 1] + 1) || changes[k] >= pixels) {
                    throw new StreamCorruptedException("a row of " + pixels + " pixels changes at " + changes[k]);
                }
            }
            fill(packed, row * stride, pixels, changes);
            above = changes;
        }
        return packed;
    }

    private static void fill(byte[] packed, int from, int pixels, int[] changes) {
        for (int k = 0; k < changes.length; k += 2) {
            int end = k + 1 < changes.length ? changes[k + 1] : pixels;
            for (int column = changes[k]; column < end; column++) {
                packed[from + column / 8] |= (byte) (1 << column % 8);
            }
        }
    }

    private static void number(int value, DataOutput out) throws IOException {
        int rest = value;
        while (rest >= 0x80) {
            out.writeByte(rest | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }

    private static int number(DataInput in) throws IOException {
        int value = 0;
        for (int shift = 0; shift < 28; shift += 7) {
            int group = in.readUnsignedByte();
            value |= (group & 0x7f) << shift;
            if (group < 0x80) {
                return value;
            }
        }
        throw new StreamCorruptedException("a number does not end");
    }
}
