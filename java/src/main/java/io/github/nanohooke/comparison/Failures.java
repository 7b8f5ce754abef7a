// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison;

import io.github.nanohooke.NanohookeException;

/** What a table tells of an exception, and which exceptions are none of its matter. */
public final class Failures {
    private Failures() {
    }

    /**
     * Throws again what says nothing of a structure: rows are kept, and what the machine did would be data for good. (A
     * potential that does not fit is environmental elsewhere; here each row tells of it.)
     */
    static void requireOfTheStructure(RuntimeException e) {
        if (e instanceof NanohookeException foreseen && switch (foreseen.fault()) {
            case MISSING, MACHINE, UNWRITTEN -> true;
            case INPUT, NO_RESULT -> false;
        }) {
            throw e;
        }
    }

    /** Its message on one line; its class where it has none. */
    public static String message(RuntimeException e) {
        String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return text.replaceAll("\\s+", " ").strip();
    }
}
