// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.function.ObjIntConsumer;

/**
 * Molecular statics of many structures, on all cores: a calculation has one thread, and structures know nothing of each
 * other. The log has each choice of a method once.
 */
public final class StaticsTensors implements TensorSource {
    private final StaticsOptions options = StaticsOptions.defaults();
    private final StaticsPool pool;

    /** On all cores that the JVM sees. */
    public StaticsTensors() {
        this(Runtime.getRuntime().availableProcessors());
    }

    /** @param threads that calculate at a time; what is too large for that, or for its library, is calculated alone */
    public StaticsTensors(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("statics needs one thread or more, got " + threads);
        }
        pool = new StaticsPool(options, threads);
    }

    /**
     * One structure.
     *
     * @throws NoTensorException when it is unstable or does not relax
     */
    public StaticsResult calculate(Atoms atoms) {
        return pool.one(atoms, StaticsProgress.SILENT).required();
    }

    /**
     * Many structures.
     *
     * @param atoms  of each, asked on the thread that needs them
     * @param goesOn asked several times a second; false stops
     * @param told   hears of each on the caller's thread, in no particular order
     * @throws CancellationException when {@code goesOn} says no; calculations in hand are given up
     * @throws io.github.nanohooke.NanohookeException when the machine is at fault, and not a structure
     */
    public void calculate(int count, IntFunction<Atoms> atoms, BooleanSupplier goesOn,
            ObjIntConsumer<StaticsAnswer> told) {
        pool.all(count, atoms, new StaticsPool.Listener() {
            @Override
            public void done(int index, StaticsAnswer answer) {
                told.accept(answer, index);
            }

            @Override
            public boolean goesOn() {
                return goesOn.getAsBoolean();
            }
        });
    }

    /** Of all structures, in their order. */
    public List<StaticsAnswer> answers(List<Atoms> structures) {
        StaticsAnswer[] answers = new StaticsAnswer[structures.size()];
        calculate(structures.size(), structures::get, () -> true, (answer, k) -> answers[k] = answer);
        return Arrays.asList(answers);
    }

    @Override
    public List<TensorAnswer> answersOf(List<Atoms> structures) {
        List<StaticsAnswer> answers = answers(structures);
        answers.forEach(StaticsAnswer::requireOneOfStructures);
        return answers.stream().map(StaticsAnswer::tensor).toList();
    }

    @Override
    public List<UncertainTensor> uncertain(List<PorousStructure> structures) {
        return tensorsOfPorous(structures).stream().map(UncertainTensor::exact).toList();
    }

    @Override
    public void answer(List<PorousStructure> structures, boolean deviations, TensorAnswer.Listener listener) {
        calculate(structures.size(), k -> structures.get(k).atoms(), listener::goesOn,
                (answer, k) -> listener.answered(k, answer.tensor()));
    }

    @Override
    public boolean isExact() {
        return true;
    }

    @Override
    public String identity() {
        return "statics, " + options.potential().name();
    }

    @Override
    public int batch() {
        return 64;
    }

    @Override
    public void close() {
        pool.close();
    }
}
