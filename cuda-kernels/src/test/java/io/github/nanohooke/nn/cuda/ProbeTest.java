// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.nanohooke.nn.Backends;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library as it is shipped, in a process without the host's kernels: what it says where there is no GPU. */
class ProbeTest {
    @TempDir
    private Path cache;

    /** Prints what became of the backend. */
    static final class Explain {
        private Explain() {
        }

        public static void main(String[] words) {
            Backends.explain().stream().filter(candidate -> candidate.name().equals("cuda"))
                    .forEach(candidate -> System.out.println(candidate.available() + ": " + candidate.reason()));
        }
    }

    @Test
    void withoutAGpuItSaysWhyNot() throws IOException, InterruptedException, URISyntaxException {
        assumeFalse(Files.exists(Path.of("/dev/nvidiactl")), "this machine has a GPU");
        // The test classes without the kernels for the host.
        Path classes = Path.of(ProbeTest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        Path copy = Files.createDirectories(cache.resolve("classes/io/github/nanohooke/nn/cuda"));
        Files.copy(classes.resolve("io/github/nanohooke/nn/cuda/ProbeTest$Explain.class"),
                copy.resolve("ProbeTest$Explain.class"));
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).equals(classes) ? cache.resolve("classes").toString() : entry)
                .collect(Collectors.joining(File.pathSeparator));
        ProcessBuilder builder = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java")
                .toString(),
                "-Dorg.bytedeco.javacpp.cachedir=" + cache.resolve("javacpp"), "-cp", classPath,
                Explain.class.getName())).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().remove("LD_LIBRARY_PATH");  // without what stands in for the driver
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        assertThat(said).startsWith("false: backend cuda: no GPU can be used here: ")
                .containsAnyOf("cudaErrorInsufficientDriver", "cudaErrorNoDevice", "built without nvcc",
                        "made without nvcc");
    }
}
