// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

import io.github.nanohooke.MissingLibraryException;
import io.github.nanohooke.kernels.Providers;
import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.atoms.PlausibleAtoms;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calculators on the class path. */
public final class ElasticCalculators {
    private static final Logger LOG = LoggerFactory.getLogger(ElasticCalculators.class);

    private ElasticCalculators() {
    }

    /** Every provider on the class path, by name; one that cannot be made is logged. */
    public static List<ElasticCalculatorProvider> providers() {
        Providers<ElasticCalculatorProvider> all = Providers.of(ElasticCalculatorProvider.class);
        all.faults().forEach(fault -> LOG.warn("not used: {}", fault));
        return all.found().stream()
                .sorted(Comparator.comparing(ElasticCalculatorProvider::method))
                .toList();
    }

    /**
     * The cheapest method that can calculate these atoms here; the choice is logged with its reason.
     *
     * @throws MissingLibraryException when none can, with the reason of each
     * @throws io.github.nanohooke.structure.StructureException when no method would answer with sense
     */
    public static String choose(Atoms atoms, StaticsOptions options) {
        return choose(atoms, options, LOG::info);
    }

    /** As {@link #choose(Atoms, StaticsOptions)}, with the choice and its reason told to another one than the log. */
    static String choose(Atoms atoms, StaticsOptions options, Consumer<String> told) {
        PlausibleAtoms.require(atoms);
        List<String> passed = new ArrayList<>();
        List<ElasticCalculatorProvider> byCost = providers().stream()
                .sorted(Comparator.comparingDouble(ElasticCalculatorProvider::cost)).toList();
        for (ElasticCalculatorProvider provider : byCost) {
            Optional<String> refusal = provider.objection(options).or(() -> provider.refusal(atoms, options));
            if (refusal.isEmpty() && !provider.availability().usable()) {
                Availability found = provider.availability();
                refusal = Optional.of("not usable here: " + String.join("; ", found.rejected()) + ". "
                        + found.remedy());
            }
            if (refusal.isEmpty()) {
                told.accept("method " + provider.method() + ": " + provider.description()
                        + (passed.isEmpty() ? "" : "; passed over: " + String.join("; ", passed)));
                return provider.method();
            }
            passed.add(provider.method() + " (" + refusal.get() + ")");
        }
        throw new MissingLibraryException("no method can calculate these atoms here: " + String.join("; ", passed));
    }

    /**
     * Opens the calculator of that name; never another one in its place.
     *
     * @throws MissingLibraryException when no such method is on the class path, or its library is missing
     */
    public static ElasticCalculator open(String method) {
        return provider(method).open();
    }

    /**
     * The provider of that name.
     *
     * @throws MissingLibraryException when no such method is on the class path
     */
    public static ElasticCalculatorProvider provider(String method) {
        List<ElasticCalculatorProvider> all = providers();
        return all.stream()
                .filter(p -> p.method().equals(method))
                .findFirst()
                .orElseThrow(() -> new MissingLibraryException("no method '" + method
                        + "' on the class path; there " + (all.isEmpty() ? "is none" : "are: " + all.stream()
                                .map(ElasticCalculatorProvider::method).collect(Collectors.joining(", ")))
                        + ". The lammps method is in the artefact nanohooke-lammps."));
    }
}
