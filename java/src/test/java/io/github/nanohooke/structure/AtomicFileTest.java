// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        })).isInstanceOf(UncheckedIOException.class)
                .hasMessage("cannot write " + file + ": No space left on device");
        assertThat(file).hasContent("earlier");
        assertOnly("out.txt");
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
                .isInstanceOf(UncheckedIOException.class).hasMessageContaining("cannot write " + missing)
                .hasMessageContaining("the folder " + folder.resolve("none") + " does not exist");
        assertThatThrownBy(() -> AtomicFile.writeText(folder, out -> out.append("x")))
                .hasMessage("cannot write " + folder + ": it is a folder");
        Path plain = Files.writeString(folder.resolve("plain"), "");
        assertThatThrownBy(() -> AtomicFile.writeText(plain.resolve("out.txt"), out -> out.append("x")))
                .isInstanceOf(UncheckedIOException.class).hasMessageContaining("plain");
    }

    @Test
    void aLinkStaysALink() throws IOException {
        Path real = Files.writeString(folder.resolve("real"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), real.getFileName());
        AtomicFile.writeText(link, out -> out.append("new"));
        assertThat(real).hasContent("new");
        assertThat(Files.isSymbolicLink(link)).isTrue();
    }

    private void assertOnly(String name) throws IOException {
        try (var files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString())).containsExactly(name);
        }
    }
}
