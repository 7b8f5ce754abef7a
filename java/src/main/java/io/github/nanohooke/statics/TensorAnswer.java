// SPDX-License-Identifier: Apache-2.0
package io.github.nanohooke.statics;

import java.util.Optional;

/**
 * What a source says of one structure of many: a tensor, or why there is none.
 *
 * @param tensor empty where the structure has none
 * @param reason of that, for people; empty where there is a tensor
 */
public record TensorAnswer(Optional<UncertainTensor> tensor, String reason) {

    public static TensorAnswer of(UncertainTensor tensor) {
        return new TensorAnswer(Optional.of(tensor), "");
    }

    public static TensorAnswer none(String reason) {
        return new TensorAnswer(Optional.empty(), reason);
    }

    /** @throws NoTensorException with the reason, where there is none */
    public UncertainTensor required() {
        return tensor.orElseThrow(() -> new NoTensorException(reason));
    }

    /** Hears the answers for many structures, on the thread that asked. */
    @FunctionalInterface
    public interface Listener {

        /**
         * One structure is done; in no particular order.
         *
         * @param index its place in the list that was given
         */
        void answered(int index, TensorAnswer answer);

        /** Asked between answers, several times a second where they take longer; false stops. By itself it goes on. */
        default boolean goesOn() {
            return true;
        }
    }
}
