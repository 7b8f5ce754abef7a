// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.jmh.harness;

import io.github.nanohooke.cli.process.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a measured time belongs to: a commit, a processor, a Java. */
public final class Provenance {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    private static final String UNKNOWN = "processor of unknown model";

    private Provenance() {
    }

    /** One line, which stands above every table of times. */
    public static String line() {
        return "nanohooke " + Version.full() + "; " + processor(PROCESSORS) + ", "
                + Runtime.getRuntime().availableProcessors() + " threads; " + System.getProperty("java.vm.name") + " "
                + System.getProperty("java.version") + "; " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch");
    }

    static String processor(Path file) {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith("model name")).findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip()).orElse(UNKNOWN);
        } catch (IOException notLinux) {
            return UNKNOWN;
        }
    }
}
