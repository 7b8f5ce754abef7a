// SPDX-License-Identifier: GPL-2.0-only
package io.github.nanohooke.lammps;

import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.ElasticCalculatorProvider;

/** Offers the method {@code lammps} to {@link io.github.nanohooke.statics.ElasticCalculators}. */
public final class LammpsElasticCalculatorProvider implements ElasticCalculatorProvider {
    @Override
    public String method() {
        return LammpsElasticCalculator.METHOD;
    }

    @Override
    public String description() {
        return "LAMMPS in this process: relaxation by CG and FIRE, then stress differences with relaxed atoms";
    }

    @Override
    public ElasticCalculator open() {
        LammpsLibrary.load();
        return new LammpsElasticCalculator();
    }
}
