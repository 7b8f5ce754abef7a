// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

class TextLinesTest {

    /** Java's own reader of lines is the reference, whatever ends them, and whatever was looked at before. */
    @Property(tries = 300)
    void linesAreThoseOfJavasReader(@ForAll @StringLength(max = 60) @Chars({'a', '\n', '\r', '\u00e4', '\u20ac'})
            @CharRange(from = '1', to = '3') String text, @ForAll @IntRange(max = 5) int ahead) throws IOException {
        List<String> expected = new BufferedReader(new StringReader(text)).lines().toList();
        Path file = Files.createTempFile("lines", ".txt");
        try {
            Files.writeString(file, text);
            List<String> lines = new ArrayList<>();
            try (TextLines reader = TextLines.open(file)) {
                assertThat(reader.peek(ahead)).isEqualTo(expected.subList(0, Math.min(ahead, expected.size())));
                for (String line = reader.next(); line != null; line = reader.next()) {
                    lines.add(line);
                    assertThat(reader.error("x")).hasMessage(file + ": line " + lines.size() + ": x");
                }
            }
            assertThat(lines).isEqualTo(expected);
        } finally {
            Files.delete(file);
        }
    }
}
