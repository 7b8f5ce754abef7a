// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.jmh.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvenanceTest {
    @TempDir
    Path folder;

    @Test
    void timesTellVersionProcessorAndJava() {
        assertThat(Provenance.line()).startsWith("nanohooke ").contains(" threads; ",
                System.getProperty("java.version"));
    }

    @Test
    void theModelIsTheKernelsWord() throws IOException {
        Path file = Files.writeString(folder.resolve("cpuinfo"), "processor\t: 0\nmodel name\t: One of 3 GHz: A\n\n"
                + "model name\t: another\n");
        assertThat(Provenance.processor(file)).isEqualTo("One of 3 GHz: A");
        assertThat(Provenance.processor(folder.resolve("none"))).contains("unknown");
    }
}
