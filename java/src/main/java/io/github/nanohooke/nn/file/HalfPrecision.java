// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.file;

/** IEEE 754 binary16: 1 sign, 5 exponent and 10 mantissa bits. Java has the conversions only since version 20. */
public final class HalfPrecision {
    /** Largest finite value. */
    public static final float MAX_VALUE = 65504f;

    private static final int SIGN = 0x8000;
    private static final int INFINITY = 0x7C00;
    private static final int QUIET_NAN = 0x7E00;
    /** Bits of a float's mantissa that a half lacks. */
    private static final int DROPPED = 13;
    private static final int EXPONENT_SHIFT = (127 - 15) << 10;

    private HalfPrecision() {
    }

    /** The values of halves that lie one after the other, little-endian. */
    static void toFloats(byte[] data, float[] values, int from, int count) {
        float[] table = Table.VALUES;
        for (int i = 0; i < count; i++) {
            values[from + i] = table[data[2 * i] & 0xFF | (data[2 * i + 1] & 0xFF) << Byte.SIZE];
        }
    }

    /** All values that a half has: networks have millions, which are read before Java has warmed up. */
    private static final class Table {
        static final float[] VALUES = new float[1 << Short.SIZE];

        static {
            for (int bits = 0; bits < VALUES.length; bits++) {
                VALUES[bits] = toFloat((short) bits);
            }
        }
    }

    /** The value of 16 bits; exact. */
    public static float toFloat(short bits) {
        int magnitude = bits & 0x7FFF;
        float value;
        if (magnitude >= INFINITY) {
            value = magnitude == INFINITY ? Float.POSITIVE_INFINITY : Float.NaN;
        } else if (magnitude < 1 << 10) {
            value = magnitude * 0x1p-24f;
        } else {
            value = Float.intBitsToFloat((magnitude + EXPONENT_SHIFT) << DROPPED);
        }
        return (bits & SIGN) == 0 ? value : -value;
    }

    /** The nearest half, among equally near ones the even one; infinite from 65520 on. */
    public static short fromFloat(float value) {
        int bits = Float.floatToIntBits(value);
        int sign = bits >>> 16 & SIGN;
        float magnitude = Math.abs(value);
        if (Float.isNaN(value)) {
            return (short) (sign | QUIET_NAN);
        }
        if (magnitude >= 65520f) {
            return (short) (sign | INFINITY);
        }
        if (magnitude < 0x1p-14f) {
            // Subnormal: a multiple of 2^-24, and rint rounds to the even one.
            return (short) (sign | (int) Math.rint(magnitude * 0x1p24));
        }
        int kept = (bits & 0x7FFFFFFF) >>> DROPPED;
        int rest = bits & (1 << DROPPED) - 1;
        int half = 1 << DROPPED - 1;
        if (rest > half || rest == half && (kept & 1) == 1) {
            kept++; // a carry into the exponent is right too
        }
        return (short) (sign | kept - EXPONENT_SHIFT);
    }
}
