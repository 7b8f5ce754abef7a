// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The second line of an extended XYZ file: {@code key=value}, values with spaces in quotes or braces. */
final class XyzComment {
    private static final Pattern ENTRY =
            Pattern.compile("\\s*([^\\s=\"{}]+)(?:\\s*=\\s*(?:\"([^\"]*)\"|\\{([^}]*)}|([^\\s\"{}]+)))?");

    private XyzComment() {
    }

    /** Keys in lower case, since writers differ; a key without a value is true. */
    static Map<String, String> parse(String line, TextLines lines) {
        Map<String, String> keys = new HashMap<>();
        String text = line.stripTrailing();
        Matcher matcher = ENTRY.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw lines.error("must read key=value key=\"value ...\" ..., cannot read from '"
                        + text.substring(at, Math.min(text.length(), at + 30)).strip() + "' on");
            }
            String value = matcher.group(2) != null ? matcher.group(2)
                    : matcher.group(3) != null ? matcher.group(3) : matcher.group(4);
            keys.put(matcher.group(1).toLowerCase(Locale.ROOT), value == null ? "T" : value);
            at = matcher.end();
        }
        return keys;
    }
}
