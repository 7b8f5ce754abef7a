// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

/** Listens to a calculation. Called on the calculator's thread; a quick return keeps the calculation quick. */
@FunctionalInterface
public interface StaticsProgress {

    /** Hears nothing and never stops the calculation. */
    StaticsProgress SILENT = (stage, fraction, detail) -> true;

    /**
     * @param stage    what is being done, for people: "relax", "strain +xx", ...
     * @param fraction share of the whole calculation that is done, 0 to 1, as far as it can be known
     * @param detail   numbers for people, for example "fmax 1.2e-04 eV/Å, stress 3.0e-03 GPa"
     * @return false to stop: the calculator then throws {@link java.util.concurrent.CancellationException}
     */
    boolean report(String stage, double fraction, String detail);
}
