// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

import io.github.nanohooke.structure.Atoms;
import io.github.nanohooke.structure.PorousStructure;
import io.github.nanohooke.tensor.ElasticTensor;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * Structures in, elastic tensors out, many at a time: statics and a network are one kind of thing to what needs tensors
 * and does not care where they come from. For one thread, which it may have helped by others.
 */
public interface TensorSource extends AutoCloseable {

    /**
     * Answers in the order of the structures: one that is unstable or does not relax costs none of the others.
     *
     * @throws io.github.nanohooke.NanohookeException when one is none that can be calculated, or the machine is at
     *         fault
     */
    List<TensorAnswer> answersOf(List<Atoms> structures);

    /**
     * Tensors [GPa], in the order of the structures.
     *
     * @throws NoTensorException when one is unstable or does not relax
     */
    default List<ElasticTensor> tensors(List<Atoms> structures) {
        return answersOf(structures).stream().map(answer -> answer.required().tensor()).toList();
    }

    /**
     * As {@link #tensors}, of structures whose lattice is known: what draws pictures of atoms need not find it out.
     */
    default List<ElasticTensor> tensorsOfPorous(List<PorousStructure> structures) {
        return tensors(structures.parallelStream().map(PorousStructure::atoms).toList());
    }

    /** As {@link #tensorsOfPorous}, with how far each may be off; where that has to be found out, it takes longer. */
    default List<UncertainTensor> uncertain(List<PorousStructure> structures) {
        return tensorsOfPorous(structures).stream().map(UncertainTensor::unknown).toList();
    }

    /**
     * Thousands of structures, each told as soon as it is known: one that has no tensor costs none of the others.
     *
     * @param deviations whether it matters how far each may be off
     * @throws CancellationException when the listener asks to stop
     * @throws io.github.nanohooke.NanohookeException when the machine is at fault, and not a structure
     */
    default void answer(List<PorousStructure> structures, boolean deviations, TensorAnswer.Listener listener) {
        for (int from = 0; from < structures.size(); from += batch()) {
            if (!listener.goesOn()) {
                throw new CancellationException("stopped after " + from + " of " + structures.size() + " structures");
            }
            List<PorousStructure> some = structures.subList(from, Math.min(structures.size(), from + batch()));
            List<UncertainTensor> said = deviations ? uncertain(some)
                    : tensorsOfPorous(some).stream().map(UncertainTensor::unknown).toList();
            for (int k = 0; k < some.size(); k++) {
                listener.answered(from + k, TensorAnswer.of(said.get(k)));
            }
        }
    }

    /** What is known already of a structure. */
    @FunctionalInterface
    interface Memory {
        /** @param identity of the source that the answer is to be of */
        Optional<TensorAnswer> recall(String identity, PorousStructure structure);
    }

    /** Gives a source that is made of several what is known of each, for {@link #answer}. */
    default void remember(Memory known) {
    }

    /** Whether its tensors are the reference by which others are judged. */
    default boolean isExact() {
        return false;
    }

    /** How constants change with the pixels of a structure's picture; empty where the source is not differentiable. */
    default Optional<PixelJacobian> jacobian() {
        return Optional.empty();
    }

    /** What the tensors depend on beside the structure: method and model, for the keys of a cache. */
    String identity();

    /** Structures that it likes to be given at once. */
    int batch();

    @Override
    void close();
}
