// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.gpu;

import io.github.nanohooke.MissingLibraryException;
import io.github.nanohooke.io.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** A Java runtime of the modules that a bundle's programs need, as a packed tar; no AWT, so no figures there. */
final class RuntimeImage {
    private static final String MODULES = "java.base,java.logging,java.management,jdk.management,jdk.unsupported";
    private static final String NAME = "runtime";

    private RuntimeImage() {
    }

    /** @throws MissingLibraryException when this Java has no jlink or no modules to link */
    static void write(Path file) throws IOException {
        ToolProvider jlink = ToolProvider.findFirst("jlink").filter(tool -> Files.isDirectory(
                Path.of(System.getProperty("java.home"), "jmods"))).orElseThrow(() -> new MissingLibraryException(
                "the Java in " + System.getProperty("java.home") + " cannot make runtimes (jlink, jmods): a JDK can,"
                        + " for example Debian's openjdk-17-jdk-headless; or give --no-runtime"));
        Path folder = Files.createTempDirectory("nanohooke-runtime");
        try {
            StringWriter said = new StringWriter();
            PrintWriter writer = new PrintWriter(said);
            // Not compressed by jlink, class by class: the whole packs better and is unpacked once.
            int code = jlink.run(writer, writer, "--add-modules", MODULES, "--strip-debug", "--vm=server",
                    "--no-header-files", "--no-man-pages", "--output", folder.resolve(NAME).toString());
            if (code != 0) {
                throw new MissingLibraryException("jlink failed: " + said.toString().strip());
            }
            AtomicFile.write(file, out -> pack(folder, out));
        } finally {
            BundleFolder.remove(folder);
        }
    }

    private static void pack(Path folder, OutputStream out) throws IOException {
        Process tar = new ProcessBuilder("tar", "-C", folder.toString(), "-cf", "-", NAME)
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (InputStream in = tar.getInputStream(); GZIPOutputStream packed = new GZIPOutputStream(out) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            in.transferTo(packed);
            if (tar.waitFor() != 0) {
                throw new IOException("tar ended with " + tar.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a runtime was packed", e);
        }
    }
}
