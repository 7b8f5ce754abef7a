// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.comparison;

import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.Relaxation;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.structure.Atoms;
import java.util.function.BiFunction;

/** A judge that does as it is told. */
public final class StandIn implements ElasticCalculator {
    private final BiFunction<Atoms, StaticsOptions, Relaxation> relax;
    private final BiFunction<Atoms, StaticsOptions, StaticsResult> calculate;

    public StandIn(BiFunction<Atoms, StaticsOptions, Relaxation> relax,
            BiFunction<Atoms, StaticsOptions, StaticsResult> calculate) {
        this.relax = relax;
        this.calculate = calculate;
    }

    @Override
    public String method() {
        return "stand-in";
    }

    @Override
    public StaticsResult calculate(Atoms start, StaticsOptions options, StaticsProgress progress) {
        return calculate.apply(start, options);
    }

    @Override
    public Relaxation relax(Atoms start, StaticsOptions options, StaticsProgress progress) {
        return relax.apply(start, options);
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
