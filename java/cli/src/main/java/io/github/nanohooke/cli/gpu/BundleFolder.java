// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.gpu;

import io.github.nanohooke.MissingLibraryException;
import io.github.nanohooke.cli.process.BadUsageException;
import io.github.nanohooke.cli.process.OutputFolder;
import io.github.nanohooke.cli.process.Version;
import io.github.nanohooke.io.AtomicFile;
import io.github.nanohooke.surrogate.model.ModelFile;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** A bundle: {@code run.sh}, {@code torch_*.py}, {@code lib/}, {@code test-data/}, {@code version.txt}, ... */
final class BundleFolder {
    /** The programs' resources; found by name, for they live in a module above this one. */
    private static final String RESOURCES = "/io/github/nanohooke/gpu/";
    private static final List<String> SCRIPTS = List.of("run.sh", "torch_forms.py", "torch_networks.py");
    private static final List<String> LADDERS = List.of("zero", "periodic", "factor");
    private static final String VERSION = "version.txt";
    /** Progress bars and mocks that no program of a bundle uses. */
    private static final List<String> LEFT_OUT = List.of("byte-buddy-", "jline-", "progressbar-", "apiguardian-");

    /** Natives of a compression that datasets do not have; its classes are wanted all the same. */
    private static final String UNUSED_NATIVES = "net/jpountz/util/.+\\.(so|dll|dylib)";

    /** The suite reads no tables, and nothing there is a part: a reader of CSV inside JUnit, finite elements. */
    private static final String UNUSED_CLASSES = "org/junit/jupiter/params/shadow/.+|io/github/nanohooke/fem/.+";

    /** Of CUDA's presets the backend loads these alone. */
    private static final String PRESET = "org/bytedeco/cuda/linux-x86_64/libjni";
    private static final List<String> PRESETS = List.of("cudart.so", "cublas.so", "cudnn.so");
    private static final String PRESET_CLASS = "org/bytedeco/cuda/";
    private static final String NEEDED_PRESET_CLASSES = PRESET_CLASS
            + "(cudart|cublas|cudnn|presets|linux-x86_64|global/(cudart|cublas|cudnn))\\b.*";
    /** Of our tests the suite that every backend must pass goes along. */
    private static final String TESTS = "-tests.jar";
    private static final String SUITE = "io/github/nanohooke/nn/";

    private final Path folder;

    private BundleFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * A folder for a bundle; an older bundle in it is removed.
     *
     * @throws BadUsageException when there is something else in it, or it cannot be written to
     */
    static BundleFolder make(Path folder) throws IOException {
        OutputFolder.open(folder);
        if (Files.exists(folder.resolve(VERSION)) && Files.exists(folder.resolve(SCRIPTS.get(0)))) {
            for (String part : List.of("bin", "data", "lib", "models", "runtime.tgz", "test-data")) {
                remove(folder.resolve(part));
            }
        } else {
            try (Stream<Path> files = Files.list(folder)) {
                if (files.findAny().isPresent()) {
                    throw new BadUsageException("the folder " + folder + " holds something that is no bundle; give a"
                            + " new one with --out");
                }
            }
        }
        BundleFolder bundle = new BundleFolder(folder);
        bundle.scripts();
        bundle.jars();
        return bundle;
    }

    static void remove(Path path) throws IOException {
        if (Files.exists(path)) {
            try (Stream<Path> files = Files.walk(path)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void scripts() throws IOException {
        for (String script : SCRIPTS) {
            resource(script, folder.resolve(script));
            folder.resolve(script).toFile().setExecutable(true);
        }
        for (String ladder : LADDERS) {
            String name = ladder + ".safetensors";
            resource("network/" + name, folder.resolve("test-data/network").resolve(name));
        }
        AtomicFile.writeText(folder.resolve(VERSION), "nanohooke " + Version.full() + System.lineSeparator());
    }

    private static void resource(String name, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        try (InputStream in = BundleFolder.class.getResourceAsStream(RESOURCES + name)) {
            if (in == null) {
                throw new MissingLibraryException("what a bundle is made of is not on the class path; start it with"
                        + " './nanohooke gpu-bundle', or add the artefact nanohooke-gpu");
            }
            Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void jars() throws IOException {
        Path lib = Files.createDirectories(folder.resolve("lib"));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path jar = Path.of(entry);
            String name = jar.getFileName().toString();
            if (!name.endsWith(".jar")) {
                throw new BadUsageException("a bundle is made of jars, and the class path has " + jar
                        + "; start it with './nanohooke gpu-bundle'");
            }
            if (LEFT_OUT.stream().noneMatch(name::startsWith)) {
                copyNeeded(jar, lib.resolve(name));
            }
        }
    }

    /** Models stay at home: no program of a bundle asks for one. */
    private static boolean isNeeded(String entry) {
        return !entry.endsWith(".safetensors") && !entry.matches(UNUSED_NATIVES) && !entry.matches(UNUSED_CLASSES)
                && (!entry.startsWith(PRESET) || PRESETS.contains(entry.substring(PRESET.length())))
                && (!entry.startsWith(PRESET_CLASS) || entry.matches(NEEDED_PRESET_CLASSES));
    }

    private static void copyNeeded(Path from, Path to) throws IOException {
        boolean tests = from.getFileName().toString().startsWith("nanohooke") && from.toString().endsWith(TESTS);
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(from));
                OutputStream file = Files.newOutputStream(to);
                ZipOutputStream out = new ZipOutputStream(file)) {
            out.setLevel(9);
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (isNeeded(entry.getName()) && (!tests || entry.getName().startsWith(SUITE))) {
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    in.transferTo(out);
                    out.closeEntry();
                }
            }
        }
    }

    Path path() {
        return folder;
    }

    Path runtime() {
        return folder.resolve("runtime.tgz");
    }

    /** Where the training files go; {@code run.sh} looks for them there. */
    Path trainingFiles() throws IOException {
        return Files.createDirectories(folder.resolve("data"));
    }

    /** Takes a model in under its file's name, to begin a training with: in half precision, which is half its size. */
    void model(Path file) throws IOException {
        Path to = Files.createDirectories(folder.resolve("models")).resolve(file.getFileName());
        if (Files.exists(to)) {
            throw new BadUsageException("there are two models called " + file.getFileName() + "; rename one");
        }
        ModelFile.read(file).write(to, ModelFile.Precision.HALF);
    }

    /** Takes a program in, under {@code bin}, packed: its kernels for several architectures are alike. */
    void program(Path file) throws IOException {
        Path to = Files.createDirectories(folder.resolve("bin")).resolve(file.getFileName() + ".gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(to))) {
            Files.copy(file, out);
        }
    }

    /** Bytes of all files below a name; 0 where there is none. */
    long bytes(String name) throws IOException {
        Path root = folder.resolve(name);
        if (!Files.exists(root)) {
            return 0;
        }
        long sum = 0;
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sum += Files.isSymbolicLink(file) ? 0 : Files.size(file);
            }
        }
        return sum;
    }
}
