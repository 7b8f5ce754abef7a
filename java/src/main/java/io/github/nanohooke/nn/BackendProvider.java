// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn;

/**
 * What a module registers under {@code META-INF/services} to offer one {@link Backend}. Its class must load on every
 * machine, so it touches no native library before {@link #open()}.
 */
public interface BackendProvider {

    /** The backend's name, for example {@code cpu}. */
    String name();

    /** What it is, one line for people. */
    String description();

    /**
     * Loads and tries the library behind the backend.
     *
     * @throws BackendUnavailableException when it cannot run here: the cause, and what to install
     * @throws LinkageError                when a native library cannot be loaded; {@link Backends} adds the explanation
     */
    Backend open();
}
