// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.io;

/** The mark that some editors and spreadsheets put before UTF-8 text; it is no part of it. */
public final class ByteOrderMark {
    private static final String MARK = "\uFEFF";
    /** The same three bytes where a file is read as Latin-1. */
    private static final String IN_LATIN_1 = "\u00EF\u00BB\u00BF";

    private ByteOrderMark() {
    }

    /** A file's text, or its first line. */
    public static String without(String text) {
        for (String mark : new String[] {MARK, IN_LATIN_1}) {
            if (text.startsWith(mark)) {
                return text.substring(mark.length());
            }
        }
        return text;
    }
}
