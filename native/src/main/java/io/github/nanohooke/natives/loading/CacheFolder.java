// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.natives.loading;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** JavaCPP's cache: the folder that the user names, else the first usable one of its usual two. */
final class CacheFolder {
    private static final String PROPERTY = "org.bytedeco.javacpp.cachedir";
    static final String REMEDY = "Set -D" + PROPERTY + "=FOLDER (for the command line: NANOHOOKE_JAVA_OPTS=-D"
            + PROPERTY + "=FOLDER) to a folder on a local disk with 20 MB of room that you may write and that is not"
            + " mounted noexec.";

    private CacheFolder() {
    }

    static Path find() throws IOException {
        String named = System.getProperty(PROPERTY);
        List<Path> candidates = named != null ? List.of(Path.of(named)) : List.of(
                Path.of(System.getProperty("user.home"), ".javacpp", "cache"),
                Path.of(System.getProperty("java.io.tmpdir"), ".javacpp-" + System.getProperty("user.name"), "cache"));
        List<String> rejected = new ArrayList<>();
        for (Path folder : candidates) {
            try {
                Files.createDirectories(folder);
                if (Files.isWritable(folder)) {
                    return folder.toRealPath();
                }
                rejected.add(folder + " cannot be written");
            } catch (IOException e) {
                rejected.add(folder + " cannot be made (" + words(e) + ")");
            }
        }
        throw new IOException(String.join("; ", rejected));
    }

    static NativeLibraryError failure(IOException e) {
        return new NativeLibraryError("the native libraries cannot be unpacked: " + words(e), REMEDY, e);
    }

    private static String words(IOException e) {
        if (e instanceof FileSystemException && ((FileSystemException) e).getReason() == null) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
        return e.getMessage();
    }
}
