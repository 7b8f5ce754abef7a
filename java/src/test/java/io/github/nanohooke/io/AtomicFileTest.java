// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.nanohooke.io.FileWriteException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    private Path folder;

    @Test
    void aFileAppearsWholeAndReplacesAnEarlierOne() throws IOException {
        Path file = folder.resolve("out.txt");
        AtomicFile.writeText(file, out -> out.append("first, longer"));
        AtomicFile.writeText(file, out -> {
            out.append("Å");
            assertThat(file).as("until it is whole the earlier one stands").hasContent("first, longer");
        });
        assertThat(file).hasContent("Å");
        assertOnly("out.txt");
    }

    @Test
    void afterAFullDiskTheEarlierFileStands() throws IOException {
        Path file = folder.resolve("out.txt");
        Files.writeString(file, "earlier");
        assertThatThrownBy(() -> AtomicFile.writeText(file, out -> {
            out.append("half");
            throw new IOException("No space left on device");
        })).isInstanceOfSatisfying(FileWriteException.class, e -> assertThat(e.isDiskFull()).isTrue())
                .hasMessage("cannot write " + file + ": the disk is full (No space left on device); free some room,"
                        + " or write to another place");
        assertThat(file).hasContent("earlier");
        assertOnly("out.txt");
    }

    @Test
    void aFailingDeviceIsNoFullDisk() {
        assertThatThrownBy(() -> AtomicFile.writeText(folder.resolve("out.txt"), out -> {
            throw new IOException("Input/output error");
        })).isInstanceOfSatisfying(FileWriteException.class,
                e -> assertThat(e.reason()).isEqualTo(Reason.DEVICE))
                .hasMessage("cannot write " + folder.resolve("out.txt") + ": Input/output error");
    }

    @Test
    void ofManyThatBeginAFileOneWrites() throws IOException {
        Path file = folder.resolve("new.txt");
        AtomicInteger written = new AtomicInteger();
        IntStream.range(0, 32).parallel().forEach(i -> {
            if (AtomicFile.writeNewText(file, "by " + i)) {
                written.addAndGet(1 + i);
            }
        });
        assertThat(file).hasContent("by " + (written.get() - 1));
        assertThat(AtomicFile.writeNewText(file, "later")).isFalse();
        assertOnly("new.txt");
        assertThatThrownBy(() -> AtomicFile.writeNewText(folder.resolve("nosuch/new.txt"), "x"))
                .isInstanceOf(FileWriteException.class).hasMessageContaining("nosuch");
    }

    /** A process in a container often has the number that a killed one had before it. */
    @Test
    void leftoversOfAKilledRunAreInNobodysWay() throws IOException {
        Path file = folder.resolve("out.txt");
        AtomicFile.writeByPath(file, aside -> {
            Files.writeString(aside, "inner");
            Files.copy(aside, folder.resolve(aside.getFileName() + ".kept"));
        });
        String left;
        try (var files = Files.list(folder)) {
            left = files.map(f -> f.getFileName().toString()).filter(n -> n.endsWith(".kept")).findAny().orElseThrow();
        }
        assertThat(left).startsWith(".out.txt.").endsWith(".part.kept");
        Path leftover = folder.resolve(left.replace(".kept", ""));
        Files.move(folder.resolve(left), leftover);
        AtomicFile.writeText(file, "again");
        AtomicFile.writeByPath(file, aside -> {
            assertThat(aside).doesNotExist().isNotEqualTo(leftover);
            Files.writeString(aside, "by path");
        });
        assertThat(file).hasContent("by path");
    }

    @Test
    void onlyWhatKilledWritersOfTheSameFileLeftADayAgoIsDeleted() throws IOException {
        for (boolean begun : new boolean[] {false, true}) {
            Path file = folder.resolve(begun ? "new.txt" : "out.txt");
            Path stale = leftover("." + file.getFileName() + "." + UUID.randomUUID() + ".part", 25);
            List<Path> kept = List.of(
                    leftover("." + file.getFileName() + "." + UUID.randomUUID() + ".part", 23),
                    leftover(".other.txt." + UUID.randomUUID() + ".part", 1000),
                    leftover("." + file.getFileName() + ".mine.part", 1000),
                    leftover(file.getFileName() + "." + UUID.randomUUID() + ".part", 1000),
                    leftover(".x" + file.getFileName() + "." + UUID.randomUUID() + ".part", 1000),
                    leftover("." + file.getFileName() + "." + UUID.randomUUID() + ".part.kept", 1000));
            Path sub = Files.createDirectory(folder.resolve("." + file.getFileName() + "." + UUID.randomUUID()
                    + ".part"));
            age(sub, 1000);
            if (begun) {
                assertThat(AtomicFile.writeNewText(file, "x")).isTrue();
            } else {
                AtomicFile.writeText(file, "x");
            }
            assertThat(stale).doesNotExist();
            assertThat(kept).allSatisfy(path -> assertThat(path).exists());
            assertThat(sub).isDirectory();
        }
        Path stale = leftover(".new.txt." + UUID.randomUUID() + ".part", 25);
        assertThat(AtomicFile.writeNewText(folder.resolve("new.txt"), "later")).isFalse();
        assertThat(stale).doesNotExist();
        assertThat(folder.resolve("new.txt")).hasContent("x");
    }

    /** A clock that is wrong by years must not make a living writer's file look old: only the folder's clock counts. */
    @Test
    void agesAreToldByTheFilesAlone() throws IOException {
        Path file = folder.resolve("out.txt");
        Path living = folder.resolve(".out.txt." + UUID.randomUUID() + ".part");
        AtomicFile.writeByPath(file, aside -> {
            Files.writeString(aside, "x");
            Files.writeString(living, "half");
            age(aside, 24 * 365 * 5);
            age(living, 24 * 365 * 5);
        });
        assertThat(living).exists();
    }

    private Path leftover(String name, int hours) throws IOException {
        Path path = Files.writeString(folder.resolve(name), "half");
        age(path, hours);
        return path;
    }

    private static void age(Path path, int hours) throws IOException {
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().minus(Duration.ofHours(hours))));
    }

    @Test
    void aFileThatReplacesAnOlderOneKeepsItsPermissions() throws IOException {
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"), "no permissions here");
        Path file = folder.resolve("out.txt");
        AtomicFile.writeText(file, "new");
        assertThat(Files.getPosixFilePermissions(file)).as("those of any new file")
                .isEqualTo(Files.getPosixFilePermissions(Files.writeString(folder.resolve("plain"), "")));
        for (String mode : List.of("rw-------", "r--r--r--", "rwxrwxrwx", "rw-rw----")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
            AtomicFile.writeText(file, out -> {
                out.append("again");
                try (var parts = Files.list(folder)) {
                    Path aside = parts.filter(p -> p.toString().endsWith(".part")).findAny().orElseThrow();
                    Set<PosixFilePermission> meanwhile = Files.getPosixFilePermissions(aside);
                    meanwhile.remove(PosixFilePermission.OWNER_WRITE);
                    assertThat(PosixFilePermissions.fromString(mode)).containsAll(meanwhile);
                }
            });
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo(mode);
            AtomicFile.writeByPath(file, aside -> Files.writeString(aside, "by path"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo(mode);
            assertThat(file).hasContent("by path");
        }
    }

    @Test
    void theLongestNameIsWritten() {
        Path file = folder.resolve("ö".repeat(127)); // 254 bytes
        AtomicFile.writeText(file, "x");
        assertThat(file).hasContent("x");
    }

    @Test
    void aFailureOfTheWriterItselfLeavesNothingBehind() throws IOException {
        Path file = folder.resolve("out.txt");
        assertThatThrownBy(() -> AtomicFile.write(file, out -> {
            throw new IllegalStateException("mine");
        })).isInstanceOf(IllegalStateException.class).hasMessage("mine");
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void theReasonIsNamed() throws IOException {
        Path missing = folder.resolve("none/out.txt");
        assertThatThrownBy(() -> AtomicFile.writeText(missing, out -> out.append("x")))
                .isInstanceOfSatisfying(FileWriteException.class, e -> assertThat(e.reason()).isEqualTo(Reason.PLACE))
                .hasMessageContaining("cannot write " + missing)
                .hasMessageContaining("the folder " + folder.resolve("none") + " does not exist");
        assertThatThrownBy(() -> AtomicFile.writeText(folder, out -> out.append("x")))
                .hasMessage("cannot write " + folder + ": it is a folder");
        Path plain = Files.writeString(folder.resolve("plain"), "");
        assertThatThrownBy(() -> AtomicFile.writeText(plain.resolve("out.txt"), out -> out.append("x")))
                .isInstanceOf(FileWriteException.class).hasMessageContaining("plain");
    }

    @Test
    void aLinkStaysALink() throws IOException {
        Path real = Files.writeString(folder.resolve("real"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), real.getFileName());
        AtomicFile.writeText(link, out -> out.append("new"));
        assertThat(real).hasContent("new");
        assertThat(Files.isSymbolicLink(link)).isTrue();
    }

    @Test
    void aLinkToAFileThatIsNotThereMakesItThere() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("real"));
        AtomicFile.writeText(link, "new");
        assertThat(folder.resolve("real")).hasContent("new");
        assertThat(Files.isSymbolicLink(link)).isTrue();
        Files.createSymbolicLink(folder.resolve("a"), Path.of("b"));
        Files.createSymbolicLink(folder.resolve("b"), Path.of("a"));
        assertThatThrownBy(() -> AtomicFile.writeText(folder.resolve("a"), "x"))
                .isInstanceOf(FileWriteException.class);
    }

    private void assertOnly(String name) throws IOException {
        try (var files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString())).containsExactly(name);
        }
    }

    /** File systems without any room of their own are not full. */
    @Test
    void aPlaceThatTakesNoFilesIsNoFullDisk() {
        assumeThat(Path.of("/proc/self")).isDirectory();
        assertThatThrownBy(() -> AtomicFile.writeText(Path.of("/proc/self/nanohooke.csv"), "text"))
                .isInstanceOfSatisfying(FileWriteException.class, e -> assertThat(e.isDiskFull()).isFalse());
    }
}
