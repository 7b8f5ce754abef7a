// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

/** Offers {@link HessianElasticCalculator}. */
public final class HessianCalculatorProvider implements ElasticCalculatorProvider {

    @Override
    public String method() {
        return HessianElasticCalculator.METHOD;
    }

    @Override
    public String description() {
        return "exact second derivatives of eam/alloy potentials, one element; certified for one cell along z";
    }

    @Override
    public Availability availability() {
        return NativeKernels.availability();
    }

    @Override
    public ElasticCalculator open() {
        return new HessianElasticCalculator();
    }
}
