// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.kernels;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * Implementations of an interface of this library: those that its own class loader sees, then those that only the
 * thread's context loader sees. The latter alone would not do: in Spark, a notebook or MATLAB it may not see us at all,
 * or see another copy of us.
 *
 * @param found  one of each class
 * @param faults what could not be made, in ServiceLoader's words; one such entry says nothing about the others
 * @param <T>    the interface
 */
public record Providers<T>(List<T> found, List<String> faults) {

    /** Looks for all of them. */
    public static <T> Providers<T> of(Class<T> service) {
        Map<String, T> found = new LinkedHashMap<>();
        List<String> faults = new ArrayList<>();
        ClassLoader own = service.getClassLoader();
        collect(ServiceLoader.load(service, own), found, faults);
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        if (context != null && context != own && seesUs(context, service)) {
            collect(ServiceLoader.load(service, context), found, faults);
        }
        return new Providers<>(List.copyOf(found.values()), List.copyOf(faults));
    }

    // A loader with another copy of the interface has providers of that copy, which are no providers of ours.
    private static boolean seesUs(ClassLoader loader, Class<?> service) {
        try {
            return loader.loadClass(service.getName()) == service;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static <T> void collect(ServiceLoader<T> services, Map<String, T> found, List<String> faults) {
        Iterator<T> entries = services.iterator();
        while (true) {
            try {
                if (!entries.hasNext()) {
                    return;
                }
                T entry = entries.next();
                found.putIfAbsent(entry.getClass().getName(), entry);
            } catch (ServiceConfigurationError | LinkageError e) {
                if (!faults.contains(e.getMessage())) {
                    faults.add(e.getMessage());
                }
            }
        }
    }
}
