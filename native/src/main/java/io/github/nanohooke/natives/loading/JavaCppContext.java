// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.natives.loading;

import java.lang.reflect.Field;
import java.util.Deque;
import org.bytedeco.javacpp.Loader;

/**
 * Where JavaCPP looks for the classes of a library that is being loaded: in its own class loader, unless a class on a
 * private stack of its Loader names another. That matters where JavaCPP is a parent's and this project a child's.
 */
final class JavaCppContext {
    private JavaCppContext() {
    }

    static void run(Class<?> owner, Runnable load) {
        if (owner.getClassLoader() == Loader.class.getClassLoader()) {
            load.run();
            return;
        }
        Deque<Class<?>> stack = stack();
        stack.push(owner);
        try {
            load.run();
        } finally {
            stack.pop();
        }
    }

    @SuppressWarnings("unchecked")
    private static Deque<Class<?>> stack() {
        try {
            Field field = Loader.class.getDeclaredField("classStack");
            field.setAccessible(true);
            return ((ThreadLocal<Deque<Class<?>>>) field.get(null)).get();
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new NativeLibraryError("JavaCPP is in another class loader than nanohooke, and cannot be told for"
                    + " whom"
                    + " it loads: " + e, "Put JavaCPP's jars beside nanohooke's, into one class loader.", e);
        }
    }
}
