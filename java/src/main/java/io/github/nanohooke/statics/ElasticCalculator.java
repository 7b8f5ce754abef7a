// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

import io.github.nanohooke.structure.Atoms;

/**
 * Relaxes atoms to zero force and zero stress and measures the elastic tensor of the minimum (paper, section 2).
 *
 * <p>Implementations are found by {@link ElasticCalculators}. An instance belongs to one thread, may be used for many
 * structures in turn, and holds native memory until it is closed.
 */
public interface ElasticCalculator extends AutoCloseable {

    /** The name under which users ask for this route, for example {@code lammps}. */
    String method();

    /**
     * One tensor. Started from atoms that another calculator relaxed, it measures the tensor of that minimum, which is
     * how two routes are compared.
     *
     * @param start    atoms to relax; the result is in the axes of their cell, and relaxation a pure stretch of it
     * @param options  potential, tolerances, strain
     * @param progress told where the calculation is, and asked whether it should go on
     * @return the result, also when the structure is unstable or did not converge: see {@link StaticsResult#outcome()}
     * @throws StaticsException when the calculation could not be carried out at all (bad potential, library error)
     * @throws java.util.concurrent.CancellationException when {@code progress} asked to stop
     */
    StaticsResult calculate(Atoms start, StaticsOptions options, StaticsProgress progress);

    /**
     * The relaxation of {@link #calculate} alone: for the price of the descent, the minimum that it would measure.
     * Atoms are taken as they are given, a stack of equal cells included.
     *
     * @param start    atoms to relax
     * @param options  potential, tolerances, minimiser
     * @param progress told where the relaxation is, and asked whether it should go on
     * @return where it ended, also when it did not converge: see {@link Relaxation#converged()}
     * @throws StaticsException when the relaxation could not be carried out at all
     * @throws java.util.concurrent.CancellationException when {@code progress} asked to stop
     */
    Relaxation relax(Atoms start, StaticsOptions options, StaticsProgress progress);

    /** Frees what the calculator holds. Closing twice does nothing. */
    @Override
    void close();
}
