// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps;

import io.github.nanohooke.MissingLibraryException;
import io.github.nanohooke.kernels.KernelLibrary;
import io.github.nanohooke.lammps.raw.LammpsC;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The LAMMPS shared library of this process: looked for once, at the first use, and kept until the process ends.
 *
 * <p>Order: the system property {@value #PROPERTY}, the environment variable {@value #ENVIRONMENT}, then the dynamic
 * linker's own path under the usual names. A library that the user names is used or refused, never replaced.
 */
public final class LammpsLibrary {
    /** System property that names the library file. */
    public static final String PROPERTY = "nanohooke.lammps.library";
    /** Environment variable that names the library file. */
    public static final String ENVIRONMENT = "NANOHOOKE_LAMMPS_LIBRARY";

    private static final Logger LOG = LoggerFactory.getLogger(LammpsLibrary.class);
    private static final List<String> NAMES = List.of("liblammps.so.0", "liblammps.so", "liblammps_mpi.so",
            "liblammps_serial.so");
    private static final List<String> FOLDERS = List.of("/usr/local/lib", "/usr/lib/x86_64-linux-gnu", "/usr/lib64",
            "/opt/lammps/lib");
    private static final String HOW_TO_GET = "On Debian or Ubuntu: apt-get install liblammps-dev. Or point -D"
            + PROPERTY + "=FILE or " + ENVIRONMENT + "=FILE at a liblammps.so of September 2021 or later.";

    private static Search done;
    private static LinkageError bindingsFailure;

    /**
     * One place that was looked at.
     *
     * @param file      what was handed to the dynamic linker: a path, or a bare name that it looks for by itself
     * @param source    who named it
     * @param rejection why it is not used; empty for the one in use
     */
    public record Candidate(String file, String source, Optional<String> rejection) {
        @Override
        public String toString() {
            return file + " (" + source + "): " + rejection.orElse("in use");
        }
    }

    /**
     * The outcome of looking.
     *
     * @param library    the library in use, empty when there is none
     * @param candidates everything that was looked at, in order
     */
    public record Search(Optional<LammpsLibrary> library, List<Candidate> candidates) {
        /** The candidates one by one, for people. */
        public String explain() {
            return candidates.stream().map(c -> "  " + c).collect(Collectors.joining("\n"));
        }
    }

    private final Path path;
    private final String source;
    private volatile int version;

    private LammpsLibrary(Path path, String source) {
        this.path = path;
        this.source = source;
    }

    /** Looks for LAMMPS and loads it where it is found; a found one is kept, a failed search is made again. */
    public static synchronized Search locate() {
        if (done == null || done.library().isEmpty()) {
            done = search(System.getProperty(PROPERTY), System.getenv(ENVIRONMENT));
            done.library().ifPresent(found -> LOG.info("LAMMPS: {}, found by {}, {}, {}", found.path, found.source,
                    found.hasMpi() ? "with MPI" : "without MPI", found.hasExceptions()
                            ? "throws its own exceptions" : "its errors are turned into exceptions here"));
        }
        return done;
    }

    /** @throws MissingLibraryException with every candidate, why it was rejected and how to get one */
    public static LammpsLibrary load() {
        Search search = locate();
        return search.library().orElseThrow(() -> new MissingLibraryException(
                "no usable LAMMPS library:\n" + search.explain() + "\n" + remedy()));
    }

    /** What to do where no LAMMPS can be used: to get one, or to let the bindings themselves be loaded. */
    static synchronized String remedy() {
        return bindingsFailure == null ? HOW_TO_GET : KernelLibrary.remedy(bindingsFailure);
    }

    private static Search search(String property, String environment) {
        List<Candidate> seen = new ArrayList<>();
        try {
            if (property != null && !property.isBlank()) {
                return new Search(named(property, "system property " + PROPERTY, seen), seen);
            }
            if (environment != null && !environment.isBlank()) {
                return new Search(named(environment, "environment " + ENVIRONMENT, seen), seen);
            }
            for (String name : NAMES) {
                Optional<LammpsLibrary> found = attempt(name, "system path", seen);
                if (found.isPresent()) {
                    return new Search(found, seen);
                }
            }
            for (String folder : FOLDERS) {
                for (String name : NAMES) {
                    Path file = Path.of(folder, name);
                    Optional<LammpsLibrary> found = Files.exists(file)
                            ? attempt(file.toString(), "usual folder", seen) : Optional.empty();
                    if (found.isPresent()) {
                        return new Search(found, seen);
                    }
                }
            }
        } catch (LinkageError e) {
            if (bindingsFailure == null) {
                bindingsFailure = e; // the first one has the reason; later ones only say that there was one
            }
            seen.add(new Candidate("libjninanohookelammps.so", "this jar", Optional.of("the bindings' own native"
                    + " library cannot be loaded: " + KernelLibrary.reason(bindingsFailure))));
        }
        return new Search(Optional.empty(), seen);
    }

    private static Optional<LammpsLibrary> named(String file, String source, List<Candidate> seen) {
        Path path = Path.of(file);
        if (!Files.exists(path)) {
            seen.add(new Candidate(file, source, Optional.of("no such file")));
            return Optional.empty();
        }
        if (Files.isDirectory(path)) {
            seen.add(new Candidate(file, source, Optional.of("a folder; name the library file in it")));
            return Optional.empty();
        }
        return attempt(path.toAbsolutePath().toString(), source, seen);
    }

    private static Optional<LammpsLibrary> attempt(String file, String source, List<Candidate> seen) {
        byte[] why = new byte[1024];
        if (LammpsC.nanohooke_lammps_load(file, why, why.length) != 0) {
            seen.add(new Candidate(file, source, Optional.of(text(why))));
            return Optional.empty();
        }
        Path path = Path.of(LammpsC.nanohooke_lammps_path().getString());
        seen.add(new Candidate(path.toString(), source, Optional.empty()));
        return Optional.of(new LammpsLibrary(path, source));
    }

    static String text(byte[] terminated) {
        int length = 0;
        while (length < terminated.length && terminated[length] != 0) {
            length++;
        }
        return new String(terminated, 0, length, StandardCharsets.UTF_8);
    }

    /** The library file in use. */
    public Path path() {
        return path;
    }

    /** Who named it: system property, environment, system path or usual folder. */
    public String source() {
        return source;
    }

    /** Whether this build throws exceptions by itself; where not, the bindings turn its errors into exceptions. */
    public boolean hasExceptions() {
        return LammpsC.lammps_config_has_exceptions() != 0;
    }

    /** LAMMPS tells its version through an instance only; remembered from the first one on, 0 before. */
    int knownVersion() {
        return version;
    }

    void remember(int toldVersion) {
        version = toldVersion;
    }

    public boolean hasMpi() {
        return LammpsC.lammps_config_has_mpi_support() != 0;
    }

    /** The packages that were compiled in, for example {@code MANYBODY}. */
    public List<String> packages() {
        List<String> names = new ArrayList<>();
        byte[] name = new byte[256];
        for (int i = 0; i < LammpsC.lammps_config_package_count(); i++) {
            if (LammpsC.lammps_config_package_name(i, name, name.length) != 0) {
                names.add(text(name));
            }
        }
        return names;
    }

    @Override
    public String toString() {
        return path + " (" + source + ")";
    }
}
