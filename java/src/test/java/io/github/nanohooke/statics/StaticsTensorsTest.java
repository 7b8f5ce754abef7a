// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.Cells;
import io.github.nanohooke.structure.Circle;
import io.github.nanohooke.structure.Lattice;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.structure.StructureException;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many structures on several threads. */
class StaticsTensorsTest {
    /** Small boxes with a pore of their own each. */
    private static final List<PorousStructure> BOXES = IntStream.range(0, 7).mapToObj(k ->
            new PorousStructure(Lattice.aluminium(), new Cells(6, 6, 1), List.of(new Circle(12, 12, 4 + 0.7 * k))))
            .toList();
    private static final List<Atoms> ATOMS = BOXES.stream().map(PorousStructure::atoms).toList();

    @Test
    void resultsAreTheSameOnAnyNumberOfThreads() {
        List<ElasticTensor> one;
        try (StaticsTensors statics = new StaticsTensors(1)) {
            one = statics.tensors(ATOMS);
        }
        assertThat(one).doesNotHaveDuplicates();
        try (StaticsTensors statics = new StaticsTensors(5)) {
            assertThat(statics.tensors(ATOMS)).isEqualTo(one);
            assertThat(statics.calculate(ATOMS.get(3)).tensor()).isEqualTo(one.get(3));
            // The calculators of the first time serve again.
            assertThat(statics.tensorsOfPorous(BOXES)).isEqualTo(one);
        }
    }

    /** Two atoms on one place have no tensor; all others have theirs. */
    @Test
    void aStructureWithoutATensorCostsNoneOfTheOthers() {
        double[] twice = ATOMS.get(1).positions();
        System.arraycopy(twice, 0, twice, 3, 3);
        List<Atoms> some = new ArrayList<>(ATOMS.subList(0, 4));
        some.set(1, ATOMS.get(1).moved(ATOMS.get(1).cell(), twice));
        try (StaticsTensors statics = new StaticsTensors(2)) {
            List<StaticsAnswer> answers = statics.answers(some);
            assertThat(answers).hasSize(4);
            assertThat(answers.get(1).result()).isEmpty();
            assertThat(answers.get(1).reason()).isNotBlank();
            assertThat(answers.get(1).tensor().tensor()).isEmpty();
            for (int k : new int[] {0, 2, 3}) {
                assertThat(answers.get(k).required().tensor()).isEqualTo(
                        statics.calculate(ATOMS.get(k)).tensor());
            }
            assertThatThrownBy(() -> statics.tensors(some)).isInstanceOf(StructureException.class)
                    .hasMessage(answers.get(1).reason());
        }
    }

    /** A structure that is asked for after the stop would be one too many. */
    @Test
    void stopsSoon() {
        AtomicInteger asked = new AtomicInteger();
        List<Integer> told = new ArrayList<>();
        try (StaticsTensors statics = new StaticsTensors(2)) {
            assertThatThrownBy(() -> statics.calculate(1000, k -> {
                asked.incrementAndGet();
                return ATOMS.get(k % ATOMS.size());
            }, () -> told.size() < 3, (answer, k) -> told.add(k))).isInstanceOf(CancellationException.class)
                    .hasMessageContaining("3 of 1000");
            assertThat(told).hasSize(3).doesNotHaveDuplicates();
            assertThat(asked.get()).isLessThan(500);
            assertThat(statics.tensors(ATOMS)).hasSize(ATOMS.size());
        }
    }

    /** What stops a run is no reason of a structure. */
    @Test
    void faultsOfTheProgramEndAll() {
        try (StaticsTensors statics = new StaticsTensors(2)) {
            assertThatThrownBy(() -> statics.calculate(4, k -> {
                throw new IllegalStateException("no atoms");
            }, () -> true, (answer, k) -> {
            })).isInstanceOf(IllegalStateException.class).hasMessage("no atoms");
        }
        assertThatThrownBy(() -> new StaticsTensors(0)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Of JavaCPP's callbacks ten exist at a time: more calculations are heard all the same, each by its listener. */
    @Test
    void everyOneOfManyCalculationsIsHeard() throws InterruptedException {
        int count = 14;
        CyclicBarrier together = new CyclicBarrier(count);
        AtomicInteger heard = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            Atoms atoms = ATOMS.get(k % ATOMS.size());
            AtomicBoolean first = new AtomicBoolean(true);
            threads.add(new Thread(() -> {
                try (ElasticCalculator calculator = ElasticCalculators.open("hessian")) {
                    calculator.calculate(atoms, StaticsOptions.defaults(), (stage, fraction, detail) -> {
                        if (first.getAndSet(false)) {
                            meet(together);
                            heard.incrementAndGet();
                        }
                        return true;
                    });
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(heard.get()).isEqualTo(count);
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("not all calculations report", e);
        }
    }
}
