// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison;

/** What a table tells of an exception. */
public final class Failures {
    private Failures() {
    }

    /** Its message on one line; its class where it has none. */
    public static String message(RuntimeException e) {
        String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return text.replaceAll("\\s+", " ").strip();
    }
}
