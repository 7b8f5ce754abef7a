// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics.hessian;

import io.github.nanohooke.statics.Availability;
import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.ElasticCalculatorProvider;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.structure.Atoms;
import java.util.Optional;

/** Offers {@link HessianElasticCalculator}. */
public final class HessianCalculatorProvider implements ElasticCalculatorProvider {

    @Override
    public String method() {
        return HessianElasticCalculator.METHOD;
    }

    @Override
    public String description() {
        return "exact second derivatives of embedded-atom potentials, one element; certified for one cell along z";
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
                .or(() -> KernelMemory.shortage(atoms, options.periods(), null));
    }

    @Override
    public double cost() {
        return 0.2;
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
        return new HessianElasticCalculator();
    }
}
