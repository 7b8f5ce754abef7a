// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of lines on file systems that have no locks or no room. */
class CheckedLinesTest {
    @TempDir
    private Path folder;

    private static List<String> values(CheckedLines lines) throws IOException {
        return lines.read().stream().map(line -> line.value(String.class)).flatMap(Optional::stream).toList();
    }

    @Test
    void aFileSystemWithoutLocksIsWrittenAllTheSame() throws IOException {
        Path file = folder.resolve("lines");
        try (CheckedLines lines = CheckedLines.open(file, new FaultyChannel(file).withoutLocks()).orElseThrow()) {
            assertThat(values(lines)).isEmpty();
            lines.append("one");
            lines.append("two Å");
            assertThat(values(lines)).containsExactly("one", "two Å");
        }
    }

    @Test
    void oneThatIsLockedElsewhereIsNotOpened() throws IOException {
        Path file = folder.resolve("lines");
        FaultyChannel channel = new FaultyChannel(file).withForeignLock();
        assertThat(CheckedLines.open(file, channel)).isEmpty();
        assertThat(channel.isOpen()).isFalse();
        try (CheckedLines first = CheckedLines.open(file).orElseThrow()) {
            assertThat(first.read()).isEmpty();
            assertThat(CheckedLines.open(file)).isEmpty();
        }
    }

    /** A part of a line that a full disk left would swallow the next one. */
    @Test
    void aWriteThatFailsLeavesTheFileAsItWas() throws IOException {
        Path file = folder.resolve("lines");
        FaultyChannel channel = new FaultyChannel(file);
        try (CheckedLines lines = CheckedLines.open(file, channel).orElseThrow()) {
            lines.append("one");
            byte[] before = Files.readAllBytes(file);
            channel.withRoomFor(5);
            assertThatThrownBy(() -> lines.append("two")).isInstanceOf(IOException.class)
                    .hasMessageContaining(file.toString()).hasMessageContaining("No space left");
            assertThat(Files.readAllBytes(file)).isEqualTo(before);
            channel.withRoomFor(Integer.MAX_VALUE);
            lines.append("three");
            assertThat(values(lines)).containsExactly("one", "three");
        }
    }

    @Test
    void readingAloneChangesNothing() throws IOException {
        Path file = folder.resolve("lines");
        Files.writeString(file, "no line end");
        try (CheckedLines lines = CheckedLines.open(file).orElseThrow()) {
            assertThat(lines.read()).isEmpty();
        }
        assertThat(file).hasContent("no line end");
    }
}
