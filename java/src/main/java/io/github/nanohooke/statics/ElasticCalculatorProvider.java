// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

/** What a module registers under {@code META-INF/services} to offer one {@link ElasticCalculator}. */
public interface ElasticCalculatorProvider {

    /** The method's name, for example {@code lammps}. */
    String method();

    /** What the method does, one line for people. */
    String description();

    /** Whether the method can run here, and with which library; costs at most the loading of that library. */
    Availability availability();

    /**
     * Opens a calculator.
     *
     * @throws MissingLibraryException when the library that it needs is not to be had, with every candidate that was
     *                                 looked at, why it was rejected, and what to install
     */
    ElasticCalculator open();
}
