// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.file;

import io.github.nanohooke.structure.StructureException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The second line of an extended XYZ file in the dialects of its writers (ASE, libAtoms, OVITO, people): {@code
 * key=value} and keys alone; values bare, in single or double quotes with escapes, in braces or brackets that may be
 * nested, JSON behind ASE's mark {@code _JSON}.
 */
final class XyzComment {
    private static final String MARK = "_JSON";
    private static final String OPENING = "{[";
    private static final String CLOSING = "}]";

    private final String text;
    private final TextLines lines;
    private int at;

    private XyzComment(String text, TextLines lines) {
        this.text = text;
        this.lines = lines;
    }

    /** Keys in lower case, since writers differ; a key without a value is true. */
    static Map<String, String> parse(String line, TextLines lines) {
        XyzComment comment = new XyzComment(line, lines);
        Map<String, String> keys = new HashMap<>();
        while (comment.skipSpaces()) {
            String key = comment.key();
            keys.put(key.toLowerCase(Locale.ROOT), comment.takes('=') ? comment.value(key) : "T");
        }
        return keys;
    }

    /** Whether anything is left. */
    private boolean skipSpaces() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length();
    }

    private boolean takes(char wanted) {
        int start = at;
        if (skipSpaces() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        at = start;
        return false;
    }

    private String key() {
        int start = at;
        if (isQuote()) {
            return quoted();
        }
        while (at < text.length() && "=\"'{}[],".indexOf(text.charAt(at)) < 0
                && !Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw unreadable(start);
        }
        return text.substring(start, at);
    }

    private String value(String key) {
        if (!skipSpaces()) {
            throw lines.error("there is no value behind " + key + "=");
        }
        if (isQuote()) {
            return withoutMark(quoted());
        }
        if (OPENING.indexOf(text.charAt(at)) >= 0) {
            return nested();
        }
        int start = at;
        while (at < text.length() && "\"'{}".indexOf(text.charAt(at)) < 0 && !Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw unreadable(start);
        }
        String bare = text.substring(start, at);
        return bare.equals(MARK) ? value(key) : bare;
    }

    private static String withoutMark(String value) {
        return value.startsWith(MARK) ? value.substring(MARK.length()).strip() : value;
    }

    private boolean isQuote() {
        return text.charAt(at) == '"' || text.charAt(at) == '\'';
    }

    /** Up to the same quote, escapes undone. */
    private String quoted() {
        int start = at;
        char quote = text.charAt(at++);
        StringBuilder value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
                value.append(text.charAt(at) == 'n' ? '\n' : text.charAt(at));
            } else {
                value.append(text.charAt(at));
            }
            at++;
        }
        if (at == text.length()) {
            throw lines.error("a quote is not closed: '" + excerpt(start) + "'");
        }
        at++;
        return value.toString();
    }

    /** Up to the brace or bracket that closes the one here, without these two. */
    private String nested() {
        int start = at;
        StringBuilder awaited = new StringBuilder();
        do {
            char c = text.charAt(at);
            if (OPENING.indexOf(c) >= 0) {
                awaited.append(CLOSING.charAt(OPENING.indexOf(c)));
                at++;
            } else if (CLOSING.indexOf(c) >= 0) {
                if (c != awaited.charAt(awaited.length() - 1)) {
                    throw lines.error("braces and brackets cross each other: '" + excerpt(start) + "'");
                }
                awaited.setLength(awaited.length() - 1);
                at++;
            } else if (isQuote()) {
                quoted();
            } else {
                at++;
            }
        } while (!awaited.isEmpty() && at < text.length());
        if (!awaited.isEmpty()) {
            throw lines.error("a brace or bracket is not closed: '" + excerpt(start) + "'");
        }
        return text.substring(start + 1, at - 1);
    }

    private StructureException unreadable(int from) {
        return lines.error("must read key=value key=\"value ...\" ..., cannot read from '" + excerpt(from) + "' on");
    }

    private String excerpt(int from) {
        return text.substring(from, Math.min(text.length(), from + 30)).strip();
    }
}
