// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of lines on file systems that have no locks or no room. */
class CheckedLinesTest {
    @TempDir
    private Path folder;

    private static List<String> values(CheckedLines lines) throws IOException {
        List<String> values = new ArrayList<>();
        lines.read(line -> line.value(String.class).ifPresent(values::add));
        return values;
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
            assertThat(values(first)).isEmpty();
            assertThat(CheckedLines.open(file)).isEmpty();
        }
    }

    static final class OtherProcess {
        private OtherProcess() {
        }

        public static void main(String[] args) throws IOException {
            System.exit(CheckedLines.open(Path.of(args[0])).isPresent() ? 1 : 0);
        }
    }

    /** A system frees a file's lock where any channel of it is closed. */
    @Test
    void readersInTheSameProcessLeaveTheLock() throws IOException, InterruptedException {
        Path file = folder.resolve("lines");
        try (CheckedLines held = CheckedLines.open(file).orElseThrow()) {
            held.append("one");
            assertThat(CheckedLines.open(folder.resolve("../" + folder.getFileName() + "/lines"))).isEmpty();
            try (CheckedLines reader = CheckedLines.readOnly(file)) {
                assertThat(values(reader)).containsExactly("one");
            }
            held.append("two");
            Process other = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp", System.getProperty("java.class.path"), OtherProcess.class.getName(), file.toString())
                    .inheritIO().start();
            assertThat(other.waitFor()).isZero();
        }
        try (CheckedLines again = CheckedLines.open(file).orElseThrow()) {
            assertThat(values(again)).containsExactly("one", "two");
            again.clear();
            again.append("three");
            assertThat(values(again)).containsExactly("three");
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
            assertThat(values(lines)).isEmpty();
        }
        assertThat(file).hasContent("no line end");
    }

    /** Beyond what an array holds: a hole of two gigabytes, which takes no room on disk, and a line on either side. */
    @Test
    void aFileOfMoreThanTwoGigabytesIsReadAndGoesOn() throws IOException {
        Path file = folder.resolve("lines");
        long hole = (1L << 31) + 12_345;
        try (CheckedLines lines = CheckedLines.open(file).orElseThrow()) {
            assertThat(values(lines)).isEmpty();
            lines.append("one");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(("\n" + CheckedLine.write("two") + "\n").getBytes(UTF_8)), hole);
        }
        try (CheckedLines lines = CheckedLines.open(file).orElseThrow()) {
            assertThat(values(lines)).containsExactly("one", "two");
            lines.append("three");
        }
        byte[] last = ("\n" + CheckedLine.write("two") + "\n" + CheckedLine.write("three") + "\n").getBytes(UTF_8);
        assertThat(file).hasSize(hole + last.length);
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer end = ByteBuffer.allocate(last.length);
            channel.read(end, hole);
            assertThat(end.array()).isEqualTo(last);
        }
    }

    /** Lines that lie across the borders of what is read at a time. */
    @Test
    void linesOfAnyLengthComeBack() throws IOException {
        Path file = folder.resolve("lines");
        List<String> written = new ArrayList<>();
        try (CheckedLines lines = CheckedLines.open(file).orElseThrow()) {
            assertThat(values(lines)).isEmpty();
            for (int length : new int[] {0, 1, 700_000, 400_000, (1 << 20) - 11, 3 << 20, 5}) {
                written.add("Å".repeat(length));
                lines.append(written.get(written.size() - 1));
            }
            assertThat(values(lines)).isEqualTo(written);
        }
    }
}
