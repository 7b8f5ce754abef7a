// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.cuda.cudnn;

import java.util.ArrayDeque;
import java.util.Deque;

/** Things to close, the last one first, each once, whatever the others do. */
final class Owned implements AutoCloseable {
    private final Deque<AutoCloseable> things = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T thing) {
        things.push(thing);
        return thing;
    }

    @Override
    public void close() {
        RuntimeException first = null;
        while (!things.isEmpty()) {
            try {
                things.pop().close();
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            } catch (Exception e) {
                throw new IllegalStateException("nothing here throws checked exceptions", e);
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
