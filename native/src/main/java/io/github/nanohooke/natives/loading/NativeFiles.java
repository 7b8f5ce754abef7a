// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.natives.loading;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.bytedeco.javacpp.Loader;

/**
 * Native libraries out of their jar. JavaCPP's own cache takes a file of the same size and time for the same file; this
 * one is a folder for each content, so that what is loaded is what is in the jar, with any number of JVMs and builds at
 * once: files appear under their names complete or not at all, and are compared byte by byte before they are used.
 */
public final class NativeFiles {
    private static final String ALREADY_LOADED = "already loaded in another classloader";
    private static final String NO_EXECUTION = "failed to map segment";

    private NativeFiles() {
    }

    /**
     * Loads one JNI library and what lies beside it.
     *
     * @param owner  one of the library's classes, whose class loader has the files too
     * @param folder where they are: the package of the folder that is named after the platform, as a path
     * @param jar    the artefact that the files are in, for the message where they are not
     * @param load   {@code path -> System.load(path)}, written in the owner: the JVM binds a JNI library to the loader
     *               of the class that calls it
     * @param files  the names of the files; the JNI library, which finds the others in its own folder, last
     * @throws NativeLibraryError with the reason and the remedy
     */
    public static void load(Class<?> owner, String folder, String jar, Consumer<String> load, List<String> files) {
        load(owner.getClassLoader(), folder, jar, path -> JavaCppContext.run(owner, () -> load.accept(path)), files);
    }

    static synchronized void load(ClassLoader loader, String folder, String jar, Consumer<String> load,
            List<String> files) {
        Path library = unpack(loader, folder, jar, files);
        try {
            load.accept(library.toString());
        } catch (UnsatisfiedLinkError e) {
            String message = String.valueOf(e.getMessage());
            if (message.contains(ALREADY_LOADED)) {
                loadCopy(library, load);
            } else if (message.contains(NO_EXECUTION)) {
                throw new NativeLibraryError("nothing in " + library.getParent() + " can be executed (mounted noexec?)",
                        CacheFolder.REMEDY, e);
            } else {
                throw new NativeLibraryError(library.getFileName() + " cannot be loaded: " + message,
                        "It needs a Linux with glibc 2.28 or later on x86-64.", e);
            }
        }
    }

    // The JVM gives one file to one class loader only; a second loader with the same classes takes a copy.
    private static void loadCopy(Path library, Consumer<String> load) {
        try {
            Path folder = CacheFolder.find().resolve("nanohooke");
            Files.createDirectories(folder);
            Path copy = Files.createTempFile(folder, "loader-", ".so");
            try {
                Files.copy(library, copy, StandardCopyOption.REPLACE_EXISTING);
                load.accept(copy.toString());
            } finally {
                Files.delete(copy); // it stays mapped
            }
        } catch (IOException e) {
            throw CacheFolder.failure(e);
        }
    }

    private static Path unpack(ClassLoader loader, String resources, String jar, List<String> files) {
        String platform = Loader.getPlatform();
        Map<String, byte[]> contents = new LinkedHashMap<>();
        Path inPlace = null;
        for (String file : files) {
            // Not Class.getResource: on the module path the files are in a module of their own.
            URL url = loader.getResource(resources + "/" + platform + "/" + file);
            if (url == null) {
                throw new NativeLibraryError(file + " for " + platform + " is not on the class path",
                        "Put " + jar + " and its jar for this platform (classifier linux-x86_64) on the class path.",
                        null);
            }
            try {
                if (url.getProtocol().equals("file")) {
                    inPlace = Path.of(url.toURI());
                } else {
                    contents.put(file, read(url));
                }
            } catch (IOException | URISyntaxException e) {
                throw new NativeLibraryError("cannot read " + url + ": " + e.getMessage(),
                        "Is the jar damaged, or was it replaced while this program ran?", e);
            }
        }
        if (inPlace != null) { // class folders of a build
            return inPlace;
        }
        try {
            Path folder = CacheFolder.find().resolve("nanohooke").resolve(checksum(contents));
            Files.createDirectories(folder);
            for (Map.Entry<String, byte[]> file : contents.entrySet()) {
                write(folder.resolve(file.getKey()), file.getValue());
            }
            return folder.resolve(files.get(files.size() - 1));
        } catch (IOException e) {
            throw CacheFolder.failure(e);
        }
    }

    private static byte[] read(URL url) throws IOException {
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        try (InputStream in = connection.getInputStream()) {
            return in.readAllBytes();
        }
    }

    private static void write(Path file, byte[] content) throws IOException {
        if (Files.exists(file) && Files.size(file) == content.length
                && Arrays.equals(Files.readAllBytes(file), content)) {
            return;
        }
        // Not a temporary file, which only its owner may read: users may share a cache.
        Path aside = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            Files.write(aside, content, StandardOpenOption.CREATE_NEW);
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    /** Tells contents apart, and is computed in no time. Two that it does not tell apart replace each other's files. */
    private static String checksum(Map<String, byte[]> contents) {
        CRC32 checksum = new CRC32();
        long length = 0;
        for (byte[] content : contents.values()) {
            checksum.update(content);
            length += content.length;
        }
        return Long.toHexString(checksum.getValue()) + "-" + Long.toHexString(length);
    }
}
