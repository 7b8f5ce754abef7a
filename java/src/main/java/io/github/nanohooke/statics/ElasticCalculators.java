// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The calculators on the class path. */
public final class ElasticCalculators {
    private ElasticCalculators() {
    }

    /** Every provider on the class path, by name. */
    public static List<ElasticCalculatorProvider> providers() {
        return ServiceLoader.load(ElasticCalculatorProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(ElasticCalculatorProvider::method))
                .toList();
    }

    /**
     * Opens the calculator of that name; never another one in its place.
     *
     * @throws MissingLibraryException when no such method is on the class path, or its library is missing
     */
    public static ElasticCalculator open(String method) {
        List<ElasticCalculatorProvider> all = providers();
        return all.stream()
                .filter(p -> p.method().equals(method))
                .findFirst()
                .orElseThrow(() -> new MissingLibraryException("no method '" + method
                        + "' on the class path; there " + (all.isEmpty() ? "is none" : "are: " + all.stream()
                                .map(ElasticCalculatorProvider::method).collect(Collectors.joining(", ")))
                        + ". The lammps method is in the artefact nanohooke-lammps."))
                .open();
    }
}
