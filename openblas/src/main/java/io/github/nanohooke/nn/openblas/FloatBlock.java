// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.openblas;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;

/** Native memory with one owner, seen as OpenBLAS takes it and as Java does. */
final class FloatBlock implements AutoCloseable {
    private final FloatPointer memory;
    private final FloatBuffer values;

    /** Zeros. */
    FloatBlock(int count) {
        memory = new FloatPointer(count);
        memory.zero();
        values = memory.asBuffer();
    }

    FloatPointer at(long offset) {
        return memory.getPointer(offset);
    }

    /** For absolute access only; it has no position of its own that means something. */
    FloatBuffer values() {
        return values;
    }

    void zero(long from, long to) {
        if (to > from) {
            FloatPointer.memset(memory.getPointer(from), 0, (to - from) * Float.BYTES);
        }
    }

    void put(float[] source, int offset, int count) {
        values.put(0, source, offset, count);
    }

    void get(float[] target, int offset, int count) {
        values.get(0, target, offset, count);
    }

    @Override
    public void close() {
        memory.close();
    }
}
