// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

/**
 * Something that a reader of a result must know before building on it, although the result stands.
 *
 * @param code    for programs: lower case words with hyphens, never changed once published, for example
 *                {@code table-sensitivity}
 * @param message for people: what, where, and what to do, with numbers
 */
public record Warning(String code, String message) {

    /** @throws IllegalArgumentException when the code is not lower case words with hyphens */
    public Warning {
        if (!code.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException("the code of a warning is lower case words with hyphens, got '" + code
                    + "'");
        }
    }
}
