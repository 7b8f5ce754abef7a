// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.Arrays;
import java.util.List;

/**
 * What a machine may lack, so that a test cannot run on it. {@code -Dtests.require=native,avx512} says what this one
 * must have: a test that would be skipped for the lack of it fails.
 */
public final class Required {
    private static final List<String> KNOWN = List.of("native", "lammps", "avx2", "avx512", "browser");

    private Required() {
    }

    /**
     * Goes on where it is there; else the test is skipped, or fails where it was required.
     *
     * @param what one of the names that may be required
     * @param why  what is missing, for people
     */
    public static void orSkip(String what, boolean there, String why) {
        orSkip(what, there, why, System.getProperty("tests.require", ""));
    }

    static void orSkip(String what, boolean there, String why, String required) {
        List<String> all = Arrays.stream(required.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
        for (String name : all) {
            if (!KNOWN.contains(name)) {
                fail("tests.require has '" + name + "'; known are " + KNOWN);
            }
        }
        if (!there && all.contains(what)) {
            fail(what + " is required, but " + why);
        }
        if (!there) {
            abort(why);
        }
    }
}
