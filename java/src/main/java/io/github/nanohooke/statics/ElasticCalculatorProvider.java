// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

import io.github.nanohooke.MissingLibraryException;
import io.github.nanohooke.structure.Atoms;
import java.util.Optional;

/** What a module registers under {@code META-INF/services} to offer one {@link ElasticCalculator}. */
public interface ElasticCalculatorProvider {

    /** The method's name, for example {@code lammps}. */
    String method();

    /** What the method does, one line for people. */
    String description();

    /** Whether the method can run here, and with which library; costs at most the loading of that library. */
    Availability availability();

    /** Why this method cannot do what these options ask for, whatever the atoms; empty where it can. */
    default Optional<String> objection(StaticsOptions options) {
        return Optional.empty();
    }

    /**
     * Why this method cannot calculate these atoms with this potential; empty where it can. A method that is usable
     * and does not refuse is preferred to a slower one, see {@link #cost()}.
     */
    Optional<String> refusal(Atoms atoms, StaticsOptions options);

    /** Order of magnitude of the time for one tensor, in seconds: the choice prefers the cheapest that applies. */
    double cost();

    /** Whether it takes exact second derivatives, so that {@link StaticsOptions#strain()} changes nothing. */
    default boolean isExact() {
        return false;
    }

    /** Whether calculators of this method, each on a thread of its own, may calculate at the same time. */
    default boolean isParallel() {
        return false;
    }

    /**
     * Opens a calculator.
     *
     * @throws MissingLibraryException when the library that it needs is not to be had, with every candidate that was
     *                                 looked at, why it was rejected, and what to install
     */
    ElasticCalculator open();
}
