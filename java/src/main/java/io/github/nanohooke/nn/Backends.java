// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.nn;

import io.github.nanohooke.kernels.Providers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The backends on the class path. A backend is chosen by name and never replaced by another one; {@link #AUTO} asks for
 * the first of an order, and is told why. Which one runs, and with which library, is logged.
 */
public final class Backends {
    /** The name that asks for the first backend of {@code cuda}, {@code cpu} and {@code openblas} that runs here. */
    public static final String AUTO = "auto";

    private static final Logger LOG = LoggerFactory.getLogger(Backends.class);

    /** Never the reference: a choice that is a thousand times slower must be asked for by name. */
    private static final List<String> ORDER = List.of("cuda", "cpu", "openblas");

    /** Backends that come in artefacts of their own. */
    private static final Map<String, String> ARTEFACTS = Map.of("cuda", "nanohooke-cuda", "openblas",
            "nanohooke-openblas");

    private Backends() {
    }

    /**
     * What became of one candidate.
     *
     * @param name      the backend's name, or the words of the class path's error where it has none
     * @param available whether it runs on this machine
     * @param reason    its library and instruction sets, or why it does not run
     */
    public record Candidate(String name, boolean available, String reason) {
    }

    /**
     * Opens the backend of that name, or for {@link #AUTO} the first that runs here.
     *
     * @throws BackendUnavailableException when there is none of that name, or it cannot run here: with the cause
     */
    public static Backend open(String name) {
        return open(name, found());
    }

    /** Every candidate on the class path, tried, and what became of it: for {@code --help} and reports of faults. */
    public static List<Candidate> explain() {
        return explain(found());
    }

    static Backend open(String name, Found found) {
        return name.equals(AUTO) ? first(found) : named(name, found);
    }

    private static Backend first(Found found) {
        List<String> reasons = new ArrayList<>();
        for (String name : ORDER) {
            try {
                Backend backend = named(name, found);
                LOG.info("backend auto: {} is the first of {} that runs here{}", name, String.join(", ", ORDER),
                        reasons.isEmpty() ? "" : "; " + String.join("; ", reasons));
                return backend;
            } catch (BackendUnavailableException e) {
                reasons.add(name + " does not: " + e.getMessage());
            }
        }
        throw new BackendUnavailableException("none of the backends " + String.join(", ", ORDER) + " runs here; "
                + String.join("; ", reasons));
    }

    private static Backend named(String name, Found found) {
        for (BackendProvider provider : found.providers()) {
            if (provider.name().equals(name)) {
                Backend backend = load(provider);
                LOG.info("backend {}: {}, {}", name, backend.getClass().getName(), facts(backend));
                return backend;
            }
        }
        if (ARTEFACTS.containsKey(name)) {
            throw new BackendUnavailableException(absent(name));
        }
        throw new BackendUnavailableException("no backend '" + name + "' on the class path; there "
                + (found.providers().isEmpty() ? "is none" : "are: " + found.providers().stream()
                        .map(BackendProvider::name).collect(Collectors.joining(", ")))
                + (found.faults().isEmpty() ? "" : "; not usable: " + String.join("; ", found.faults())));
    }

    static List<Candidate> explain(Found found) {
        List<Candidate> candidates = new ArrayList<>();
        for (BackendProvider provider : found.providers()) {
            candidates.add(tried(provider));
        }
        ARTEFACTS.keySet().stream()
                .filter(name -> found.providers().stream().noneMatch(p -> p.name().equals(name)))
                .forEach(name -> candidates.add(new Candidate(name, false, absent(name))));
        candidates.sort(Comparator.comparing(Candidate::name));
        for (String fault : found.faults()) {
            candidates.add(new Candidate(fault, false, "its entry under META-INF/services cannot be used"));
        }
        return List.copyOf(candidates);
    }

    private static String facts(Backend backend) {
        return backend.library() + ", instruction sets " + String.join(" ", backend.instructionSets()) + ", devices "
                + String.join(" ", backend.devices()) + ", precisions "
                + backend.precisions().stream().map(Precision::label).collect(Collectors.joining(" "));
    }

    private static Candidate tried(BackendProvider provider) {
        try {
            Backend backend = load(provider);
            return new Candidate(provider.name(), true, facts(backend));
        } catch (BackendUnavailableException e) {
            return new Candidate(provider.name(), false, e.getMessage());
        }
    }

    private static String absent(String name) {
        return "the backend '" + name + "' is not on the class path; add the artefact " + ARTEFACTS.get(name);
    }

    private static Backend load(BackendProvider provider) {
        try {
            return provider.open();
        } catch (LinkageError e) {
            // UnsatisfiedLinkError the first time; NoClassDefFoundError whenever the same class is touched again.
            throw new BackendUnavailableException("backend '" + provider.name() + "' (" + provider.description()
                    + ") cannot load its library: " + rootMessage(e)
                    + ". Put the library's jar for this platform on the class path, or ask for another backend.", e);
        }
    }

    private static String rootMessage(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + ": " + root.getMessage();
    }

    /** Providers by name, and what ServiceLoader said of those that it could not make. */
    record Found(List<BackendProvider> providers, List<String> faults) {
    }

    private static Found found() {
        Providers<BackendProvider> all = Providers.of(BackendProvider.class);
        return new Found(all.found().stream().sorted(Comparator.comparing(BackendProvider::name)).toList(),
                all.faults());
    }
}
