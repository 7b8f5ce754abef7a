// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.hessian;

import io.github.nanohooke.statics.Availability;
import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.ElasticCalculatorProvider;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.structure.Atoms;
import java.util.Optional;

/**
 * Offers {@link HessianElasticCalculator} without factors of the second derivatives, whatever the size. The method
 * {@code hessian} takes that way by itself where factors would need much memory.
 */
public final class IterativeCalculatorProvider implements ElasticCalculatorProvider {
    static final String METHOD = "iterative";

    @Override
    public String method() {
        return METHOD;
    }

    @Override
    public String description() {
        return "as hessian, with equations solved by iterations from the start: a few kB an atom, up to a million";
    }

    @Override
    public Availability availability() {
        return NativeKernels.availability();
    }

    @Override
    public Optional<String> objection(StaticsOptions options) {
        return HessianElasticCalculator.objection(options);
    }

    @Override
    public Optional<String> refusal(Atoms atoms, StaticsOptions options) {
        return EamHandle.refusal(atoms, options.potential())
                .or(() -> KernelMemory.shortage(atoms, options.periods(), Solver.ITERATIVE));
    }

    @Override
    public double cost() {
        return 1;
    }

    @Override
    public boolean isExact() {
        return true;
    }

    @Override
    public boolean isParallel() {
        return true;
    }

    @Override
    public ElasticCalculator open() {
        return new HessianElasticCalculator(METHOD, Solver.ITERATIVE);
    }
}
