// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.cli.predict;

import io.github.nanohooke.statics.Availability;
import io.github.nanohooke.statics.ElasticCalculator;
import io.github.nanohooke.statics.ElasticCalculatorProvider;
import io.github.nanohooke.statics.Relaxation;
import io.github.nanohooke.statics.StaticsOptions;
import io.github.nanohooke.statics.StaticsProgress;
import io.github.nanohooke.statics.StaticsResult;
import io.github.nanohooke.structure.Atoms;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** The method {@code scripted}: the cheapest of all while a test has given it a script, refusing everything else. */
public final class ScriptedCalculatorProvider implements ElasticCalculatorProvider {
    private static volatile BiFunction<Atoms, StaticsProgress, StaticsResult> script;

    /** @param next makes a result of atoms, or throws; null to refuse again */
    static void script(BiFunction<Atoms, StaticsProgress, StaticsResult> next) {
        script = next;
    }

    @Override
    public String method() {
        return "scripted";
    }

    @Override
    public String description() {
        return "what a test says";
    }

    @Override
    public Availability availability() {
        return new Availability(true, Map.of(), List.of(), "");
    }

    @Override
    public Optional<String> refusal(Atoms atoms, StaticsOptions options) {
        return script == null ? Optional.of("no test has given it a script") : Optional.empty();
    }

    @Override
    public double cost() {
        return 0;
    }

    @Override
    public ElasticCalculator open() {
        return new Calculator();
    }

    private static final class Calculator implements ElasticCalculator {
        @Override
        public String method() {
            return "scripted";
        }

        @Override
        public StaticsResult calculate(Atoms start, StaticsOptions options, StaticsProgress progress) {
            return script.apply(start, progress);
        }

        @Override
        public Relaxation relax(Atoms start, StaticsOptions options, StaticsProgress progress) {
            StaticsResult result = calculate(start, options, progress);
            return new Relaxation(result.relaxed(), result.converged(), result.energy(), result.maxForce(),
                    result.residualStress(), result.evaluations(), result.seconds(), result.cpuSeconds());
        }

        @Override
        public void close() {
            // It holds nothing.
        }
    }
}
