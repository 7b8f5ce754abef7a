// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.nanohooke.io.FileWriteException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Devices, pipes and open files are written to; to rename over them would take them from the whole system. */
@Timeout(value = 1, unit = TimeUnit.MINUTES)
class DeviceReplacedTest {
    @TempDir
    private Path folder;

    private Path node(String name, int minor) throws Exception {
        Path node = folder.resolve(name);
        assumeTrue(SystemCommand.succeeds("mknod", node.toString(), "c", "1", Integer.toString(minor)),
                "cannot make a device here; needs root");
        return node;
    }

    private static Object inode(Path file) throws IOException {
        return Files.getAttribute(file, "unix:ino");
    }

    @Test
    void aDeviceStaysADevice() throws Exception {
        Path none = node("null", 3);
        Object before = inode(none);
        AtomicFile.writeText(none, "gone");
        assertThat(inode(none)).isEqualTo(before);
        assertThat(Files.isRegularFile(none)).isFalse();
        assertThat(AtomicFile.isDirect(none)).isTrue();
        assertThatThrownBy(() -> AtomicFile.writeByPath(none, path -> Files.writeString(path, "x")))
                .isInstanceOf(FileWriteException.class).hasMessageContaining("needs a file");
        assertThat(inode(none)).isEqualTo(before);
    }

    @Test
    void aFullDeviceSaysSo() throws Exception {
        Path full = node("full", 7);
        assertThatThrownBy(() -> AtomicFile.writeText(full, "lost"))
                .isInstanceOfSatisfying(FileWriteException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.DISK_FULL))
                .hasMessageContaining("cannot write " + full + ": the disk is full");
    }

    @Test
    void aNamedPipeIsWrittenInto() throws Exception {
        Path pipe = folder.resolve("pipe");
        assumeTrue(SystemCommand.succeeds("mkfifo", pipe.toString()), "named pipes need a POSIX system");
        Object before = inode(pipe);
        CompletableFuture<String> reader = CompletableFuture.supplyAsync(() -> {
            try (InputStream in = Files.newInputStream(pipe)) {
                return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        AtomicFile.writeText(pipe, "through");
        assertThat(reader.get()).isEqualTo("through");
        assertThat(inode(pipe)).isEqualTo(before);
    }

    /** As in {@code >> log} and {@code --out /dev/stdout}: what the file has stays, and it stays the same file. */
    @Test
    void anOpenFileIsAppendedTo() throws Exception {
        Path file = Files.writeString(folder.resolve("log"), "earlier;");
        Object before = inode(file);
        Path descriptors = Path.of("/proc/self/fd");
        assumeTrue(Files.isDirectory(descriptors), "needs Linux' /proc");
        try (InputStream held = Files.newInputStream(file)) {
            Path open;
            try (var all = Files.list(descriptors)) {
                open = all.filter(d -> pointsTo(d, file)).findAny().orElseThrow();
            }
            Path link = Files.createSymbolicLink(folder.resolve("link"), open);
            AtomicFile.writeText(link, "new");
            assertThat(held.readAllBytes()).asString().isEqualTo("earlier;new");
        }
        assertThat(inode(file)).isEqualTo(before);
    }

    private static boolean pointsTo(Path descriptor, Path file) {
        try {
            return Files.isSymbolicLink(descriptor) && Files.readSymbolicLink(descriptor).equals(file.toRealPath());
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
