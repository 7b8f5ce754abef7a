// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.natives.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.kernels.KernelLibrary;
import io.github.nanohooke.natives.global.nanohooke;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is loaded is what is in the jar, whatever lies in the cache; files of one size and time stand for libraries. */
class NativeFilesTest {
    private static final String CACHE = "org.bytedeco.javacpp.cachedir";
    private static final List<String> FILES = List.of("libkernel.so", "libjni.so");

    @TempDir
    private Path folder;

    private String before;

    @BeforeEach
    void ownCache() {
        before = System.getProperty(CACHE);
        System.setProperty(CACHE, folder.resolve("cache").toString());
    }

    @AfterEach
    void cacheOfBefore() {
        if (before == null) {
            System.clearProperty(CACHE);
        } else {
            System.setProperty(CACHE, before);
        }
    }

    @Test
    void anEditOfTheSameSizeAndTimeIsWhatRuns() throws IOException {
        Path first = load(jar("first", "kernel 1", "jni 1"));
        Path edited = load(jar("edited", "kernel 2", "jni 1"));
        assertThat(first).hasContent("jni 1");
        assertThat(first.resolveSibling("libkernel.so")).hasContent("kernel 1");
        assertThat(edited.resolveSibling("libkernel.so")).hasContent("kernel 2");
        assertThat(load(jar("again", "kernel 1", "jni 1"))).isEqualTo(first);
    }

    @Test
    void aDamagedCacheIsMended() throws IOException {
        Path jar = jar("jar", "kernel", "jni");
        Path library = load(jar);
        Files.writeString(library, "jnx");
        assertThat(load(jar)).isEqualTo(library).hasContent("jni");
    }

    @Test
    void manyLoadAtOnceAndLeaveNothingElse() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Path>> calls = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                Path jar = jar("jar" + i, "kernel " + i % 2, "jni " + i % 2);
                calls.add(() -> load(jar));
            }
            for (Future<Path> call : threads.invokeAll(calls)) {
                assertThat(call.get()).exists();
            }
        } finally {
            threads.shutdown();
        }
        try (Stream<Path> files = Files.walk(folder.resolve("cache"))) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(2 * FILES.size());
        }
    }

    @Test
    void aSecondClassLoaderTakesACopyThatIsGoneAfterwards() throws IOException {
        List<String> loaded = new ArrayList<>();
        try (URLClassLoader loader = loader(jar("jar", "kernel", "jni"))) {
            NativeFiles.load(loader, "some/place", "the-artefact", path -> {
                loaded.add(path);
                if (loaded.size() == 1) {
                    throw new UnsatisfiedLinkError("Native Library " + path + " already loaded in another classloader");
                }
                assertThat(Path.of(path)).hasContent("jni");
            }, FILES);
        }
        assertThat(loaded).hasSize(2).doesNotHaveDuplicates();
        assertThat(Path.of(loaded.get(0))).exists();
        assertThat(Path.of(loaded.get(1))).doesNotExist();
    }

    @Test
    void saysWhichJarIsMissing() throws IOException {
        try (URLClassLoader empty = new URLClassLoader(new URL[0], null)) {
            assertThatThrownBy(() -> NativeFiles.load(empty, "some/place", "the-artefact", path -> { }, FILES))
                    .isInstanceOfSatisfying(NativeLibraryError.class, e -> {
                        assertThat(e).hasMessageContaining("libkernel.so").hasMessageContaining("class path");
                        assertThat(e.remedy()).contains("the-artefact").contains("classifier");
                    });
        }
    }

    @Test
    void aFolderThatCannotExecuteHasItsOwnRemedy() throws IOException {
        try (URLClassLoader loader = loader(jar("jar", "kernel", "jni"))) {
            assertThatThrownBy(() -> NativeFiles.load(loader, "some/place", "the-artefact", path -> {
                throw new UnsatisfiedLinkError(path + ": failed to map segment from shared object");
            }, FILES)).isInstanceOfSatisfying(NativeLibraryError.class, e -> {
                assertThat(e).hasMessageContaining("noexec").hasMessageContaining(folder.resolve("cache").toString());
                assertThat(e.remedy()).contains(CACHE);
            });
        }
    }

    @Test
    void aNamedCacheThatCannotBeMadeIsNotReplaced() throws IOException {
        System.setProperty(CACHE, Files.writeString(folder.resolve("file"), "in the way").resolve("cache").toString());
        assertThatThrownBy(() -> load(jar("jar", "kernel", "jni")))
                .isInstanceOfSatisfying(NativeLibraryError.class, e -> {
                    assertThat(e).hasMessageContaining(folder.resolve("file").toString());
                    assertThat(e.remedy()).contains(CACHE);
                });
    }

    @Test
    void theLibraryIsOfTheBuildOfItsClasses() {
        assertThat(KernelLibrary.failure()).isEmpty();
        assertThat(nanohooke.nh_build_id().getString()).matches("[0-9a-f]{16}");
    }

    private Path jar(String name, String kernel, String jni) throws IOException {
        Path jar = folder.resolve(name + ".jar");
        try (OutputStream out = Files.newOutputStream(jar); JarOutputStream entries = new JarOutputStream(out)) {
            for (String[] file : new String[][] {{FILES.get(0), kernel}, {FILES.get(1), jni}}) {
                JarEntry entry = new JarEntry("some/place/" + Loader.getPlatform() + "/" + file[0]);
                entry.setTime(0);
                entries.putNextEntry(entry);
                entries.write(file[1].getBytes(java.nio.charset.StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    private static URLClassLoader loader(Path jar) throws IOException {
        return new URLClassLoader(new URL[] {jar.toUri().toURL()}, null);
    }

    private static Path load(Path jar) throws IOException {
        List<String> loaded = new ArrayList<>();
        try (URLClassLoader loader = loader(jar)) {
            NativeFiles.load(loader, "some/place", "the-artefact", loaded::add, FILES);
        }
        assertThat(loaded).hasSize(1);
        return Path.of(loaded.get(0));
    }
}
