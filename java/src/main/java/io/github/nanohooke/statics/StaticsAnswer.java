// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

import io.github.nanohooke.NanohookeException;
import java.util.Optional;

/**
 * What statics says of one structure of many: a result with a tensor to build on, or why there is none.
 *
 * @param result  empty where the structure has no such tensor
 * @param failure what is thrown where a tensor is needed; empty where there is one
 */
public record StaticsAnswer(Optional<StaticsResult> result, Optional<NanohookeException> failure) {

    static StaticsAnswer of(StaticsResult result) {
        return result.tensor() != null && result.outcome().isSound()
                ? new StaticsAnswer(Optional.of(result), Optional.empty())
                : failed(new NoTensorException("statics gave no tensor of the structure: " + result.outcome() + ", "
                        + result.explanation()));
    }

    /** It could not be calculated at all. */
    static StaticsAnswer failed(NanohookeException failure) {
        return new StaticsAnswer(Optional.empty(), Optional.of(failure));
    }

    /** Why there is no tensor, for people; empty where there is one. */
    public String reason() {
        return failure.map(NanohookeException::getMessage).orElse("");
    }

    /**
     * The result.
     *
     * @throws NoTensorException when the structure is unstable or does not relax
     * @throws NanohookeException when it is none that can be calculated
     */
    public StaticsResult required() {
        return result.orElseThrow(failure::get);
    }

    /** @throws NanohookeException when it is none that can be calculated */
    public void requireOneOfStructures() {
        failure.filter(reason -> !(reason instanceof NoTensorException)).ifPresent(reason -> {
            throw reason;
        });
    }

    /** Exact, without the relaxed atoms. */
    public TensorAnswer tensor() {
        return result.map(r -> TensorAnswer.of(UncertainTensor.exact(r.tensor())))
                .orElseGet(() -> TensorAnswer.none(reason()));
    }
}
